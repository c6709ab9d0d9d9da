"""What an organizer publishes of a raffle, and what `tools/verify.py` says to it."""

import io
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from tests.support.drawing import DrawStage
from tools.verify import main


def published(draws: DrawStage, folder: Path) -> Path:
    """The folder with transcript, pools and ledger."""
    (folder / "pools").mkdir()
    (folder / "transcript.json").write_bytes(draws.transcript.to_bytes())
    for root, data in draws.pools.items():
        (folder / "pools" / f"{root.hex()}.pool").write_bytes(data)
    with draws.fakes.transactions.begin() as work:
        entries = work.ledger.entries(draws.stage.raffle.id, 0, draws.seal.ledger_size)
        (folder / "ledger.jsonl").write_bytes(b"".join(entry + b"\n" for entry in entries))
    return folder


def verified(folder: Path, ticket: str | None = None, mark: str | None = None) -> tuple[int, str]:
    """Exit status and output of `verify.py`, for a ticket's file and for its mark if there is one."""
    arguments = [str(folder)]
    if ticket is not None:
        path = folder / "ticket.json"
        path.write_text(ticket)
        arguments += ["--ticket", str(path)]
    if mark is not None:
        arguments += ["--mark", mark]
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        status = main(arguments)
    return status, told.getvalue()
