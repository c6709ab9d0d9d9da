import pytest

from riff.domain.raffles.setup import RaffleSetup
from riff.errors import IncompleteSetupError, StateRefusesError
from riff_critical.lifecycle import Guard, RaffleState
from tests.support.builders import a_package, a_prize, a_raffle

ALWAYS = {Guard.RANGES_SET, Guard.SALES_WINDOW_SET}


@pytest.mark.parametrize("has_packages", [True, False])
@pytest.mark.parametrize("has_prizes", [True, False])
def test_a_draft_is_configured_once_packages_and_prizes_are_there(
    *, has_packages: bool, has_prizes: bool
) -> None:
    packages = (a_package(),) if has_packages else ()
    prizes = (a_prize(),) if has_prizes else ()
    setup = RaffleSetup(a_raffle().draft().build(), packages, prizes)
    complete = has_packages and has_prizes
    assert (RaffleState.CONFIGURED if complete else RaffleState.DRAFT) is setup.saved().state
    assert (Guard.PACKAGES_SET in setup.satisfied) is has_packages
    assert (Guard.PRIZES_SET in setup.satisfied) is has_prizes
    assert setup.satisfied >= ALWAYS


def test_refuses_to_become_incomplete_again() -> None:
    with pytest.raises(IncompleteSetupError):
        RaffleSetup(a_raffle().configured().build(), (), (a_prize(),)).saved()


def test_refuses_to_be_saved_once_active() -> None:
    with pytest.raises(StateRefusesError):
        RaffleSetup(a_raffle().active().build(), (a_package(),), (a_prize(),)).saved()
