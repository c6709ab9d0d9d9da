from collections.abc import Sequence

import pytest

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.raffle import MOST_SLOTS, ChannelRange, Raffle
from riff.errors import InvalidRequestError, NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.raffles.set_ranges import SetRanges, set_ranges
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_package, a_raffle
from tests.support.stage import A_STRANGER, Stage, member

SIZES = ((Channel.SALES_UNIT, 300), (Channel.ONLINE, 700), (Channel.RESERVE, 10))


def divide(stage: Stage, sizes: Sequence[tuple[Channel, int]] = SIZES, actor: Actor | None = None) -> Raffle:
    return set_ranges(SetRanges(actor or stage.manager, stage.raffle.id, sizes), stage.fakes.services)


def test_divides_the_number_space_anew() -> None:
    stage = Stage.of(a_raffle().configured())
    divided = divide(stage)
    assert divided == stage.now
    assert divided.ranges == (
        ChannelRange(Channel.SALES_UNIT, 0, 300),
        ChannelRange(Channel.ONLINE, 300, 700),
        ChannelRange(Channel.RESERVE, 1000, 10),
    )
    assert stage.fakes.transactions.events()[-1].kind is EventKind.RANGES_SET


@pytest.mark.parametrize(
    "sizes",
    [
        [(Channel.ONLINE, 10), (Channel.ONLINE, 10)],
        [(Channel.ONLINE, MOST_SLOTS), (Channel.RESERVE, 1)],
    ],
)
def test_refuses_what_cannot_be(sizes: Sequence[tuple[Channel, int]]) -> None:
    stage = Stage.of(a_raffle().draft())
    with pytest.raises(InvalidRequestError):
        divide(stage, sizes)
    assert stage.now == stage.raffle


def test_refuses_to_take_the_channel_from_a_package() -> None:
    package = a_package(channels=frozenset({Channel.ONLINE, Channel.RESERVE}))
    stage = Stage.of(a_raffle().configured().with_packages(package))
    with pytest.raises(InvalidRequestError):
        divide(stage, [(Channel.ONLINE, 1000)])
    assert len(divide(stage, [(Channel.ONLINE, 1000), (Channel.RESERVE, 1)]).ranges) == 2


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state not in (RaffleState.DRAFT, RaffleState.CONFIGURED)],
    ids=lambda state: state.value,
)
def test_refuses_once_the_setup_is_frozen(state: RaffleState) -> None:
    """GLI-31 2.2.3."""
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        divide(stage)
    assert stage.fakes.transactions.events() == []


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of(a_raffle().draft())
    with pytest.raises(NotFoundError):
        divide(stage, actor=A_STRANGER)
    with pytest.raises(NotPermittedError):
        divide(stage, actor=member("operator", stage.organization))
