"""`./riff new job` in a copy of this checkout: what it writes passes every check as it is."""

from pathlib import Path

import pytest

from tools.door.tests.test_new_function import ROOT, copied, riff, run, written

CASES = {
    "of a known tag": ("sales", "count_orders", "--every", "rate(5 minutes)"),
    "once an hour": ("raffles", "greet_raffles", "--every", "rate(1 hour)"),
    "by the calendar": ("checkout", "bless_orders", "--every", "cron(0 3 * * ? *)"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with every case written into it."""
    folder = copied(tmp_path_factory.mktemp("checkout"))
    for arguments in CASES.values():
        done = riff(folder, "job", *arguments)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_passes_the_linter_and_the_formatter(copy: Path) -> None:
    for check in (("check",), ("format", "--check")):
        found = run(copy, "-m", "ruff", *check, *written(copy))
        assert found.returncode == 0, found.stdout


@pytest.mark.slow
def test_passes_contracts_and_leaves_its_own_tests_to_be_written(copy: Path) -> None:
    own = [place for place in written(copy) if place.startswith("tests/")]
    checks = ["tests/contract/test_jobs.py", "tests/architecture/test_handlers.py"]
    found = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *checks, *own)
    assert found.returncode == 0, found.stdout[-5000:]
    assert f"{2 * len(CASES)} xfailed" in found.stdout


REFUSED = {
    "no rate": (("sales", "count_orders"), "required: --every"),
    "a rate of nothing": (("sales", "count_orders", "--every", "rate(0 hours)"), "a job runs at"),
    "a word for a rate": (("sales", "count_orders", "--every", "hourly"), "a job runs at"),
    "an operation that exists": (("sales", "void_order", "--every", "rate(1 hour)"), "the operation exists"),
    "an operation of one word": (("sales", "count", "--every", "rate(1 hour)"), "joined by underscores"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_and_writes_nothing(name: str) -> None:
    arguments, message = REFUSED[name]
    found = riff(ROOT, "job", *arguments)
    assert found.returncode == 2
    assert message in found.stderr
