from datetime import timedelta

import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import (
    IncompleteSetupError,
    InvalidRequestError,
    NotFoundError,
    NotPermittedError,
    StateRefusesError,
)
from riff.usecases.raffles.set_packages import SetPackages, set_packages
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_package, a_prize, a_raffle
from tests.support.stage import A_STRANGER, Stage, member


def test_the_event_states_price_and_stock() -> None:
    stage = Stage.of(a_raffle().draft())
    limited, endless = a_package(10, 2000, stock=50), a_package(1, 300)
    set_packages(SetPackages(stage.manager, stage.raffle.id, [limited, endless]), stage.fakes.services)
    recorded = f"{limited.id}:10 for 2000, 50 at most; {endless.id}:1 for 300"
    assert recorded.encode() in stage.fakes.transactions.events()[-1].record


def test_packages_alone_leave_a_draft() -> None:
    stage = Stage.of(a_raffle().draft())
    setup = set_packages(SetPackages(stage.manager, stage.raffle.id, [a_package()]), stage.fakes.services)
    assert setup.raffle.state is RaffleState.DRAFT
    assert setup.packages[0] == stage.package
    assert stage.fakes.transactions.event_kinds() == [EventKind.PACKAGES_SET]


def test_packages_beside_prizes_make_the_raffle_configured() -> None:
    stage = Stage.of(a_raffle().draft().with_prizes(a_prize()))
    set_packages(SetPackages(stage.manager, stage.raffle.id, [a_package()]), stage.fakes.services)
    assert stage.now.state is RaffleState.CONFIGURED


def test_setting_again_replaces_all() -> None:
    stage = Stage.of(a_raffle().configured())
    new = [a_package(numbers=3, price_minor=500), a_package(numbers=20, price_minor=2000)]
    set_packages(SetPackages(stage.manager, stage.raffle.id, new), stage.fakes.services)
    with stage.fakes.transactions.begin() as work:
        assert tuple(new) == work.raffles.packages(stage.raffle.id)


def test_refuses_to_make_a_complete_raffle_incomplete() -> None:
    stage = Stage.of(a_raffle().configured())
    before = stage.package
    with pytest.raises(IncompleteSetupError):
        set_packages(SetPackages(stage.manager, stage.raffle.id, []), stage.fakes.services)
    assert before == stage.package


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state not in (RaffleState.DRAFT, RaffleState.CONFIGURED)],
    ids=lambda state: state.value,
)
def test_refuses_any_change_from_activation_on(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    before = stage.package
    with pytest.raises(StateRefusesError):
        set_packages(SetPackages(stage.manager, stage.raffle.id, [a_package()]), stage.fakes.services)
    assert before == stage.package
    assert stage.fakes.transactions.events() == []


def test_refuses_a_channel_without_range() -> None:
    stage = Stage.of(a_raffle().draft().with_slots(online=100))
    package = a_package(channels=frozenset({Channel.SALES_UNIT}))
    with pytest.raises(InvalidRequestError):
        set_packages(SetPackages(stage.manager, stage.raffle.id, [package]), stage.fakes.services)


def test_refuses_a_package_that_would_never_be_on_sale() -> None:
    stage = Stage.of(a_raffle().draft())
    late = a_package(on_sale_from=stage.raffle.window.closes_at + timedelta(seconds=1))
    with pytest.raises(InvalidRequestError):
        set_packages(SetPackages(stage.manager, stage.raffle.id, [late]), stage.fakes.services)


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of(a_raffle().draft())
    with pytest.raises(NotFoundError):
        set_packages(SetPackages(A_STRANGER, stage.raffle.id, [a_package()]), stage.fakes.services)
    viewer = member("viewer", stage.organization)
    with pytest.raises(NotPermittedError):
        set_packages(SetPackages(viewer, stage.raffle.id, [a_package()]), stage.fakes.services)
