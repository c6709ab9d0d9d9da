from datetime import datetime, timedelta

import attrs
import pytest

from riff.domain.accounts.actor import SCHEDULE
from riff.domain.audit.event_catalogue import EventKind
from riff.ports.services import Services
from riff.usecases.raffles.close_due_raffles import CloseDueRaffles, close_due_raffles
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import NOON, FakeClock, FakeRun
from tests.support.stage import Stage

CLOSE = NOON + timedelta(hours=1)


def a_stage(state: RaffleState = RaffleState.ACTIVE) -> Stage:
    stage = Stage.of(a_raffle().active().on_sale(NOON, CLOSE))
    stage.put_in(state)
    return stage


def run(services: Services) -> FakeRun:
    done = FakeRun()
    close_due_raffles(CloseDueRaffles(page=2), services, done)
    return done


@pytest.mark.parametrize("state", [RaffleState.ACTIVE, RaffleState.SUSPENDED])
def test_closes_at_the_instant_of_the_close(state: RaffleState) -> None:
    stage = a_stage(state)
    stage.fakes.clock.set(CLOSE - timedelta(microseconds=1))
    assert run(stage.fakes.services).counts == {}
    stage.fakes.clock.set(CLOSE)
    assert run(stage.fakes.services).counts == {"closed": 1}
    assert (stage.now.state, stage.now.closed_at) == (RaffleState.SALES_CLOSED, CLOSE)
    assert run(stage.fakes.services).counts == {}


def test_the_event_says_that_the_schedule_closed_and_what_was_sold() -> None:
    stage = a_stage()
    stage.buy()
    stage.fakes.clock.set(CLOSE)
    run(stage.fakes.services)
    (event,) = (e for e in stage.fakes.transactions.events() if e.kind is EventKind.SALES_CLOSED)
    assert SCHEDULE.label.encode() in event.record
    assert b'"orders":1' in event.record


def test_closes_many() -> None:
    stage = a_stage()
    for _ in range(4):
        Stage.of(a_raffle().active().on_sale(NOON, CLOSE), stage.fakes)
    stage.fakes.clock.set(CLOSE)
    assert run(stage.fakes.services).counts == {"closed": 5}


class MovingClock(FakeClock):
    """Says one thing first, and another from then on."""

    def __init__(self, first: datetime, then: datetime) -> None:
        super().__init__(then)
        self._first: list[datetime] = [first]

    def now(self) -> datetime:
        """The first instant once, then the other."""
        return self._first.pop() if self._first else super().now()


def test_looks_again_under_the_lock() -> None:
    """What the list said may be true no longer: the raffle was extended meanwhile."""
    stage = a_stage()
    services = attrs.evolve(stage.fakes.services, clock=MovingClock(CLOSE, NOON))
    assert run(services).counts == {"extended meanwhile": 1}
    assert stage.now.state is RaffleState.ACTIVE
