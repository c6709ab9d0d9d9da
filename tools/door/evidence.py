"""`bench`, `compliance`, `rng-battery`: what riff shows to those who do not take its word."""

import contextlib
import re
import shutil
import subprocess
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.door import checkout, environment, verbs
from tools.door.failure import MissingToolError, ToolFailedError, UsageError
from tools.door.process import merged, run_logged
from tools.door.progress import say

_BENCHMARKS = checkout.ROOT / "benchmarks"
_CLAUSES = checkout.ROOT / "catalogue" / "clauses.toml"
_EVIDENCE = "tests/compliance/gli31"
_ENT_BYTES = 10_000_000

# Clause -> test module -> how many tests passed, and how many did not.
Results = Mapping[str, Mapping[str, tuple[int, int]]]


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, or one; each prints our figure and its reference from the same run.

    Raises:
        UsageError: there is no such benchmark.
    """
    parser = verbs.parser("bench")
    parser.add_argument("name", nargs="?", metavar="NAME", help=", ".join(_benchmarks()))
    parser.add_argument("--list", action="store_true", help="name the figures, measure nothing")
    options = parser.parse_args(arguments)
    if options.name is not None and options.name not in _benchmarks():
        raise UsageError(f"there is no benchmark {options.name}; there are {', '.join(_benchmarks())}")
    names = (options.name,) if options.name else _benchmarks()
    flags = ["--list"] if options.list else []
    statuses = [
        subprocess.call(
            [str(environment.python()), str(_BENCHMARKS / f"{name}.py"), *flags],
            cwd=checkout.ROOT,
            env=merged(environment.imports()),
        )
        for name in names
    ]
    return max(statuses)


def compliance(arguments: list[str]) -> int:
    """Run the compliance tests and print what shows each clause; one without evidence is OPEN."""
    verbs.parser("compliance").parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        words = ["-q", "-p", "no:cacheprovider", f"--junitxml={report}", _EVIDENCE]
        # A test that fails is a result to print; when there is no report, reading it says so.
        with contextlib.suppress(ToolFailedError):
            run_logged([environment.python(), "-m", "pytest", *words], "tests of GLI-31")
        results = outcomes(report.read_text("utf-8"))
    clauses = tomllib.loads(_CLAUSES.read_text("utf-8"))
    for line in lines(clauses, results):
        say(line)
    return 1 if any(failed for each in results.values() for _, failed in each.values()) else 0


def outcomes(report: str) -> Results:
    """Results by clause, from pytest's own report; the name of a module tells its clause."""
    found: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for case in ET.fromstring(report).iter("testcase"):  # noqa: S314 - pytest has just written it
        module = case.get("classname", "").split(".")[-1]
        named = re.match(r"test_((?:\d+_)+)", module)
        if named is None or case.find("skipped") is not None:
            continue
        clause = named[1].rstrip("_").replace("_", ".")
        passed, failed = found[clause].get(module, (0, 0))
        bad = any(case.find(kind) is not None for kind in ("failure", "error"))
        found[clause][module] = (passed + (not bad), failed + bad)
    return found


def lines(clauses: Mapping[str, str], results: Results) -> list[str]:
    """One line a clause, then one for each test module that shows it."""
    told = []
    for clause, asked in clauses.items():
        evidence = results.get(clause, {})
        failed = any(bad for _, bad in evidence.values())
        verdict = "OPEN" if not evidence else "FAIL" if failed else "PASS"
        told.append(f"{verdict:<5} {clause:<6} {asked}")
        told += [
            f"             {module}: {good} passed, {bad} failed" for module, (good, bad) in evidence.items()
        ]
    shown = sum(1 for clause in clauses if results.get(clause))
    told.append(f"{shown} of {len(clauses)} clauses have evidence in tests; the rest are OPEN.")
    return told


def rng_battery(arguments: list[str]) -> int:
    """Feed the generator's output to `ent` and to `dieharder`.

    Raises:
        MissingToolError: one of the two programs is not here.
    """
    verbs.parser("rng-battery").parse_args(arguments)
    ent, dieharder = _program("ent"), _program("dieharder")
    core = [str(environment.python()), "-m", "riff_critical", "rng-raw"]
    statuses = [
        _fed([*core, "--bytes", str(_ENT_BYTES)], [ent]),
        _fed(core, [dieharder, "-a", "-g", "200"]),
    ]
    return max(statuses)


def _fed(source: Sequence[str], consumer: Sequence[str]) -> int:
    """Run the consumer on what the source prints; the source ends when the consumer has had enough."""
    env = merged(environment.imports())
    with subprocess.Popen(source, stdout=subprocess.PIPE, env=env) as generator:
        status = subprocess.call(consumer, stdin=generator.stdout)
        generator.terminate()
    return status


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise MissingToolError(name, "is not on PATH", f"install the package {name} of your distribution")
    return found


def _benchmarks() -> tuple[str, ...]:
    """The programs that measure; the others in the folder are what they share."""
    measures = (path.stem for path in sorted(_BENCHMARKS.glob("*.py")) if "--list" in path.read_text("utf-8"))
    return tuple(measures)
