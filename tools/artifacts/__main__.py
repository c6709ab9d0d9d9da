"""Finish zips, at the root of the checkout.

Usage: `python -m tools.artifacts --arch x86_64 --arch arm64 [FUNCTION...]`
"""

import argparse
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

from riff_critical.verification import critical_digest
from tools.artifacts import manifest
from tools.artifacts.bytecode import BytecodeError
from tools.artifacts.finishing import CoreDiffersError, Finisher
from tools.artifacts.functions import Function, FunctionSettingsError, find_functions
from tools.artifacts.stamps import Stamps

SOURCES, DIST = Path("src/python"), Path("dist")
RAW = DIST / "functions"
LIST = DIST / "artifacts.json"
STAMPS = DIST / ".finished.json"
PROCESSORS = ("x86_64", "arm64")


class NoZipError(Exception):
    """Pants has written no zip for a handler."""


def main() -> int:
    """Finish what Pants has packaged; the exit status tells whether it could."""
    parser = argparse.ArgumentParser(prog="python -m tools.artifacts", description="Finish zips of Pants.")
    parser.add_argument("--arch", action="append", choices=PROCESSORS, required=True)
    parser.add_argument("functions", nargs="*", metavar="FUNCTION")
    options = parser.parse_args()
    try:
        _finish_all(options.arch, frozenset(options.functions))
    except (BytecodeError, CoreDiffersError, FunctionSettingsError, NoZipError) as error:
        print(f"artifacts: {error}", file=sys.stderr)
        return 1
    return 0


def _finish_all(processors: Iterable[str], only: frozenset[str]) -> None:
    every = find_functions(SOURCES)
    chosen = [function for function in every if not only or function.operation in only]
    stamps = Stamps(STAMPS, SOURCES)
    finisher = Finisher(SOURCES)
    listed = manifest.read_functions(LIST) if only else {}
    for function in chosen:
        zips = {processor: _finished(function, processor, finisher, stamps) for processor in processors}
        listed[function.operation] = manifest.described(function, zips)
    names = {function.operation for function in every}
    manifest.write(LIST, critical_digest(), {name: told for name, told in listed.items() if name in names})
    stamps.save()
    if not only:
        _drop_strangers({_file_name(function, p) for function in every for p in processors})


def _file_name(function: Function, processor: str) -> str:
    return f"{function.name}-{processor}.zip"


def _finished(function: Function, processor: str, finisher: Finisher, stamps: Stamps) -> manifest.Artifact:
    name = _file_name(function, processor)
    raw, out = RAW / name, DIST / name
    if not raw.exists():
        folder = "/".join(function.handler.split(".")[:-2])
        raise NoZipError(f"{raw} was not packaged: {SOURCES}/{folder}/BUILD must name {function.operation!r}")
    source = hashlib.sha256(raw.read_bytes()).hexdigest()
    if not stamps.current(out, source):
        fresh = out.with_suffix(".tmp")
        fresh.write_bytes(finisher.finish(raw))
        fresh.replace(out)
        print(f"finished {out}")
    artifact = manifest.artifact_of(out)
    stamps.record(out, source, artifact.sha256)
    return artifact


def _drop_strangers(names: set[str]) -> None:
    """Zips of functions that are no more, or of a processor that this build leaves out."""
    for file in [*DIST.glob("*.zip"), *RAW.glob("*.zip")]:
        if file.name not in names:
            file.unlink()


if __name__ == "__main__":
    sys.exit(main())
