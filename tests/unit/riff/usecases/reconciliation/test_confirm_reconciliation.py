from collections.abc import Callable

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.reconciliation.refusals import (
    CashNotCountedError,
    NumbersNotBalancedError,
    PaymentsUnknownError,
    UnitsNotUploadedError,
    VoidsNotAcknowledgedError,
)
from riff.errors import (
    ConflictError,
    NotFoundError,
    NotPermittedError,
    SecondPersonNeededError,
    StateRefusesError,
)
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import RaffleState, SalesUnitState
from riff_critical.selling import Block
from tests.support.booth import Booth
from tests.support.builders import a_checkout, a_raffle
from tests.support.closed_books import (
    a_second_person,
    accounted_for,
    acknowledge,
    confirm,
    count,
    shown,
    sold_out_booth,
)
from tests.support.fakes import PERMISSIVE
from tests.support.stage import A_STRANGER, Stage, member

TWO_PERSONS = attrs.evolve(PERMISSIVE, two_person_reconciliation=True)


def test_reconciles_a_raffle_in_which_everything_is_accounted_for() -> None:
    booth = accounted_for()
    accounts = confirm(booth.stage)
    assert (RaffleState.RECONCILED, (booth.stage.manager.label,)) == (
        accounts.raffle.state,
        accounts.confirmed_by,
    )
    kinds = booth.stage.fakes.transactions.event_kinds()
    assert kinds.count(EventKind.RECONCILIATION_CONFIRMED) == 1
    assert kinds.count(EventKind.RAFFLE_RECONCILED) == 1


def test_reconciles_a_raffle_that_sold_nothing() -> None:
    booth = Booth.of()
    booth.end_sales()
    acknowledge(booth.stage)
    assert confirm(booth.stage).raffle.state is RaffleState.RECONCILED


def test_sets_units_free_that_took_no_cash() -> None:
    booth = Booth.selling()
    booth.close()
    booth.end_sales()
    acknowledge(booth.stage)
    before = booth.now
    confirm(booth.stage)
    assert (before.state, booth.now.state) == (SalesUnitState.CLOSED, SalesUnitState.RECONCILED)


def _enrol_another(booth: Booth) -> None:
    tables = booth.stage.fakes.transactions.tables
    tables.enrolments[booth.enrolment.id] = attrs.evolve(booth.enrolment, closed_at=None)


def _open_a_payment(booth: Booth) -> None:
    with booth.stage.fakes.transactions.begin() as work:
        work.checkouts.open(a_checkout(booth.stage.raffle.id))


def _void_an_order(booth: Booth) -> None:
    order = next(iter(booth.stage.fakes.transactions.tables.orders.values()))
    void_order(VoidOrder(booth.stage.manager, order.id, "r"), booth.stage.fakes.services)
    count(booth.stage, booth.enrolment.seller, 2000)


def _lose_numbers(booth: Booth) -> None:
    tables = booth.stage.fakes.transactions.tables
    ((name, row),) = tables.blocks.items()
    block = Block(row.lease.block.first_slot, row.lease.block.end_slot, row.lease.block.next_slot + 1)
    tables.blocks[name] = attrs.evolve(row, lease=attrs.evolve(row.lease, block=block))


def _forget_the_count(booth: Booth) -> None:
    booth.stage.fakes.transactions.tables.cash_counts.clear()


@pytest.mark.parametrize(
    ("upset", "refusal"),
    [
        (_enrol_another, UnitsNotUploadedError),
        (_open_a_payment, PaymentsUnknownError),
        (_void_an_order, VoidsNotAcknowledgedError),
        (_lose_numbers, NumbersNotBalancedError),
        (_forget_the_count, CashNotCountedError),
    ],
)
def test_each_missing_condition_refuses_by_its_own_code(
    upset: Callable[[Booth], None], refusal: type[ConflictError]
) -> None:
    booth = accounted_for()
    upset(booth)
    with pytest.raises(refusal) as refused:
        confirm(booth.stage)
    assert refused.value.facts == {"outstanding": 1}
    assert refusal.code in {condition.name for condition in shown(booth.stage).conditions}
    assert booth.stage.now.state is RaffleState.RECONCILING


def test_two_different_persons_confirm_where_the_profile_says() -> None:
    booth = accounted_for(Booth.selling(a_raffle().under(TWO_PERSONS).active()))
    first = confirm(booth.stage)
    assert (first.raffle.state, first.persons_needed) == (RaffleState.RECONCILING, 2)
    with pytest.raises(SecondPersonNeededError):
        confirm(booth.stage)
    second = confirm(booth.stage, a_second_person(booth.stage))
    assert second.raffle.state is RaffleState.RECONCILED
    assert len(second.confirmed_by) == 2


def test_a_word_about_other_figures_does_not_count() -> None:
    booth = accounted_for(Booth.selling(a_raffle().under(TWO_PERSONS).active()))
    confirm(booth.stage)
    _void_an_order(booth)
    acknowledge(booth.stage, voids=1)
    again = confirm(booth.stage, a_second_person(booth.stage))
    assert (again.raffle.state, len(again.confirmed_by)) == (RaffleState.RECONCILING, 1)
    assert confirm(booth.stage).raffle.state is RaffleState.RECONCILED


@pytest.mark.parametrize("state", [RaffleState.ACTIVE, RaffleState.SUSPENDED, RaffleState.RECONCILED])
def test_refuses_a_raffle_that_is_not_being_reconciled(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        confirm(stage)


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = sold_out_booth().stage
    with pytest.raises(NotFoundError):
        confirm(stage, A_STRANGER)
    with pytest.raises(NotPermittedError):
        confirm(stage, member("regulator", stage.organization))
