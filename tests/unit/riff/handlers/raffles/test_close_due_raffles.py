"""Every minute: close_due_raffles."""

from riff.handlers.raffles.close_due_raffles import handler
from tests.support.invocations import tick
from tests.support.stage import Stage


def test_closes_what_is_due(stage: Stage) -> None:
    stage.fakes.clock.set(stage.raffle.window.closes_at)
    assert tick(handler) == {"closed": 1}
    assert tick(handler) == {}
