"""`./riff check` as a whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.door import checkout, environment, quality
from tools.door.failure import DoorError, StepsFailedError, UsageError
from tools.door.quality import Check


def refuse() -> None:
    raise DoorError("It is crooked.")


@pytest.fixture
def steps(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replace the real steps; the environment counts as made."""
    monkeypatch.setattr(environment, "python", lambda: machine / "python")

    def replace(**runs: Callable[[], None]) -> None:
        monkeypatch.setattr(quality, "CHECKS", tuple(Check(name, "is so", run) for name, run in runs.items()))

    return replace


def test_every_step_runs_and_failures_come_at_the_end(
    steps: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []
    steps(first=refuse, second=lambda: ran.append("second"))
    with pytest.raises(StepsFailedError, match="1 of 2 steps failed: first"):
        quality.check([])
    assert ran == ["second"]
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["FAIL", "first:"], ["ok", "second:"]]
    assert lines[-2:] == ["--- first", "It is crooked."]


def test_named_steps_run_alone(steps: Callable[..., None]) -> None:
    steps(first=refuse, second=lambda: None)
    assert quality.check(["second"]) == 0


def test_an_unknown_step_is_refused(steps: Callable[..., None]) -> None:
    steps(first=refuse)
    with pytest.raises(UsageError, match="no step is called third; there are first"):
        quality.check(["third"])


def test_paths_are_taken_from_where_the_caller_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkout, "CALLED_FROM", checkout.ROOT / "tools" / "door")
    assert quality._from_here("tests::case") == f"{checkout.ROOT}/tools/door/tests::case"
    assert quality._from_here("-x") == "-x"
    assert quality._from_here("word") == "word"
