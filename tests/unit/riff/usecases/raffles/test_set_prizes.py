import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.prize import DrawKind, Prize
from riff.errors import (
    IncompleteSetupError,
    InvalidRequestError,
    NotFoundError,
    NotPermittedError,
    StateRefusesError,
)
from riff.usecases.raffles.set_prizes import SetPrizes, set_prizes
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Basis
from tests.support.builders import a_package, a_prize, a_raffle
from tests.support.stage import A_STRANGER, Stage, member


def test_prizes_beside_packages_make_the_raffle_configured() -> None:
    stage = Stage.of(a_raffle().draft().with_packages(a_package()))
    set_prizes(SetPrizes(stage.manager, stage.raffle.id, [a_prize()]), stage.fakes.services)
    assert stage.now.state is RaffleState.CONFIGURED
    assert stage.fakes.transactions.event_kinds() == [EventKind.PRIZES_SET]


def test_prizes_are_kept_by_draw_and_rank() -> None:
    stage = Stage.of(a_raffle().draft())
    second, first = a_prize(share_bp=1000, rank=2), a_prize(rank=1)
    bird = a_prize(share_bp=100, rank=9, draw=DrawKind.EARLY_BIRD)
    setup = set_prizes(SetPrizes(stage.manager, stage.raffle.id, [second, bird, first]), stage.fakes.services)
    assert (bird, first, second) == setup.prizes
    with stage.fakes.transactions.begin() as work:
        assert setup.prizes == work.raffles.prizes(stage.raffle.id)


@pytest.mark.parametrize(
    "prizes",
    [[a_prize(share_bp=100), a_prize(share_bp=200)], [a_prize(share_bp=9_999), a_prize(share_bp=2, rank=2)]],
    ids=["rank twice", "more than everything"],
)
def test_refuses_prizes_that_contradict_each_other(prizes: list[Prize]) -> None:
    stage = Stage.of(a_raffle().draft())
    with pytest.raises(InvalidRequestError):
        set_prizes(SetPrizes(stage.manager, stage.raffle.id, prizes), stage.fakes.services)
    assert stage.fakes.transactions.events() == []


def test_refuses_a_share_of_the_net_since_no_fees_are_known() -> None:
    stage = Stage.of(a_raffle().draft())
    prizes = [a_prize(share_bp=100), attrs.evolve(a_prize(share_bp=200, rank=2), basis=Basis.NET)]
    with pytest.raises(InvalidRequestError) as refusal:
        set_prizes(SetPrizes(stage.manager, stage.raffle.id, prizes), stage.fakes.services)
    assert refusal.value.violations == (("/prizes/1/basis", "must be gross"),)
    assert stage.fakes.transactions.events() == []


def test_refuses_to_make_a_complete_raffle_incomplete() -> None:
    stage = Stage.of(a_raffle().configured())
    with pytest.raises(IncompleteSetupError):
        set_prizes(SetPrizes(stage.manager, stage.raffle.id, []), stage.fakes.services)


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state not in (RaffleState.DRAFT, RaffleState.CONFIGURED)],
    ids=lambda state: state.value,
)
def test_refuses_any_change_from_activation_on(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        set_prizes(SetPrizes(stage.manager, stage.raffle.id, [a_prize()]), stage.fakes.services)
    assert stage.fakes.transactions.events() == []


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of(a_raffle().draft())
    with pytest.raises(NotFoundError):
        set_prizes(SetPrizes(A_STRANGER, stage.raffle.id, [a_prize()]), stage.fakes.services)
    operator = member("operator", stage.organization)
    with pytest.raises(NotPermittedError):
        set_prizes(SetPrizes(operator, stage.raffle.id, [a_prize()]), stage.fakes.services)
