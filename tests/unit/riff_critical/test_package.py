"""The package alone on a bare interpreter: without site packages or environment, with and without -O."""

import subprocess
import sys
from pathlib import Path

import pytest

import riff_critical
from riff_critical.verification import critical_digest

SOURCES = Path(riff_critical.__file__).parent
MODULES = sorted(
    ".".join(("riff_critical", *path.relative_to(SOURCES).with_suffix("").parts)).removesuffix(".__init__")
    for path in SOURCES.rglob("*.py")
)
BARE = ["-S", "-E", "-s"]
OPTIONS = [BARE, ["-O", *BARE], ["-OO", *BARE], ["-W", "error", "-X", "dev", *BARE]]


def bare(options: list[str], *arguments: str) -> str:
    run = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, *options, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=SOURCES.parent,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_every_module_imports_and_only_the_standard_library_with_it(options: list[str]) -> None:
    program = (
        "import importlib, sys; sys.path.insert(0, '.')\n"
        f"for name in {MODULES!r}: importlib.import_module(name)\n"
        "tops = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(tops - sys.stdlib_module_names - {'riff_critical', '__main__', '__mp_main__'}))"
    )
    assert bare(options, "-c", program) == "[]\n"


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_the_program_passes_its_own_test(options: list[str]) -> None:
    assert bare(options, "-m", "riff_critical", "selftest").endswith(f"core: {critical_digest()}\n")


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_refusals_do_not_depend_on_assert(options: list[str]) -> None:
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from riff_critical.errors import CriticalError\n"
        "from riff_critical.lifecycle import RAFFLE, RaffleEvent, RaffleState, advance\n"
        "from riff_critical.memory import append, empty\n"
        "from riff_critical.selling import Range, Subtotal, lease\n"
        "for attempt in (lambda: advance(RAFFLE, RaffleState.ACTIVE, RaffleEvent.EDIT),\n"
        "                lambda: lease(Range(0, 1, 1), 1), lambda: Range(True, 1, 1),\n"
        "                lambda: Subtotal(1, 1, 2, 1), lambda: append(empty(b'u'), b'', 1)):\n"
        "    try: attempt()\n"
        "    except CriticalError as error: print(error.code)\n"
    )
    assert bare(options, "-c", program).split() == [
        "transition-refused",
        "range-exhausted",
        "not-an-integer",
        "voided-exceeds-sold",
        "record-size",
    ]


def test_importing_the_package_imports_nothing_else() -> None:
    program = (
        "import sys; sys.path.insert(0, '.'); before = set(sys.modules)\n"
        "import riff_critical; print(sorted(set(sys.modules) - before))"
    )
    assert bare(BARE, "-c", program).strip() == "['riff_critical']"
