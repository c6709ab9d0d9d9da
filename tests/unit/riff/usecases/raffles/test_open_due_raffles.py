from datetime import timedelta

import pytest

from riff.domain.accounts.actor import SCHEDULE
from riff.domain.audit.event_catalogue import EventKind
from riff.usecases.raffles.open_due_raffles import OpenDueRaffles, open_due_raffles
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import NOON, FakeRun
from tests.support.stage import Stage

OPENING = NOON + timedelta(hours=1)


def run(stage: Stage) -> FakeRun:
    done = FakeRun()
    open_due_raffles(OpenDueRaffles(page=2), stage.fakes.services, done)
    return done


def a_stage() -> Stage:
    return Stage.of(a_raffle().active().on_sale(OPENING, OPENING + timedelta(hours=1)))


def test_records_the_opening_once_from_its_instant_on() -> None:
    stage = a_stage()
    stage.fakes.clock.set(OPENING - timedelta(microseconds=1))
    assert run(stage).counts == {}
    stage.fakes.clock.set(OPENING)
    assert run(stage).counts == {"opened": 1}
    (event,) = stage.fakes.transactions.events()
    assert event.kind is EventKind.SALES_OPENED
    assert SCHEDULE.label.encode() in event.record
    assert run(stage).counts == {}


@pytest.mark.parametrize("state", [RaffleState.CONFIGURED, RaffleState.SUSPENDED, RaffleState.CANCELLED])
def test_sales_of_a_raffle_that_is_not_active_have_not_begun(state: RaffleState) -> None:
    stage = a_stage()
    stage.put_in(state)
    stage.fakes.clock.set(OPENING)
    assert run(stage).counts == {}


def test_records_many() -> None:
    stage = a_stage()
    for _ in range(4):
        Stage.of(a_raffle().active().on_sale(OPENING, OPENING + timedelta(hours=1)), stage.fakes)
    stage.fakes.clock.set(OPENING)
    assert run(stage).counts == {"opened": 5}
