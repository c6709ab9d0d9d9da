"""What the organizer publishes of a draw, as anybody fetches it, and what the verifier says of it."""

import base64
import json
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Final

from tools.local_stack.api_client import ApiClient

_VERIFIER: Final = Path(__file__).resolve().parents[1] / "verify.py"


def fetch(public: ApiClient, raffle_id: str, folder: Path) -> None:
    """Write transcript and sealed lists into a folder, as the verifier reads them.

    Raises:
        StackError: something is not published.
    """
    (folder / "pools").mkdir(parents=True, exist_ok=True)
    document = public.show(f"/raffles/{raffle_id}/transcript")["document"]
    (folder / "transcript.json").write_text(document)
    for draw, _ in enumerate(json.loads(document)["seal"]["pools"], start=1):
        found = public.show(f"/raffles/{raffle_id}/sealed-list?draw={draw}")
        data = zlib.decompress(base64.b64decode(found["data"]))
        (folder / "pools" / f"{found['root']}.pool").write_bytes(data)


def fetch_proofs(public: ApiClient, raffle_id: str, ticket: str, folder: Path) -> Path:
    """Write the proofs of a ticket into a folder; the file.

    Raises:
        StackError: the ticket is not known.
    """
    file = folder / "ticket.json"
    file.write_text(public.show(f"/raffles/{raffle_id}/tickets/{ticket}/proof")["file"])
    return file


def cosigners(folder: Path) -> list[str]:
    """The witnesses whose cosignatures stand under the sealed state of the ledger that is published."""
    published = json.loads((folder / "transcript.json").read_text())
    named = {key.partition("+")[0] for key in published["manifest"]["log"]["witnesses"]}
    signed = {line.split(" ")[1] for line in published["checkpoint"] if line.startswith("— ")}
    return sorted(named & signed)


def verify(folder: Path, ticket: Path | None = None) -> int:
    """Run the verifier, alone with the standard library; its exit status."""
    more = ["--ticket", str(ticket)] if ticket is not None else []
    return subprocess.call([sys.executable, "-S", "-E", str(_VERIFIER), str(folder), *more])
