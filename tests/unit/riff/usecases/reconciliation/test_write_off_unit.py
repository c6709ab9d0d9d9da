import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.reconciliation.reconciliation import ConditionName
from riff.domain.reconciliation.refusals import AlreadyWrittenOffError, NothingToWriteOffError
from riff.errors import NotFoundError, StateRefusesError
from riff.usecases.raffles.cancel_raffle import CancelRaffle, cancel_raffle
from riff_critical.lifecycle import RaffleState, SalesUnitState
from tests.support.booth import Booth
from tests.support.builders import a_raffle
from tests.support.closed_books import outstanding, sold_out_booth, write_off
from tests.support.stage import Stage


def _lost_booth() -> Booth:
    booth = Booth.selling()
    booth.sell()
    booth.end_sales()
    return booth


def test_the_raffle_no_longer_waits_for_the_unit() -> None:
    booth = _lost_booth()
    assert ConditionName.UNITS_NOT_UPLOADED in outstanding(booth.stage)
    accounts = write_off(booth.stage, booth.enrolment.id, "stolen")
    (unit,) = accounts.units
    assert unit.write_off
    assert (unit.write_off.reason, unit.write_off.written_off_by) == ("stolen", booth.stage.manager.label)
    assert ConditionName.UNITS_NOT_UPLOADED not in outstanding(booth.stage)
    assert booth.now.state is SalesUnitState.ACTIVE
    assert EventKind.UNIT_WRITTEN_OFF in booth.stage.fakes.transactions.event_kinds()


def test_begins_the_reconciliation() -> None:
    booth = _lost_booth()
    assert write_off(booth.stage, booth.enrolment.id).raffle.state is RaffleState.RECONCILING
    assert EventKind.RECONCILING_STARTED in booth.stage.fakes.transactions.event_kinds()


def test_decides_in_a_raffle_that_was_cancelled() -> None:
    booth = Booth.selling()
    booth.sell()
    cancel_raffle(CancelRaffle(booth.stage.manager, booth.stage.raffle.id, "r"), booth.stage.fakes.services)
    accounts = write_off(booth.stage, booth.enrolment.id, "sunk")
    assert (accounts.raffle.state, booth.stage.now.state) == (RaffleState.CANCELLED, RaffleState.CANCELLED)
    assert accounts.units[0].write_off
    assert EventKind.RECONCILING_STARTED not in booth.stage.fakes.transactions.event_kinds()
    with pytest.raises(AlreadyWrittenOffError):
        write_off(booth.stage, booth.enrolment.id)


def test_decides_once() -> None:
    booth = _lost_booth()
    write_off(booth.stage, booth.enrolment.id)
    with pytest.raises(AlreadyWrittenOffError):
        write_off(booth.stage, booth.enrolment.id)


def test_refuses_a_unit_that_has_handed_in_everything() -> None:
    booth = sold_out_booth()
    with pytest.raises(NothingToWriteOffError):
        write_off(booth.stage, booth.enrolment.id)
    assert booth.stage.now.state is RaffleState.SALES_CLOSED


def test_refuses_while_the_raffle_sells_and_enrolments_of_others() -> None:
    booth = Booth.selling()
    with pytest.raises(StateRefusesError):
        write_off(booth.stage, booth.enrolment.id)
    with pytest.raises(NotFoundError):
        write_off(Stage.of(a_raffle().closed(), booth.stage.fakes), booth.enrolment.id)
