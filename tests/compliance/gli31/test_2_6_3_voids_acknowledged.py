"""GLI-31 2.6.3, voids: the event manager acknowledges the reconciled voids, on record, before any draw."""

import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.reconciliation.refusals import VoidsChangedError, VoidsNotAcknowledgedError
from riff.errors import StateRefusesError
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.booth import Booth
from tests.support.closed_books import accounted_for, acknowledge, confirm, count, shown, sold_out_booth


def _void_one(booth: Booth) -> None:
    order = next(iter(booth.stage.fakes.transactions.tables.orders.values()))
    void_order(VoidOrder(booth.stage.manager, order.id, "sold twice by mistake"), booth.stage.fakes.services)


def test_the_acknowledgement_records_who_when_and_how_many() -> None:
    booth = sold_out_booth()
    _void_one(booth)
    word = acknowledge(booth.stage, voids=1).voids.acknowledged
    assert word
    assert (word.acknowledged_by, word.voids) == (booth.stage.manager.label, 1)
    assert word.acknowledged_at == booth.stage.fakes.clock.now()
    (event,) = (e for e in booth.stage.fakes.transactions.events() if e.kind is EventKind.VOIDS_ACKNOWLEDGED)
    assert booth.stage.manager.label.encode() in event.record


def test_without_it_the_raffle_is_not_reconciled() -> None:
    booth = sold_out_booth()
    count(booth.stage, booth.enrolment.seller)
    with pytest.raises(VoidsNotAcknowledgedError):
        confirm(booth.stage)


def test_a_void_after_it_asks_for_another_one() -> None:
    booth = accounted_for()
    _void_one(booth)
    count(booth.stage, booth.enrolment.seller, 2000)
    with pytest.raises(VoidsNotAcknowledgedError):
        confirm(booth.stage)
    acknowledge(booth.stage, voids=1)
    assert confirm(booth.stage).raffle.state is RaffleState.RECONCILED


def test_nobody_acknowledges_a_list_that_has_changed() -> None:
    booth = sold_out_booth()
    _void_one(booth)
    with pytest.raises(VoidsChangedError):
        acknowledge(booth.stage, voids=0)


def test_voided_numbers_are_apart_from_the_valid_ones_and_nothing_is_voided_after() -> None:
    booth = sold_out_booth()
    _void_one(booth)
    count(booth.stage, booth.enrolment.seller, 2000)
    acknowledge(booth.stage, voids=1)
    confirm(booth.stage)
    part = next(part for part in shown(booth.stage).ranges if part.channel is Channel.SALES_UNIT)
    assert (part.valid, part.voided) == (10, 10)
    with pytest.raises(StateRefusesError):
        void_order(
            VoidOrder(booth.stage.manager, list(booth.stage.fakes.transactions.tables.orders)[1], "too late"),
            booth.stage.fakes.services,
        )
