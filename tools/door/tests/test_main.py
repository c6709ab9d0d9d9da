"""The command line, from outside."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.door import main, verbs
from tools.door.checkout import ROOT
from tools.door.failure import DoorError


def riff(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "riff", *arguments], capture_output=True, text=True, check=False
    )


def test_a_bare_call_prints_every_verb_in_its_group() -> None:
    done = riff()
    assert (done.returncode, done.stderr) == (0, "")
    listed = {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}
    assert listed == {verb.name for verb in verbs.VERBS}


def test_help_imports_none_of_what_the_verbs_do() -> None:
    script = (
        "import sys; from tools.door.main import main; main([]); print(sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = [
        name
        for name in ("argparse", "subprocess", "tools.door.stack", "tools.door.process")
        if f"'{name}'" in done.stderr
    ]
    assert loaded == []


def test_an_unknown_verb_is_named_and_refused() -> None:
    done = riff("buidl")
    assert done.returncode == 2
    assert "no verb is called 'buidl'" in done.stderr


@pytest.mark.parametrize(
    "verb", [verb for verb in verbs.VERBS if verb.name != "new"], ids=lambda verb: verb.name
)
def test_every_verb_leads_to_a_function(verb: verbs.Verb) -> None:
    module, name = verb.function.split(":")
    spec = importlib.util.find_spec(f"tools.door.{module}")
    assert spec is not None
    assert spec.origin is not None
    assert f"def {name}(arguments: list[str]) -> int:" in Path(spec.origin).read_text()


def test_a_refusal_is_a_sentence_and_a_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class RefusingVerb(verbs.Verb):
        def run(self, arguments: list[str]) -> int:
            assert arguments == []
            raise DoorError("It rains.")

    monkeypatch.setattr(verbs, "find", lambda name: RefusingVerb(name, "", "", "", ""))
    monkeypatch.chdir(ROOT)
    before = os.umask(0o022)
    assert main.main(["walk"]) == 1
    os.umask(before)
    assert "riff walk: It rains." in capsys.readouterr().err


def test_an_old_python_is_told_what_is_wanted() -> None:
    """An interpreter that is too old must still understand the script, and say a sentence."""
    script = (
        "import runpy, sys, os; sys.version_info = (3, 8, 1, 'final', 0); sys.argv = ['riff'];"
        "os.environ.update(PATH='', PYENV_ROOT='/nowhere'); runpy.run_path('riff', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "needs Python 3.11 or newer to start, and this is 3.8.1" in done.stderr
