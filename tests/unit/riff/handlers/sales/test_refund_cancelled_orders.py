"""Every minute."""

from riff.domain.checkout.checkout import RefundState
from riff.handlers.sales.refund_cancelled_orders import handler
from riff.usecases.raffles.cancel_raffle import CancelRaffle, cancel_raffle
from tests.support.invocations import tick
from tests.support.stage import Stage


def test_tells_what_it_did(stage: Stage) -> None:
    order = stage.buy().checkout
    cancel_raffle(CancelRaffle(stage.manager, stage.raffle.id, "no match"), stage.fakes.services)
    assert tick(handler)["owed back"] == 1
    assert stage.fakes.transactions.tables.checkouts[order.id].refund is RefundState.DUE
