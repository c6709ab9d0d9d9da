"""PostgreSQL refuses to run as root: where root starts the stack, another account runs it.

That account owns the data directory, but may not be able to reach it through root's own folders. It gets one
capability, to read and search everywhere, instead of root's folders being opened to everybody.
"""

import dataclasses
import os
import pwd
import shutil
from pathlib import Path
from typing import Final

from tools.local_stack.failure import StackError

_READ_SEARCH: Final = "dac_read_search"
_READ_SEARCH_BIT: Final = 1 << 2


@dataclasses.dataclass(frozen=True)
class Account:
    """Who runs PostgreSQL: the numbers of a user and a group, or None for the user who starts it."""

    uid: int | None = None
    gid: int | None = None

    def own(self, path: Path) -> None:
        """Give the account a folder with all that is in it."""
        if self.uid is None or self.gid is None:
            return
        for folder, _, files in path.walk():
            os.chown(folder, self.uid, self.gid)
            for name in files:
                os.chown(folder / name, self.uid, self.gid, follow_symlinks=False)

    def prefix(self) -> list[str]:
        """What to put before a command so that this account runs it.

        Raises:
            StackError: the program that changes the account is missing.
        """
        if self.uid is None:
            return []
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise StackError(
                "PostgreSQL cannot run as root: install setpriv (package util-linux) or use another user"
            )
        kept = f"-all,+{_READ_SEARCH}" if _may_read_everything() else "-all"
        capabilities = [f"--{name}={kept}" for name in ("inh-caps", "ambient-caps", "bounding-set")]
        user = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--no-new-privs"]
        return [setpriv, *user, *capabilities, "--"]


def account_for(data: Path) -> Account:
    """The account for a data directory: its owner if it exists, else `nobody`; only root needs one.

    Raises:
        StackError: there is no account `nobody`.
    """
    if os.geteuid() != 0:
        return Account()
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise StackError("PostgreSQL cannot run as root, and there is no user nobody to run it") from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def _may_read_everything() -> bool:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapPrm:"):
            return bool(int(line.split()[1], 16) & _READ_SEARCH_BIT)
    return False


def reachable_by_others(path: Path) -> bool:
    """Whether any account can search its way to a path."""
    return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents)
