import attrs
import pytest

from riff.domain.raffles.raffle import MOST_SLOTS, ChannelRange
from riff.domain.raffles.window import SalesWindow
from riff.errors import IncompleteSetupError, SalesClosedError, StateRefusesError
from riff_critical.lifecycle import RAFFLE, Guard, RaffleEvent, RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_raffle
from tests.support.fakes import NOON


@pytest.mark.parametrize("state", list(RaffleState), ids=lambda s: s.value)
@pytest.mark.parametrize("event", list(RaffleEvent), ids=lambda e: e.value)
def test_follows_the_state_machine_and_nothing_else(state: RaffleState, event: RaffleEvent) -> None:
    raffle = a_raffle().in_state(state).build()
    move = RAFFLE.transitions.get((state, event))
    if move is None:
        with pytest.raises(StateRefusesError):
            raffle.after(event, frozenset(Guard))
    else:
        assert attrs.evolve(raffle, state=move.target) == raffle.after(event, frozenset(Guard))


def test_names_every_guard_that_is_missing() -> None:
    raffle = a_raffle().in_state(RaffleState.CONFIGURED).build()
    with pytest.raises(IncompleteSetupError) as refusal:
        raffle.after(RaffleEvent.ACTIVATE, {Guard.RANGES_SET, Guard.SALES_WINDOW_SET})
    assert refusal.value.facts["missing"] == "draws-committed, packages-set, prizes-set"


@pytest.mark.parametrize(
    "ranges",
    [
        (),
        (ChannelRange(Channel.ONLINE, 1, 10),),
        (ChannelRange(Channel.ONLINE, 0, 10), ChannelRange(Channel.RESERVE, 11, 10)),
        (ChannelRange(Channel.ONLINE, 0, 10), ChannelRange(Channel.RESERVE, 9, 10)),
        (ChannelRange(Channel.ONLINE, 0, 10), ChannelRange(Channel.ONLINE, 10, 10)),
        (ChannelRange(Channel.ONLINE, 0, MOST_SLOTS), ChannelRange(Channel.RESERVE, MOST_SLOTS, 1)),
    ],
    ids=["none", "not from 0", "gap", "overlap", "channel twice", "too large"],
)
def test_refuses_ranges_that_are_no_number_space(ranges: tuple[ChannelRange, ...]) -> None:
    with pytest.raises(ValueError, match=r"range|channel|slots"):
        attrs.evolve(a_raffle().build(), ranges=ranges)


def test_refuses_a_window_that_closes_as_it_opens() -> None:
    with pytest.raises(ValueError, match="closes_at"):
        SalesWindow(NOON, NOON)


@pytest.mark.parametrize(
    "state", [s for s in RaffleState if s is not RaffleState.ACTIVE], ids=lambda s: s.value
)
def test_sells_in_no_state_but_active(state: RaffleState) -> None:
    with pytest.raises(SalesClosedError):
        a_raffle().in_state(state).build().require_selling(NOON)
