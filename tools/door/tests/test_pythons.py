"""Finding interpreters."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.door import pythons
from tools.door.failure import MissingToolError

Program = Callable[..., Path]


def answer(version: str, usable: str = "true") -> str:
    return f"""echo '{{"version": "{version}", "executable": "'$0'", "usable": {usable}}}'"""


def test_path_comes_first(machine: Path, program: Program) -> None:
    program("bin/python3.13", answer("3.13.5"))
    program("home/.pyenv/versions/3.13.9/bin/python3.13", answer("3.13.9"))
    found = pythons.need_python("3.13", "tests")
    assert (found.version, found.executable) == ("3.13.5", machine / "bin" / "python3.13")


def test_a_plain_python3_of_that_version_will_do(program: Program) -> None:
    program("bin/python3", answer("3.13.1"))
    assert pythons.need_python("3.13", "tests").version == "3.13.1"


@pytest.mark.usefixtures("machine")
def test_shims_are_passed_over_for_the_newest_real_interpreter(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = program("home/.pyenv/shims/python3.13", "echo 'pyenv: not installed'; exit 127")
    monkeypatch.setenv("PATH", str(shim.parent))
    program("home/.pyenv/versions/3.13.2/bin/python3.13", answer("3.13.2"))
    program("home/.pyenv/versions/3.13.10/bin/python3.13", answer("3.13.10"))
    assert pythons.need_python("3.13", "tests").version == "3.13.10"


def test_those_that_uv_manages_are_found(program: Program) -> None:
    program("home/.local/share/uv/python/cpython-3.13.4-linux-x86_64-gnu/bin/python3.13", answer("3.13.4"))
    assert pythons.need_python("3.13", "tests").version == "3.13.4"


def test_one_that_cannot_make_environments_is_passed_over(program: Program) -> None:
    program("bin/python3.13", answer("3.13.5", usable="false"))
    assert pythons.find_python("3.13") is None


def test_one_that_says_nothing_is_passed_over(program: Program) -> None:
    program("bin/python3.13", "exit 1")
    assert pythons.find_python("3.13") is None


@pytest.mark.usefixtures("machine")
def test_what_is_missing_is_named_with_the_ways_to_get_it() -> None:
    with pytest.raises(MissingToolError) as caught:
        pythons.need_python("3.13", "functions and tools")
    for words in ("Python 3.13 (functions and tools)", "pyenv install 3.13", "uv python install 3.13"):
        assert words in str(caught.value)
