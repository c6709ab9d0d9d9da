import pytest

from riff.domain.identifiers import RaffleId
from riff.errors import NotFoundError
from riff.usecases.public.show_raffle import ShowRaffle, show_raffle
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.stage import Stage

HIDDEN = (RaffleState.DRAFT, RaffleState.CONFIGURED)


@pytest.mark.parametrize("state", [s for s in RaffleState if s not in HIDDEN], ids=lambda s: s.value)
def test_shows_a_raffle_from_its_activation_on(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    setup = show_raffle(ShowRaffle(stage.raffle.id), stage.fakes.services)
    assert stage.raffle == setup.raffle
    assert (len(setup.packages), len(setup.prizes)) == (1, 1)


@pytest.mark.parametrize("state", HIDDEN, ids=lambda s: s.value)
def test_hides_a_raffle_that_was_never_activated(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(NotFoundError):
        show_raffle(ShowRaffle(stage.raffle.id), stage.fakes.services)


def test_refuses_a_raffle_of_nobody() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        show_raffle(ShowRaffle(RaffleId(stage.organization.id)), stage.fakes.services)
