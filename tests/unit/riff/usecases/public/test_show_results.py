import pytest

from riff.errors import NotFoundError
from riff.usecases.public.show_results import ShowResults, show_results
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.claims import bought, won
from tests.support.fakes import NOON
from tests.support.stage import Stage


def test_nothing_is_shown_before_it_is_official() -> None:
    stage = Stage.of()
    assert show_results(ShowResults(stage.raffle.id), stage.fakes.services).draws == ()


def test_shows_each_draw_with_its_winners_in_order() -> None:
    stage = Stage.of()
    with stage.fakes.transactions.begin() as work:
        (prize,) = work.raffles.prizes(stage.raffle.id)
    tickets = [bought(stage, f"key-{n}") for n in range(3)]
    for ticket, (draw, place) in zip(tickets, [(2, 1), (1, 0), (2, 0)], strict=True):
        won(stage, ticket, draw=draw, place=place, prize_id=prize.id)
    first, second = show_results(ShowResults(stage.raffle.id), stage.fakes.services).draws
    assert (first.draw, second.draw, first.official_at) == (1, 2, NOON)
    assert [each.number for each in first.won] == [tickets[1].numbers[0]]
    assert [each.number for each in second.won] == [tickets[2].numbers[0], tickets[0].numbers[0]]
    assert {each.prize for each in (*first.won, *second.won)} == {prize}


def test_shows_the_number_as_it_is_printed() -> None:
    stage = Stage.of(a_raffle().active())
    with stage.fakes.transactions.begin() as work:
        (prize,) = work.raffles.prizes(stage.raffle.id)
    ticket = bought(stage)
    won(stage, ticket, prize_id=prize.id, slot=ticket.order.first_slot + 3)
    (draw,) = show_results(ShowResults(stage.raffle.id), stage.fakes.services).draws
    assert draw.won[0].number == ticket.numbers[3]


@pytest.mark.parametrize("state", [RaffleState.DRAFT, RaffleState.CONFIGURED])
def test_hides_a_raffle_that_was_never_activated(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(NotFoundError):
        show_results(ShowResults(stage.raffle.id), stage.fakes.services)
