"""From the command line to a verb, and from a failure to a sentence."""

import os
import sys

from tools.door import verbs
from tools.door.checkout import ROOT
from tools.door.failure import DoorError, UsageError

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the result is the exit status."""
    if not arguments or arguments[0] in ("help", "--help", "-h"):
        print(verbs.help_text())
        return 0
    verb = verbs.find(arguments[0])
    if verb is None:
        print(f"riff: no verb is called {arguments[0]!r}\n\n{verbs.help_text()}", file=sys.stderr)
        return UsageError.exit_status
    # Modes of files end up in artifacts, so they must not depend on the caller's habits.
    os.umask(0o022)
    os.chdir(ROOT)
    try:
        return verb.run(arguments[1:])
    except DoorError as error:
        print(f"\nriff {verb.name}: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        # Whoever read our output has seen enough (`./riff logs | head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print(f"\nriff {verb.name}: interrupted", file=sys.stderr)
        return INTERRUPTED
