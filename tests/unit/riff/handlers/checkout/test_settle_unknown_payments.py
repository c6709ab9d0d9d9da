"""Every minute: settle_unknown_payments."""

from riff.handlers.checkout.settle_unknown_payments import handler
from tests.support.fakes import Method
from tests.support.invocations import tick
from tests.support.stage import Stage


def test_settles_what_the_processor_knows(stage: Stage) -> None:
    stage.buy(method=Method.TIMEOUT)
    stage.fakes.clock.advance(minutes=2)
    assert tick(handler) == {"paid": 1}
    assert tick(handler) == {}
