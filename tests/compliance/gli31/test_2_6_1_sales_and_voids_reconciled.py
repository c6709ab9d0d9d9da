"""GLI-31 2.6.1, draw: none before sales are closed and all sales and voids are reconciled."""

from collections.abc import Callable

import attrs
import pytest

from riff.errors import ConflictError
from riff.usecases.units.request_void import RequestVoid, request_void
from riff_critical.lifecycle import (
    RAFFLE,
    Guard,
    GuardUnsatisfiedError,
    RaffleEvent,
    RaffleState,
    advance,
    permitted,
)
from tests.support.booth import Booth
from tests.support.builders import a_checkout
from tests.support.closed_books import acknowledge, confirm, count, write_off


def _sell(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    booth.sell()


def _close(booth: Booth) -> None:
    _sell(booth)
    booth.close()
    booth.end_sales()


def _not_handed_in(booth: Booth) -> None:
    _sell(booth)
    booth.end_sales()
    count(booth.stage, booth.enrolment.seller, 2000)
    acknowledge(booth.stage)


def _unknown_payment(booth: Booth) -> None:
    _close(booth)
    count(booth.stage, booth.enrolment.seller, 2000)
    acknowledge(booth.stage)
    with booth.stage.fakes.transactions.begin() as work:
        work.checkouts.open(a_checkout(booth.stage.raffle.id))


def _voids_unseen(booth: Booth) -> None:
    _close(booth)
    count(booth.stage, booth.enrolment.seller, 2000)


def _request_undecided(booth: Booth) -> None:
    _sell(booth)
    order = next(iter(booth.stage.fakes.transactions.tables.orders.values()))
    request_void(RequestVoid(booth.actor, order.id, "r"), booth.stage.fakes.services)
    booth.close()
    booth.end_sales()
    count(booth.stage, booth.enrolment.seller, 2000)


def _books_wrong(booth: Booth) -> None:
    _close(booth)
    count(booth.stage, booth.enrolment.seller, 2000)
    acknowledge(booth.stage)
    orders = booth.stage.fakes.transactions.tables.orders
    ((name, order),) = orders.items()
    orders[name] = attrs.evolve(order, end_slot=order.end_slot - 1)


def _cash_uncounted(booth: Booth) -> None:
    _close(booth)
    acknowledge(booth.stage)


@pytest.mark.parametrize(
    ("night", "code"),
    [
        (_not_handed_in, "units-not-uploaded"),
        (_unknown_payment, "payments-unknown"),
        (_voids_unseen, "voids-not-acknowledged"),
        (_request_undecided, "voids-not-acknowledged"),
        (_books_wrong, "numbers-not-balanced"),
        (_cash_uncounted, "cash-not-counted"),
    ],
)
def test_each_missing_condition_keeps_the_raffle_from_its_draw(
    night: Callable[[Booth], None], code: str
) -> None:
    booth = Booth.of()
    night(booth)
    with pytest.raises(ConflictError) as refusal:
        confirm(booth.stage)
    assert refusal.value.code == code
    assert booth.stage.now.state is not RaffleState.RECONCILED


def test_a_raffle_that_sells_is_not_reconciled() -> None:
    booth = Booth.of()
    _sell(booth)
    with pytest.raises(ConflictError) as refusal:
        confirm(booth.stage)
    assert refusal.value.code == "state-refuses"


def test_a_lost_unit_is_decided_about_before_the_draw() -> None:
    booth = Booth.of()
    _not_handed_in(booth)
    write_off(booth.stage, booth.enrolment.id, "stolen, reported to the police")
    assert confirm(booth.stage).raffle.state is RaffleState.RECONCILED


def test_a_draw_begins_only_from_a_sealed_raffle_and_a_seal_only_from_a_reconciled_one() -> None:
    begins = {s for s in RaffleState if RaffleEvent.START_DRAWING in permitted(RAFFLE, s)}
    seals = {s for s in RaffleState if RaffleEvent.SEAL in permitted(RAFFLE, s)}
    reconciles = {s for s in RaffleState if RaffleEvent.RECONCILE in permitted(RAFFLE, s)}
    assert (begins, seals) == ({RaffleState.SEALED}, {RaffleState.RECONCILED})
    assert reconciles == {RaffleState.RECONCILING}


@pytest.mark.parametrize(
    "guard",
    [
        Guard.ALL_UNITS_UPLOADED,
        Guard.NO_PAYMENT_UNKNOWN,
        Guard.VOIDS_ACKNOWLEDGED,
        Guard.NUMBERS_BALANCED,
        Guard.CASH_COUNTED,
    ],
    ids=lambda guard: guard.value,
)
def test_the_core_wants_every_condition(guard: Guard) -> None:
    with pytest.raises(GuardUnsatisfiedError, match=guard.value):
        advance(RAFFLE, RaffleState.RECONCILING, RaffleEvent.RECONCILE, set(Guard) - {guard})
