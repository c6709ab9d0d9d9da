import pytest

from riff.domain.accounts.actor import Actor
from riff.errors import NotFoundError
from riff.ports.pages import EventPosition
from riff.usecases.raffles.list_raffles import ListRaffles, list_raffles
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.stage import A_STRANGER, Stage, member


def listed(stage: Stage, actor: Actor, after: EventPosition | None = None, limit: int = 10) -> list[int]:
    query = ListRaffles(actor, stage.organization.id, after, limit)
    return [raffle.event_number for raffle in list_raffles(query, stage.fakes.services).items]


def test_lists_every_state_latest_first_in_pages() -> None:
    stage = Stage.of()
    numbers = [stage.raffle.event_number]
    with stage.fakes.transactions.begin() as work:
        numbers += [
            a_raffle().in_state(state).of(stage.organization).stored(work).event_number
            for state in (RaffleState.DRAFT, RaffleState.CANCELLED)
        ]
        a_raffle().of(stage.organization).build()
    assert sorted(numbers, reverse=True) == listed(stage, stage.manager)
    assert listed(stage, stage.manager, limit=2) == numbers[:0:-1]
    assert listed(stage, stage.manager, EventPosition(numbers[1])) == [numbers[0]]


@pytest.mark.parametrize("role", ["operator", "viewer", "regulator", "admin"])
def test_everyone_who_may_read_may_list(role: str) -> None:
    stage = Stage.of()
    assert listed(stage, member(role, stage.organization)) == [stage.raffle.event_number]


def test_refuses_strangers() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        listed(stage, A_STRANGER)
