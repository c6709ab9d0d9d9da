from datetime import datetime, timedelta

import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import DrawPlan
from riff.errors import InvalidRequestError, NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.draws.plan_draws import PlanDraws, plan_draws
from riff_critical.lifecycle import RaffleState
from tests.support.drawing import CLOSES, EARLY, a_drawn_raffle
from tests.support.stage import A_STRANGER, Stage, member

PLAN = DrawPlan(early_bird_until=EARLY, attempts=2, contributors=("club",))


def _plan(stage: Stage, plan: DrawPlan = PLAN) -> DrawPlan:
    return plan_draws(PlanDraws(stage.manager, stage.raffle.id, plan), stage.fakes.services)


def test_the_last_plan_counts() -> None:
    stage = Stage.of(a_drawn_raffle())
    _plan(stage)
    _plan(stage, DrawPlan(attempts=5))
    with stage.fakes.transactions.begin() as work:
        assert work.seals.plan(stage.raffle.id) == DrawPlan(attempts=5)
    assert stage.fakes.transactions.event_kinds() == [EventKind.DRAWS_PLANNED] * 2


@pytest.mark.parametrize("until", [CLOSES + timedelta(seconds=1), EARLY - timedelta(days=2)])
def test_refuses_an_early_bird_outside_the_sales(until: datetime) -> None:
    stage = Stage.of(a_drawn_raffle())
    with pytest.raises(InvalidRequestError):
        _plan(stage, DrawPlan(early_bird_until=until))


def test_takes_an_early_bird_that_lasts_as_long_as_the_sales() -> None:
    assert _plan(Stage.of(a_drawn_raffle()), DrawPlan(early_bird_until=CLOSES)).early_bird_until == CLOSES


def test_refuses_once_the_raffle_is_active() -> None:
    stage = Stage.of(a_drawn_raffle())
    stage.put_in(RaffleState.ACTIVE)
    with pytest.raises(StateRefusesError):
        _plan(stage)


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of(a_drawn_raffle())
    with pytest.raises(NotFoundError):
        plan_draws(PlanDraws(A_STRANGER, stage.raffle.id, PLAN), stage.fakes.services)
    operator = member("operator", stage.organization)
    with pytest.raises(NotPermittedError):
        plan_draws(PlanDraws(operator, stage.raffle.id, PLAN), stage.fakes.services)
