"""What is counted of what Terraform said."""

from pathlib import Path

import pytest

from tools.door.tallies import Tally, summary, tallies

_UNITS = ".terragrunt-stack/environment/.terragrunt-stack"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "run.log"
    said = {
        "keys": "No changes. Your infrastructure matches the configuration.",
        "api": "Plan: 3 to add, 12 to change, 1 to destroy.",
        "functions/selling": "You can apply this plan to save these new output values to the",
        "events": "Apply complete! Resources: 8 added, 0 changed, 0 destroyed.",
        "record": "Destroy complete! Resources: 16 destroyed.",
    }
    lines = [f"12:00:01 STDOUT [{_UNITS}/{unit}] terraform: {words}" for unit, words in said.items()]
    file.write_text("\n".join(["12:00:00 INFO nothing to count", *lines]) + "\n")
    return file


def test_counts_every_unit_by_name(log: Path) -> None:
    counted = tallies(log)
    assert [each.unit for each in counted] == ["api", "events", "functions/selling", "keys", "record"]
    assert [(each.added, each.changed, each.destroyed) for each in counted] == [
        (3, 12, 1),
        (8, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 16),
    ]


def test_a_change_of_outputs_alone_is_a_change(log: Path) -> None:
    assert [each.unit for each in tallies(log) if each.untouched] == ["keys"]


def test_sums_up_in_one_line(log: Path) -> None:
    assert summary("plan", "dev", tallies(log)) == "plan dev: units=5 touched=4 add=11 change=12 destroy=17"


def test_nothing_said_is_nothing_counted() -> None:
    assert summary("plan", "dev", []) == "plan dev: units=0 touched=0 add=0 change=0 destroy=0"


def test_an_untouched_unit_has_no_counts() -> None:
    assert Tally("keys", "No changes.").untouched
    assert not Tally("keys", "Plan: 1 to add", added=1).untouched
