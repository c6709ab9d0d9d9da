"""GLI-31 5.2.3, alteration of data: what was entered in the ledger cannot be altered without being found."""

import attrs
import pytest

from riff.errors import IntegrityFailureError
from riff.usecases.audit.sign_checkpoint import checkpoint_raffle
from riff.usecases.audit.update_ledger import update_ledger
from riff.usecases.public.prove_ticket import ProveTicket, prove_ticket
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.ledger import Void, parse_entry
from tests.support.claims import bought
from tests.support.stage import Stage


def test_a_void_is_entered_beside_the_sale_and_replaces_nothing() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    with stage.fakes.transactions.begin() as work:
        before = update_ledger(stage.raffle.id, work)
    void_order(VoidOrder(stage.manager, order_id, "sold twice"), stage.fakes.services)
    with stage.fakes.transactions.begin() as work:
        after = update_ledger(stage.raffle.id, work)
        sale, void = (parse_entry(text) for text in work.ledger.entries(stage.raffle.id, 0, after.size))
    assert (before.size, after.size) == (1, 2)
    assert isinstance(void, Void)
    assert void.at >= sale.at


def test_an_event_that_was_altered_stops_the_ledger() -> None:
    stage = Stage.of()
    stage.buy()
    streams = stage.fakes.transactions.tables.events
    for stream, events in streams.items():
        altered = events[-1].record.replace(b'"price":2000', b'"price":1')
        streams[stream] = (*events[:-1], attrs.evolve(events[-1], record=altered))
    with pytest.raises(IntegrityFailureError), stage.fakes.transactions.begin() as work:
        update_ledger(stage.raffle.id, work)


def test_an_entry_that_was_altered_proves_nothing() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    checkpoint_raffle(stage.raffle.id, stage.fakes.services)
    entries = stage.fakes.transactions.tables.entries
    (entry,) = entries[stage.raffle.id]
    altered = attrs.evolve(entry, text=entry.text.replace(b'"amount":2000', b'"amount":1000'))
    entries[stage.raffle.id] = (altered,)
    with pytest.raises(IntegrityFailureError):
        prove_ticket(ProveTicket(stage.raffle.id, ticket.validation_number), stage.fakes.services)
