"""GET /raffles/{raffle_id}/transcript."""

from pathlib import Path

from riff.handlers.public.show_transcript import handler
from riff.usecases.audit.update_ledger import update_ledger
from tests.support.drawing import DrawStage
from tests.support.gateway import Answer, an_event, ask
from tests.support.publishing import published, verified


def _show(draws: DrawStage) -> Answer:
    variables = {"raffle_id": str(draws.stage.raffle.id)}
    return ask(handler, an_event("GET", "/raffles/{raffle_id}/transcript", variables=variables))


def test_shows_what_the_verifier_accepts_and_the_ledger_names(draws: DrawStage, tmp_path: Path) -> None:
    draws.sealed()
    for draw in (1, 2):
        draws.start(draw)
        draws.declare(draw)
    body = _show(draws).body
    folder = published(draws, tmp_path)
    (folder / "transcript.json").write_text(body["document"])
    status, told = verified(folder)
    assert (status, "FAIL" in told) == (0, False)
    with draws.fakes.transactions.begin() as work:
        size = update_ledger(draws.stage.raffle.id, work).size
        entries = b"\n".join(work.ledger.entries(draws.stage.raffle.id, 0, size))
    assert body["hash"].encode() in entries


def test_there_is_none_before_the_draw(draws: DrawStage) -> None:
    draws.sealed()
    assert _show(draws).status == 404
