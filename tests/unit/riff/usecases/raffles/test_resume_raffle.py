import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.errors import NotFoundError, NotPermittedError, SalesClosedError, StateRefusesError
from riff.usecases.raffles.resume_raffle import ResumeRaffle, resume_raffle
from riff.usecases.raffles.suspend_raffle import SuspendRaffle, suspend_raffle
from riff_critical.lifecycle import OrderState, RaffleState
from tests.support.builders import a_raffle
from tests.support.stage import A_STRANGER, Stage, member


def suspended() -> Stage:
    """A raffle that has sold, and is suspended."""
    stage = Stage.of()
    stage.buy("key-1")
    suspend_raffle(SuspendRaffle(stage.manager, stage.raffle.id, "no power"), stage.fakes.services)
    return stage


def resume(stage: Stage) -> None:
    resume_raffle(ResumeRaffle(stage.manager, stage.raffle.id, "power is back"), stage.fakes.services)


def test_sells_on_from_the_same_block() -> None:
    stage = suspended()
    resume(stage)
    order = stage.buy("key-2")
    assert order.checkout.state is OrderState.PAID
    assert order.ticket
    assert order.ticket.numbers[0] == 11
    assert EventKind.RAFFLE_RESUMED in stage.fakes.transactions.event_kinds()


def test_leaves_blocks_closed_that_were_closed_for_good() -> None:
    stage = suspended()
    blocks = stage.fakes.transactions.tables.blocks
    ((block_id, row),) = blocks.items()
    blocks[block_id] = attrs.evolve(row, is_paused=False)
    resume(stage)
    assert not blocks[block_id].is_open


def test_refuses_once_the_window_has_ended() -> None:
    stage = suspended()
    stage.fakes.clock.set(stage.raffle.window.closes_at)
    with pytest.raises(SalesClosedError):
        resume(stage)
    assert stage.now.state is RaffleState.SUSPENDED


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state is not RaffleState.SUSPENDED],
    ids=lambda state: state.value,
)
def test_refuses_a_raffle_that_is_not_suspended(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        resume(stage)
    assert stage.fakes.transactions.events() == []


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = suspended()
    for actor, error in (
        (A_STRANGER, NotFoundError),
        (member("operator", stage.organization), NotPermittedError),
    ):
        with pytest.raises(error):
            resume_raffle(ResumeRaffle(actor, stage.raffle.id, "r"), stage.fakes.services)
