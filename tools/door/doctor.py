"""`./riff doctor`: everything that is needed, found or not, with the way to get it. Nothing is changed."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tools.door import checkout, environment, pants, pythons, terraform, terragrunt, verbs
from tools.door.failure import MissingToolError

_FREE_BYTES_WANTED = 3 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One line of the list."""

    state: str
    what: str
    told: str


def doctor(arguments: list[str]) -> int:
    """Print the list; the exit status tells whether something is missing."""
    verbs.parser("doctor").parse_args(arguments)
    findings = list(_findings())
    for finding in findings:
        print(f"  {finding.state:<8} {finding.what:<22} {finding.told}")
    missing = sum(finding.state == "missing" for finding in findings)
    print(f"\n{missing} missing." if missing else "\nNothing is missing.")
    return 1 if missing else 0


def _findings() -> Iterator[Finding]:
    yield Finding("ok", "this Python", f"{sys.version.split()[0]}, wanted >= 3.11: {sys.executable}")
    yield _interpreter(environment.PYTHON, "functions and tools")
    yield from _pants()
    yield _git()
    yield from _terraform()
    yield _terragrunt()
    yield _made("environment", environment.ready(), environment.LOCK.name)
    yield _space()


def _interpreter(minor: str, purpose: str) -> Finding:
    found = pythons.find_python(minor)
    if found:
        return Finding("ok", f"Python {minor}", f"{found.version}, for {purpose}: {found.executable}")
    return Finding("missing", f"Python {minor}", f"for {purpose}; {pythons.how_to_get(minor)}")


def _pants() -> Iterator[Finding]:
    if program := pants.launcher():
        yield Finding("ok", "Pants launcher", f"{program}, will run Pants {pants.version()}")
    else:
        yield Finding("ok", "Pants launcher", f"none; Pants {pants.version()} runs from its own environment")
        yield _interpreter(pants.PANTS_PYTHON, "Pants")


def _git() -> Finding:
    found = shutil.which("git")
    return Finding("ok", "git", found) if found else Finding("missing", "git", "your system's package git")


def _terraform() -> Iterator[Finding]:
    try:
        program = terraform.program()
    except MissingToolError as error:
        yield Finding("missing", "terraform", str(error).replace("\n", " "))
        return
    yield Finding("ok", "terraform", f"{terraform.version(program)}, wanted >= 1.11: {program}")
    if own := terraform.user_configuration():
        yield Finding("ok", "AWS provider", f"from where {own} says")
    elif folder := terraform.mirror():
        yield Finding("ok", "AWS provider", f"{', '.join(terraform.provider_versions(folder))} in {folder}")
    else:
        yield Finding("ok", "AWS provider", "no local mirror found; it will come from Terraform's registry")


def _terragrunt() -> Finding:
    what = "terragrunt"
    if (found := terragrunt.program()) is not None:
        return Finding("ok", what, f"{terragrunt.version()}: {found}")
    if not terragrunt.wanted():
        return Finding("ok", what, "left out by RIFF_TERRAGRUNT=off")
    if shutil.which("go"):
        return Finding("to make", what, f"./riff setup builds {terragrunt.version()} from its Go module")
    return Finding(
        "to make", what, "there is no Go to build it with; ./riff up does without, plan and deploy do not"
    )


def _made(what: str, there: bool, source: str) -> Finding:  # noqa: FBT001 - a private line of the list
    return (
        Finding("ok", what, f"as {source} says")
        if there
        else Finding("to make", what, "./riff setup makes it")
    )


def _space() -> Finding:
    free = shutil.disk_usage(checkout.ROOT).free
    state = "ok" if free >= _FREE_BYTES_WANTED else "missing"
    return Finding(
        state, "disk", f"{free / 1024**3:.0f} GiB free, wanted {_FREE_BYTES_WANTED / 1024**3:.0f} GiB"
    )
