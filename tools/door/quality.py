"""`test`, `check`, `fmt` and `digest`: what keeps the code as it should be."""

import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.door import checkout, environment, locks, pants, terraform, traces, verbs
from tools.door.failure import DoorError, StepsFailedError, UsageError
from tools.door.process import Argv, capture, merged, run_logged
from tools.door.progress import Step

_PYTHON = ("src", "tests", "tools", "benchmarks", "riff")


@dataclass(frozen=True)
class Check:
    """One step of `./riff check`."""

    name: str
    what: str
    run: Callable[[], None]


def check(arguments: list[str]) -> int:
    """Run every step, or those that are named, and show all failures at the end.

    Raises:
        StepsFailedError: some step has failed.
    """
    parser = verbs.parser("check")
    parser.add_argument("steps", nargs="*", metavar="STEP", help=", ".join(step.name for step in CHECKS))
    chosen = _chosen(parser.parse_args(arguments).steps)
    environment.python()
    failures = [(step, failure) for step in chosen if (failure := _outcome(step))]
    for step, failure in failures:
        print(f"\n--- {step.name}\n{failure}")
    if failures:
        raise StepsFailedError(
            f"{len(failures)} of {len(chosen)} steps failed: {', '.join(s.name for s, _ in failures)}"
        )
    print(f"All {len(chosen)} steps passed.")
    return 0


def test(arguments: list[str]) -> int:
    """Run pytest, in the foreground; what tests need, their fixtures start."""
    parser = verbs.parser("test")
    parser.add_argument(
        "--quick", action="store_true", help="leave out what is slow or needs the local stack"
    )
    options, rest = parser.parse_known_args(arguments)
    words = [_from_here(word) for word in rest]
    if options.quick:
        words = ["-m", "not slow and not stack", *words]
    return _foreground([environment.python(), "-m", "pytest", *words])


def fmt(arguments: list[str]) -> int:
    """Format Python and Terraform, and put imports in order."""
    parser = verbs.parser("fmt")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="all by default")
    paths = [_from_here(path) for path in parser.parse_args(arguments).paths]
    python = [path for path in paths if not path.endswith((".tf", ".hcl"))]
    ruff = environment.program("ruff")
    if python or not paths:
        run_logged(
            [ruff, "check", "--select", "I", "--fix", *(python or _present(_PYTHON))], "imports in order"
        )
        run_logged([ruff, "format", *(python or _present(_PYTHON))], "format Python")
    if len(python) < len(paths) or not paths:
        wanted = [path for path in paths if path not in python] or ["-recursive", "terraform"]
        run_logged([terraform.program(), "fmt", *wanted], "format Terraform", env=terraform.settings())
    return 0


def generate(arguments: list[str]) -> int:
    """Write every generated file anew."""
    verbs.parser("generate").parse_args(arguments)
    for module in _generators():
        run_logged([environment.python(), "-m", module], f"generate {module}", env=environment.imports())
    return 0


def digest(arguments: list[str]) -> int:
    """Print what the certified core says of itself."""
    return _foreground(
        [environment.python(), "-m", "riff_critical", "digest", *arguments], environment.imports()
    )


def _chosen(names: list[str]) -> list[Check]:
    known = {step.name: step for step in CHECKS}
    if unknown := [name for name in names if name not in known]:
        raise UsageError(f"no step is called {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names] or list(CHECKS)


def _outcome(step: Check) -> str | None:
    """Run a step; the result is what to say of its failure."""
    line = Step(f"{step.name}: {step.what}", sys.stdout)
    line.tick()
    try:
        step.run()
    except DoorError as error:
        line.done("FAIL")
        return str(error)
    line.done()
    return None


def _tool(argv: Argv, title: str) -> None:
    run_logged(argv, f"check {title}", env=environment.imports(), announce=False)


def _format() -> None:
    _tool([environment.program("ruff"), "format", "--check", *_present(_PYTHON)], "format")


def _lint() -> None:
    # Without its cache, which does not notice that a module beside a file has come or gone.
    flags = ["--no-cache", "--output-format", "concise"]
    _tool([environment.program("ruff"), "check", *flags, *_present(_PYTHON)], "lint")


def _types() -> None:
    mypy: Argv = [environment.program("mypy"), "--cache-dir", checkout.state() / "mypy"]
    _tool([*mypy, *_present(("src/python", "tests", "tools", "benchmarks"))], "types")
    # The door runs on older interpreters than the functions do.
    _tool([*mypy, "--python-version", "3.11", "riff", "tools/door"], "types of the door")


def _architecture() -> None:
    folders = _present(("tests/architecture", "tests/contract"))
    if folders:
        _tool(
            [environment.python(), "-m", "pytest", "-q", "-m", "not slow and not stack", *folders],
            "architecture",
        )


def _arrows() -> None:
    """Pants applies the rules of the BUILD files when it is asked for dependencies."""
    argv = pants.command(["dependencies", "src/python::"])
    run_logged(argv, "check arrows", env=pants.variables(), announce=False)


def _terraform() -> None:
    program, settings = terraform.program(), terraform.settings()
    run_logged(
        [program, "fmt", "-check", "-diff", "-recursive", "terraform"],
        "check terraform format",
        env=settings,
        announce=False,
    )
    for root in terraform.roots():
        name = root.relative_to(checkout.ROOT).as_posix()
        data = {**settings, "TF_DATA_DIR": str(checkout.state() / "terraform" / name.replace("/", "-"))}
        for words in (["init", "-backend=false", "-input=false"], ["validate"]):
            title = f"check terraform {words[0]} {name}"
            run_logged([program, f"-chdir={root}", *words], title, env=data, announce=False)


def _generated() -> None:
    for module in _generators():
        _tool([environment.python(), "-m", module, "--check"], f"generated by {module}")


def _locks() -> None:
    _no_faults(locks.faults())


def _traces() -> None:
    _no_faults(traces.faults(capture(["git", "ls-files", "-z"]).split("\0")))


def _no_faults(faults: Iterable[str]) -> None:
    if lines := list(faults):
        raise DoorError("\n".join(lines))


CHECKS = (
    Check("format", "ruff format", _format),
    Check("lint", "ruff check", _lint),
    Check("types", "mypy strict", _types),
    Check("architecture", "tests of architecture and contract", _architecture),
    Check("arrows", "Pants' dependency rules", _arrows),
    Check("terraform", "format and validity", _terraform),
    Check("generated", "nothing generated is stale", _generated),
    Check("locks", "hash-pinned, consistent", _locks),
    Check("traces", "no host, no path of one machine", _traces),
)


def _foreground(argv: Argv, env: Mapping[str, str] | None = None) -> int:
    return subprocess.call([str(word) for word in argv], env=merged(env))


def _generators() -> list[str]:
    """Programs that write committed files, and with --check only say which are stale."""
    return [
        f"tools.generate.{file.stem}" for file in sorted((checkout.ROOT / "tools/generate").glob("[!_]*.py"))
    ]


def _present(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if (checkout.ROOT / path).exists()]


def _from_here(word: str) -> str:
    """A path as given, seen from the root of the checkout; other words stay."""
    path, separator, node = word.partition("::")
    here = checkout.CALLED_FROM / path
    if word.startswith("-") or not here.exists():
        return word
    return str(Path(here).resolve()) + separator + node
