"""Every minute: open_due_raffles."""

from riff.handlers.raffles.open_due_raffles import handler
from tests.support.invocations import tick
from tests.support.stage import Stage


def test_records_what_has_begun(stage: Stage) -> None:
    stage.fakes.clock.set(stage.raffle.window.opens_at)
    assert tick(handler) == {"opened": 1}
    assert tick(handler) == {}
