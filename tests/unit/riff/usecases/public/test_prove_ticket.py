"""What is proved is what is stored, or nothing is."""

import attrs
import pytest

from riff.errors import IntegrityFailureError, NotInLedgerYetError
from riff.usecases.audit.sign_checkpoint import checkpoint_raffle
from riff.usecases.public.prove_ticket import ProveTicket, TicketProof, prove_ticket
from riff_critical.draw import leaves
from riff_critical.ledger import leaf_hash, verify_consistency, verify_inclusion
from tests.support.drawing import DrawStage


def prove(draws: DrawStage, number: int = 0) -> TicketProof:
    query = ProveTicket(draws.stage.raffle.id, draws.tickets()[number].validation_number)
    return prove_ticket(query, draws.fakes.services)


def test_proves_every_place_of_every_valid_ticket() -> None:
    draws = DrawStage.of().sealed()
    for number, ticket in enumerate(draws.tickets()):
        file = prove(draws, number).file
        for place in file.places:
            pool, order = draws.seal.pools[place.draw - 1], ticket.order
            before = ((0, place.position),) if place.position else ()
            *_, entry = leaves((*before, (order.first_slot, order.count)))
            verify_inclusion(leaf_hash(entry), place.range, pool.ranges, place.proof, pool.root)
        assert bool(file.places) == (ticket.void is None)


def test_the_sealed_ledger_begins_with_the_checkpoint_that_the_buyer_may_have() -> None:
    draws = DrawStage.of().sell(1)
    note = checkpoint_raffle(draws.stage.raffle.id, draws.fakes.services)
    with draws.fakes.transactions.begin() as work:
        old = work.ledger.head(draws.stage.raffle.id)
    draws.sealed()
    proof = prove(draws)
    earlier = proof.file.checkpoint
    assert earlier is not None
    assert earlier.note == note
    verify_consistency(old.size, old.root, proof.head.size, proof.head.root, earlier.consistency)


def test_waits_while_the_sealed_state_is_not_signed() -> None:
    draws = DrawStage.of()
    draws.fakes.ledgers.signer.is_down = True
    draws.sealed()
    with pytest.raises(NotInLedgerYetError):
        prove(draws)


def test_refuses_to_prove_a_valid_ticket_that_the_pool_lacks() -> None:
    draws = DrawStage.of().sealed()
    draws.fakes.transactions.tables.pool_pages.clear()
    with pytest.raises(IntegrityFailureError):
        prove(draws)


def test_refuses_an_order_in_the_place_of_another() -> None:
    draws = DrawStage.of().sealed()
    tables = draws.fakes.transactions.tables
    first, second = draws.tickets()[:2]
    tables.orders[first.order.id] = attrs.evolve(first.order, id=second.order.id)
    with pytest.raises(IntegrityFailureError):
        prove_ticket(ProveTicket(draws.stage.raffle.id, first.validation_number), draws.fakes.services)


def test_shows_no_secret_in_logs() -> None:
    draws = DrawStage.of().sealed()
    file = prove(draws).file
    assert file.validation not in repr(file)
    assert file.salt.hex() not in repr(file)
