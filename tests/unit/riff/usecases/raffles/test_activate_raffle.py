import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import Gates, PrizeRules, SalesRules
from riff.domain.sales.allowance import Allowance
from riff.errors import (
    NotFoundError,
    NotPermittedError,
    ProfileRefusesError,
    SalesClosedError,
    StateRefusesError,
)
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_package, a_raffle
from tests.support.fakes import PERMISSIVE, FakeProfiles, Fakes
from tests.support.stage import A_STRANGER, Stage, member


def test_an_active_raffle_sells() -> None:
    stage = Stage.of(a_raffle().configured())
    activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert stage.now.state is RaffleState.ACTIVE
    kinds = stage.fakes.transactions.event_kinds()
    assert kinds == [EventKind.RAFFLE_ACTIVATED, EventKind.DRAWS_COMMITTED]
    assert stage.buy().ticket is not None


@pytest.mark.parametrize(
    "state", [state for state in RaffleState if state is not RaffleState.CONFIGURED], ids=lambda s: s.value
)
def test_refuses_any_state_but_configured(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert stage.now.state is state


def test_follows_the_profile_as_it_was_whatever_becomes_of_the_catalogue() -> None:
    strict = attrs.evolve(PERMISSIVE, gates=Gates(minimum_age=18), retention_years=7)
    stage = Stage.of(a_raffle().configured(), Fakes(profiles=FakeProfiles(strict)))
    activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    with stage.fakes.transactions.begin() as work:
        assert work.raffles.profile(stage.raffle.id) == strict


def test_counts_what_is_limited_from_then_on() -> None:
    package = a_package(10, 2000, stock=3)
    capped = attrs.evolve(PERMISSIVE, sales=SalesRules(cap_minor=9000))
    builder = a_raffle().configured().with_packages(package).capped(7000)
    stage = Stage.of(builder, Fakes(profiles=FakeProfiles(capped)))
    activated = activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert activated.raffle.sales_cap_minor == 7000
    with stage.fakes.transactions.begin() as work:
        assert work.allowances.lock(stage.raffle.id, package.id) == Allowance(stock=3, cap_minor=7000)
    event = stage.fakes.transactions.events()[0]
    assert b'"sales_cap":7000' in event.record


def test_lowers_the_cap_to_the_one_of_the_profile() -> None:
    capped = attrs.evolve(PERMISSIVE, sales=SalesRules(cap_minor=9000))
    stage = Stage.of(a_raffle().configured(), Fakes(profiles=FakeProfiles(capped)))
    activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert stage.now.sales_cap_minor == 9000


def test_refuses_a_setup_that_breaks_the_profile_and_activates_nothing() -> None:
    capped = attrs.evolve(PERMISSIVE, prizes=PrizeRules(cap_minor=1000))
    stage = Stage.of(a_raffle().configured(), Fakes(profiles=FakeProfiles(capped)))
    with pytest.raises(ProfileRefusesError) as caught:
        activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert caught.value.facts["rule"] == "prizes.cap_minor"
    assert stage.now.state is RaffleState.CONFIGURED
    assert stage.fakes.transactions.events() == []


def test_refuses_a_raffle_whose_window_has_passed() -> None:
    stage = Stage.of(a_raffle().configured())
    stage.fakes.clock.set(stage.raffle.window.closes_at)
    with pytest.raises(SalesClosedError):
        activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert stage.now.state is RaffleState.CONFIGURED


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of(a_raffle().configured())
    with pytest.raises(NotFoundError):
        activate_raffle(ActivateRaffle(A_STRANGER, stage.raffle.id), stage.fakes.services)
    operator = member("operator", stage.organization)
    with pytest.raises(NotPermittedError):
        activate_raffle(ActivateRaffle(operator, stage.raffle.id), stage.fakes.services)
