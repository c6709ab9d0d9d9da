"""The ways in which the door stops, each with the sentence that a developer reads."""

from pathlib import Path


class DoorError(Exception):
    """A verb cannot go on; the message says why and what to do."""

    exit_status = 1


class UsageError(DoorError):
    """The command line does not say what to do."""

    exit_status = 2


class MissingToolError(DoorError):
    """A program that we do not install is absent or too old."""

    exit_status = 3

    def __init__(self, wanted: str, found: str, how: str) -> None:
        super().__init__(f"{wanted} is needed, and {found}.\nTo get it: {how}")


class ToolFailedError(DoorError):
    """A program that we ran has failed."""

    def __init__(self, title: str, status: int, tail: list[str], log: Path) -> None:
        self.title, self.status, self.tail, self.log = title, status, tail, log
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        shown = "\n".join(f"    {line}" for line in tail) or "    (it printed nothing)"
        super().__init__(f"{title}: the tool {how}. Its last lines:\n{shown}\nFull log: {log}")


class StepsFailedError(DoorError):
    """Some of several independent steps have failed; each was already shown."""
