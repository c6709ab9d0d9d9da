from riff.usecases.reconciliation.account import account
from riff.usecases.reconciliation.reconciled_units import reconcile_units
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth
from tests.support.closed_books import sold_out_booth


def test_leaves_units_alone_that_are_not_closed_or_whose_cash_is_not_counted() -> None:
    booth = Booth.selling()
    other = Booth.at(booth.stage, "device-2")
    other.enrol()
    sold_out_booth(booth)
    with booth.stage.fakes.transactions.begin() as work:
        units = work.units.lock_of(booth.stage.raffle.id)
        reconcile_units(
            units, account(booth.stage.now, work), booth.stage.manager, booth.stage.fakes.clock.now(), work
        )
    assert (booth.now.state, other.now.state) == (SalesUnitState.CLOSED, SalesUnitState.ACTIVE)
