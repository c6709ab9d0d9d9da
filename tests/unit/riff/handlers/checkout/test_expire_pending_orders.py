"""Every minute: expire_pending_orders."""

from riff.handlers.checkout.expire_pending_orders import handler
from tests.support.fakes import Method
from tests.support.invocations import tick
from tests.support.stage import Stage


def test_concludes_what_has_expired(stage: Stage) -> None:
    order = stage.buy(method=Method.UNREACHABLE).checkout
    stage.fakes.clock.set(order.expires_at)
    assert tick(handler) == {"expired": 1}
    assert tick(handler) == {}
