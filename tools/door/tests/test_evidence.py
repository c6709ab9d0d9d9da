"""What `./riff compliance` and `./riff bench` tell."""

import tomllib

import pytest

from tools.door import checkout, evidence
from tools.door.failure import UsageError

REPORT = """<testsuites><testsuite>
<testcase classname="tests.compliance.gli31.test_2_3_2_validation_numbers" name="a"/>
<testcase classname="tests.compliance.gli31.test_2_3_2_validation_numbers" name="b"><failure/></testcase>
<testcase classname="tests.compliance.gli31.test_4_2_1_random_numbers" name="c"/>
<testcase classname="tests.compliance.gli31.test_5_7_1_restore" name="d"><skipped/></testcase>
</testsuite></testsuites>"""


def test_a_clause_is_open_without_evidence_and_fails_with_one_failure() -> None:
    clauses = {"2.3.2": "numbers", "4.2.1": "random", "5.7.1": "backup"}
    told = evidence.lines(clauses, evidence.outcomes(REPORT))
    assert [line.split()[:2] for line in told if not line.startswith(" ")] == [
        ["FAIL", "2.3.2"],
        ["PASS", "4.2.1"],
        ["OPEN", "5.7.1"],
        ["2", "of"],
    ]


def test_every_compliance_test_shows_a_clause_of_the_catalogue() -> None:
    clauses = tomllib.loads((checkout.ROOT / "catalogue" / "clauses.toml").read_text("utf-8"))
    modules = sorted((checkout.ROOT / "tests/compliance/gli31").glob("test_*.py"))
    named = {".".join(path.stem.split("_")[1:4]) for path in modules}
    assert modules
    assert named <= set(clauses)


def test_refuses_a_benchmark_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="there are"):
        evidence.bench(["perpetual-motion"])
