"""The list of verbs. Help is printed from it without importing what the verbs do.

To add a verb: one line in VERBS, and a function `(arguments: list[str]) -> int` in the module that it names.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # argparse costs a bare `./riff` a tenth of its time
    from argparse import ArgumentParser


@dataclass(frozen=True)
class Verb:
    """One thing that `./riff` can do."""

    name: str
    arguments: str
    summary: str
    group: str
    function: str

    def run(self, arguments: list[str]) -> int:
        """Import the verb's module and do it; the result is the exit status."""
        module, _, name = self.function.partition(":")
        status: int = getattr(importlib.import_module(f"tools.door.{module}"), name)(arguments)
        return status


RUN = "Run the system on this machine"
BUILD = "Build and check"
RELEASE = "Deploy to an environment"
WRITE = "Write code"
MACHINE = "This machine"

VERBS = (
    Verb(
        "up",
        "[--state DIR] [--port-base N]",
        "build, start and load everything; print the addresses",
        RUN,
        "stack:up",
    ),
    Verb(
        "migrate",
        "[ENVIRONMENT]",
        "bring the database to what was deployed; default: here",
        RUN,
        "stack:migrate",
    ),
    Verb(
        "demo",
        "[--state DIR] [--into FOLDER]",
        "hold a whole raffle on the running stack, and verify it",
        RUN,
        "stack:demo",
    ),
    Verb("down", "[--state DIR]", "stop what `up` started; data stays", RUN, "stack:down"),
    Verb(
        "destroy",
        "[--state DIR]",
        "take the infrastructure away; say what is left of it",
        RUN,
        "stack:destroy",
    ),
    Verb("reset", "[--state DIR]", "stop, and forget the data", RUN, "stack:reset"),
    Verb("status", "[--state DIR]", "what runs, where, and what has crashed", RUN, "stack:status"),
    Verb(
        "logs",
        "[--state DIR] [FUNCTION] [-f]",
        "what a function, or the stack, has logged",
        RUN,
        "stack:logs",
    ),
    Verb(
        "build",
        "[--arch host|all] [FUNCTION...]",
        "one zip per function, and dist/artifacts.json",
        BUILD,
        "build:build",
    ),
    Verb("test", "[PATH...] [--quick]", "run the tests", BUILD, "quality:test"),
    Verb("check", "[STEP...]", "what CI checks besides the tests", BUILD, "quality:check"),
    Verb("fmt", "[PATH...]", "format the code", BUILD, "quality:fmt"),
    Verb("digest", "", "digests of the critical files, and of all of them", BUILD, "quality:digest"),
    Verb("compliance", "", "each clause of GLI-31 with the tests that show it", BUILD, "evidence:compliance"),
    Verb(
        "bench",
        "[--list] [NAME]",
        "our figures beside their references, from one run",
        BUILD,
        "evidence:bench",
    ),
    Verb(
        "soak",
        "[--seconds N] [--sellers N]",
        "sell under random faults, then audit the books",
        BUILD,
        "soaking:soak",
    ),
    Verb("rng-battery", "", "ent and dieharder on the generator's output", BUILD, "evidence:rng_battery"),
    Verb("pants", "ARGUMENT...", "Pants itself, with its toolchain in place", BUILD, "pants:pants"),
    Verb(
        "bootstrap",
        "ENV [--secrets FILE]",
        "take an empty account to where one can deploy",
        RELEASE,
        "deploy:bootstrap",
    ),
    Verb("plan", "ENV [--empty]", "what a deployment would change", RELEASE, "deploy:plan"),
    Verb(
        "release", "ENV [--recertified]", "upload what was built, say what changes", RELEASE, "deploy:release"
    ),
    Verb(
        "deploy", "ENV [--at-once]", "apply, migrate, shift calls to new versions", RELEASE, "deploy:deploy"
    ),
    Verb("new", "function|job TAG OPERATION", "an operation's files, in the usual shape", WRITE, "new:new"),
    Verb("generate", "", "write generated files anew", WRITE, "quality:generate"),
    Verb("lock", "", "remake the lock files from 3rdparty/python/*.in", WRITE, "locks:lock"),
    Verb("setup", "", "make what the other verbs need, if it is not there", MACHINE, "setup:setup"),
    Verb("doctor", "", "everything that is needed, and whether it is here", MACHINE, "doctor:doctor"),
)


def find(name: str) -> Verb | None:
    """The verb called so."""
    return next((verb for verb in VERBS if verb.name == name), None)


def parser(name: str) -> ArgumentParser:
    """A parser of one verb's arguments; the verb adds them."""
    import argparse  # noqa: PLC0415 - see above

    verb = find(name)
    return argparse.ArgumentParser(
        prog=f"riff {name}", description=verb.summary if verb else None, allow_abbrev=False
    )


def help_text() -> str:
    """The grouped list that a bare `./riff` prints."""
    lines = ["usage: ./riff VERB [ARGUMENT...]        ./riff VERB --help tells more"]
    for group in dict.fromkeys(verb.group for verb in VERBS):
        lines += ["", f"{group}:"]
        lines += [f"  {v.name:<11} {v.arguments:<33} {v.summary}" for v in VERBS if v.group == group]
    return "\n".join(lines)
