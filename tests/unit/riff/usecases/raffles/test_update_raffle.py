from datetime import timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.raffle import NumberingKind, Raffle
from riff.domain.raffles.window import SalesWindow
from riff.errors import (
    InvalidRequestError,
    NotFoundError,
    NotPermittedError,
    StateRefusesError,
    UnknownProfileError,
)
from riff.usecases.raffles.update_raffle import UpdateRaffle, update_raffle
from riff_critical.lifecycle import RaffleState
from tests.support.builders import RaffleBuilder, a_package, a_raffle
from tests.support.builders.changes import changed
from tests.support.fakes import NOON
from tests.support.stage import A_STRANGER, Stage, member

WINDOW = SalesWindow(NOON, NOON + timedelta(hours=3))


def update(stage: Stage, **changes: object) -> Raffle:
    command = UpdateRaffle(
        actor=stage.manager,
        raffle_id=stage.raffle.id,
        name="Another name",
        window=WINDOW,
        numbering=NumberingKind.RANDOM,
        first_number=1000,
        rule_profile="permissive",
        sales_cap_minor=5_000_000,
    )
    return update_raffle(changed(command, changes), stage.fakes.services)


@pytest.mark.parametrize("builder", [a_raffle().draft(), a_raffle().configured()])
def test_replaces_everything_and_keeps_the_rest(builder: RaffleBuilder) -> None:
    stage = Stage.of(builder)
    expected = attrs.evolve(
        stage.raffle,
        name="Another name",
        window=WINDOW,
        numbering=NumberingKind.RANDOM,
        first_number=1000,
        sales_cap_minor=5_000_000,
    )
    assert expected == update(stage) == stage.now
    event = stage.fakes.transactions.events()[-1]
    assert event.kind is EventKind.RAFFLE_UPDATED
    assert b'"sales_cap":5000000' in event.record


def test_refuses_a_window_that_has_passed() -> None:
    stage = Stage.of(a_raffle().draft())
    with pytest.raises(InvalidRequestError):
        update(stage, window=SalesWindow(NOON - timedelta(hours=2), NOON))


def test_refuses_a_window_that_leaves_a_package_outside() -> None:
    early = a_package(on_sale_until=NOON)
    stage = Stage.of(a_raffle().configured().with_packages(early))
    with pytest.raises(InvalidRequestError):
        update(stage)
    assert stage.now == stage.raffle


def test_refuses_an_unknown_profile() -> None:
    with pytest.raises(UnknownProfileError):
        update(Stage.of(a_raffle().draft()), rule_profile="lenient")


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state not in (RaffleState.DRAFT, RaffleState.CONFIGURED)],
    ids=lambda state: state.value,
)
def test_refuses_once_the_setup_is_frozen(state: RaffleState) -> None:
    """GLI-31 2.2.3."""
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        update(stage)
    assert stage.now == stage.raffle
    assert stage.fakes.transactions.events() == []


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of(a_raffle().draft())
    with pytest.raises(NotFoundError):
        update(stage, actor=A_STRANGER)
    with pytest.raises(NotPermittedError):
        update(stage, actor=member("operator", stage.organization))
