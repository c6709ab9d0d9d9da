"""The state folder: what is where, and `stack.json`, which tells others."""

import dataclasses
import json
import os
import secrets
from base64 import b64encode
from pathlib import Path
from typing import Any, Final

from tools.local_stack.failure import StackError

FORMAT: Final = 1
DATABASE: Final = "riff"
OWNER: Final = "riff_owner"
# Names in secrets.json: the database's roles under their own names, the two of the payment processor, and the
# private key that signs ledgers.
LEDGER_KEY: Final = "ledger_key"
SECRETS: Final = (
    OWNER,
    "riff_reader",
    "riff_business",
    "riff_critical",
    "api_key",
    "notice_secret",
    LEDGER_KEY,
)


@dataclasses.dataclass(frozen=True)
class Folder:
    """One stack's state."""

    root: Path

    @property
    def postgres(self) -> Path:
        """Data directory of the cluster."""
        return self.root / "postgres"

    @property
    def aws(self) -> Path:
        """State of the local AWS."""
        return self.root / "aws"

    @property
    def payments(self) -> Path:
        """Charges of the payment sandbox."""
        return self.root / "payments"

    @property
    def beacon(self) -> Path:
        """Key of the simulated beacon."""
        return self.root / "beacon"

    @property
    def witness(self) -> Path:
        """Key of the simulated witness, and what it saw last."""
        return self.root / "witness"

    @property
    def logs(self) -> Path:
        """One file per process."""
        return self.root / "logs"

    @property
    def processes(self) -> Path:
        """One file per process that was started."""
        return self.root / "processes"

    @property
    def secrets(self) -> Path:
        """Passwords and keys, made at the first start."""
        return self.root / "secrets.json"

    @property
    def description(self) -> Path:
        """Addresses and process ids, for everything that works with the stack."""
        return self.root / "stack.json"

    def make(self) -> None:
        """Make the folders, readable by their owner alone."""
        for path in (self.root, self.logs, self.processes):
            path.mkdir(parents=True, exist_ok=True, mode=0o700)

    def read_description(self) -> dict[str, Any]:
        """What `stack.json` says, empty if the stack was never started.

        Raises:
            StackError: it was written by another version.
        """
        if not self.description.exists():
            return {}
        found: dict[str, Any] = json.loads(self.description.read_text())
        if found.get("format") != FORMAT:
            raise StackError(f"{self.description} was written by another version: reset the stack")
        return found

    def write_description(self, description: dict[str, Any]) -> None:
        """Replace `stack.json`, all at once."""
        write_whole(self.description, json.dumps({"format": FORMAT, **description}, indent=2) + "\n")

    def read_secrets(self) -> dict[str, str]:
        """The secrets; those that there are none of are made now."""
        found: dict[str, str] = json.loads(self.secrets.read_text()) if self.secrets.exists() else {}
        missing = [name for name in SECRETS if name not in found]
        if missing:
            found |= {name: _secret(name) for name in missing}
            write_whole(self.secrets, json.dumps(found, indent=2) + "\n")
        return found


def _secret(name: str) -> str:
    """A key is what its library reads, a password what goes into an address."""
    if name == LEDGER_KEY:
        return b64encode(secrets.token_bytes(32)).decode()
    return secrets.token_urlsafe(32)


def write_whole(path: Path, text: str) -> None:
    """Write a file that only its owner can read, so that a reader sees the old text or the new one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
