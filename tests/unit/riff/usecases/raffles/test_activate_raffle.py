import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import DrawMode, RuleProfile
from riff.errors import (
    IncompleteSetupError,
    NotFoundError,
    NotPermittedError,
    SalesClosedError,
    StateRefusesError,
)
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_raffle
from tests.support.fakes import FakeProfiles, Fakes
from tests.support.stage import A_STRANGER, Stage, member


def test_an_active_raffle_sells() -> None:
    stage = Stage.of(a_raffle().configured())
    activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert stage.now.state is RaffleState.ACTIVE
    assert stage.fakes.transactions.event_kinds() == [EventKind.RAFFLE_ACTIVATED]
    assert stage.buy().ticket is not None


@pytest.mark.parametrize(
    "state", [state for state in RaffleState if state is not RaffleState.CONFIGURED], ids=lambda s: s.value
)
def test_refuses_any_state_but_configured(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert stage.now.state is state


@pytest.mark.parametrize("mode", [DrawMode.RNG_ONLY, DrawMode.COMMIT_REVEAL, DrawMode.BEACON])
def test_refuses_a_draw_by_generator_without_published_commitments(mode: DrawMode) -> None:
    profile = RuleProfile("permissive", "Permissive", frozenset(Channel), (mode,))
    stage = Stage.of(a_raffle().configured(), Fakes(profiles=FakeProfiles(profile)))
    with pytest.raises(IncompleteSetupError):
        activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)


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
