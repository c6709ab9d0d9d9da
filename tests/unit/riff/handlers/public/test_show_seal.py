"""GET /raffles/{raffle_id}/seal."""

from riff.handlers.public.show_seal import handler
from riff_critical.draw import Seal
from riff_critical.ledger import Checkpoint
from tests.support.drawing import DrawStage
from tests.support.gateway import Answer, an_event, ask


def _show(draws: DrawStage) -> Answer:
    variables = {"raffle_id": str(draws.stage.raffle.id)}
    return ask(handler, an_event("GET", "/raffles/{raffle_id}/seal", variables=variables))


def test_shows_the_seal_with_its_words_and_the_signed_ledger(draws: DrawStage) -> None:
    draws.sealed()
    body = _show(draws).body
    seal = Seal.from_bytes(body["document"].encode())
    assert seal == draws.seal
    assert (body["hash"], body["words"]) == (seal.hash().hex(), seal.words())
    signed = Checkpoint.from_text("".join(f"{line}\n" for line in body["checkpoint"][:3]))
    assert (signed.size, signed.root) == (seal.ledger_size, seal.ledger_root)


def test_shows_a_seal_whose_ledger_is_not_signed_yet(draws: DrawStage) -> None:
    draws.fakes.ledgers.signer.is_down = True
    draws.sealed()
    assert _show(draws).body["checkpoint"] == []


def test_there_is_none_before_the_sealing(draws: DrawStage) -> None:
    assert _show(draws).status == 404
