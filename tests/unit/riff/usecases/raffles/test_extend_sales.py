from datetime import UTC, datetime, timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import SalesRules
from riff.errors import (
    InvalidRequestError,
    NotFoundError,
    NotPermittedError,
    ProfileRefusesError,
    SalesClosedError,
    StateRefusesError,
)
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff.usecases.raffles.extend_sales import ExtendSales, extend_sales
from riff_critical.lifecycle import OrderState, RaffleState
from tests.support.builders import RaffleBuilder, a_raffle
from tests.support.fakes import NOON, PERMISSIVE
from tests.support.stage import A_STRANGER, Stage, member

CLOSE = NOON + timedelta(hours=1)
LATER = CLOSE + timedelta(minutes=30)


def an_hour() -> RaffleBuilder:
    return a_raffle().active().on_sale(NOON - timedelta(hours=1), CLOSE)


def extend(stage: Stage, closes_at: datetime = LATER) -> None:
    extend_sales(ExtendSales(stage.manager, stage.raffle.id, closes_at, "overtime"), stage.fakes.services)


def test_sells_until_the_later_close_and_no_longer() -> None:
    stage = Stage.of(an_hour())
    stage.buy("key-1")
    extend(stage)
    stage.fakes.clock.set(LATER - timedelta(microseconds=1))
    assert stage.buy("key-2").checkout.state is OrderState.PAID
    stage.fakes.clock.set(LATER)
    with pytest.raises(SalesClosedError):
        stage.buy("key-3")


def test_moves_the_close_of_every_block_and_records_both() -> None:
    stage = Stage.of(an_hour())
    stage.buy("key-1")
    extend(stage)
    assert [row.lease.sell_until for row in stage.fakes.transactions.tables.blocks.values()] == [LATER]
    event = next(e for e in stage.fakes.transactions.events() if e.kind is EventKind.SALES_EXTENDED)
    assert b'"before":"2026-05-01T13:00:00.000000Z","closes_at":"2026-05-01T13:30:00.000000Z"' in event.record


@pytest.mark.parametrize("closes_at", [CLOSE, CLOSE - timedelta(microseconds=1)])
def test_refuses_a_close_that_is_not_later(closes_at: datetime) -> None:
    stage = Stage.of(an_hour())
    with pytest.raises(InvalidRequestError):
        extend(stage, closes_at)
    assert stage.now.window.closes_at == CLOSE


def test_refuses_once_the_close_has_come() -> None:
    stage = Stage.of(an_hour())
    stage.fakes.clock.set(CLOSE)
    with pytest.raises(SalesClosedError):
        extend(stage)


def test_refuses_a_close_after_which_the_list_could_not_be_sealed_in_time() -> None:
    """The seal deadline was committed to at activation, and no extension moves it (SD/1, step 1)."""
    stage = Stage.of(an_hour().configured())
    activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    with stage.fakes.transactions.begin() as work:
        manifest = work.seals.manifest(stage.raffle.id)
    assert manifest
    latest = datetime.fromtimestamp(manifest.seal_by // 1000, UTC) - timedelta(seconds=60)
    with pytest.raises(InvalidRequestError):
        extend(stage, latest + timedelta(microseconds=1))
    extend(stage, latest)
    assert stage.now.window.closes_at == latest


def test_refuses_where_the_profile_does_not_allow_it() -> None:
    strict = attrs.evolve(PERMISSIVE, sales=SalesRules(extension=False))
    stage = Stage.of(an_hour().under(strict))
    with pytest.raises(ProfileRefusesError) as caught:
        extend(stage)
    assert caught.value.facts["rule"] == "sales.extension"


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state not in (RaffleState.ACTIVE, RaffleState.SUSPENDED)],
    ids=lambda state: state.value,
)
def test_refuses_a_raffle_that_does_not_sell(state: RaffleState) -> None:
    stage = Stage.of(an_hour().in_state(state))
    with pytest.raises(StateRefusesError):
        extend(stage)


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of(an_hour())
    for actor, error in (
        (A_STRANGER, NotFoundError),
        (member("operator", stage.organization), NotPermittedError),
    ):
        with pytest.raises(error):
            extend_sales(ExtendSales(actor, stage.raffle.id, LATER, "r"), stage.fakes.services)
