"""Programs that the door runs."""

import io
import sys
from pathlib import Path

import pytest

from tools.door import process
from tools.door.failure import ToolFailedError
from tools.door.progress import Step


def test_output_goes_to_a_log_named_after_the_step(machine: Path) -> None:
    log = process.run_logged([sys.executable, "-c", "print('made')"], "Make it: all of it")
    assert log == machine / "state" / "logs" / "make-it-all-of-it.log"
    assert log.read_text() == "made\n"


def test_a_failure_shows_the_last_lines_without_colours_and_the_log(machine: Path) -> None:
    script = (
        "import sys; [print(f'line {n}') for n in range(99)]; print('\\033[31mbroken\\033[0m'); sys.exit(3)"
    )
    with pytest.raises(ToolFailedError) as caught:
        process.run_logged([sys.executable, "-c", script], "try")
    assert caught.value.status == 3
    assert caught.value.tail[-2:] == ["line 98", "broken"]
    assert len(caught.value.tail) == process.TAIL_LINES
    assert str(machine / "state" / "logs" / "try.log") in str(caught.value)


@pytest.mark.usefixtures("machine")
def test_a_killed_program_is_said_to_be_killed() -> None:
    script = "import os; os.kill(os.getpid(), 9)"
    with pytest.raises(ToolFailedError, match="killed by signal 9"):
        process.run_logged([sys.executable, "-c", script], "die")


@pytest.mark.usefixtures("machine")
def test_capture_returns_what_was_printed() -> None:
    assert process.capture([sys.executable, "-c", "print(1)"]) == "1\n"


def test_a_step_says_its_title_and_time_on_one_line() -> None:
    stream = io.StringIO()
    step = Step("bake", stream)
    step.tick()
    step.done()
    assert stream.getvalue().split() == ["ok", "bake", "0.0", "s"]


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_the_running_step_rewritten() -> None:
    stream = Terminal()
    step = Step("bake", stream)
    step.tick()
    step.done("FAIL")
    assert stream.getvalue().count("\r") == 2
    assert stream.getvalue().endswith("s\n")


def test_where_python_finds_modules_is_never_the_callers_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("LANGUAGE", "eo")
    seen = process.merged({"MORE": "1"})
    assert "PYTHONPATH" not in seen
    assert (seen["LANGUAGE"], seen["MORE"]) == ("eo", "1")
