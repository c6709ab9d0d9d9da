from datetime import timedelta

from riff.ports.pages import RafflePosition
from riff.usecases.public.list_open_raffles import ListOpenRaffles, list_open_raffles
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import NOON
from tests.support.stage import Stage


def test_lists_what_sells_now_soonest_close_first() -> None:
    stage = Stage.of(a_raffle().active().on_sale(NOON, NOON + timedelta(hours=2)))
    builder = a_raffle().of(stage.organization)
    with stage.fakes.transactions.begin() as work:
        sooner = builder.active().on_sale(NOON, NOON + timedelta(hours=1)).stored(work)
        builder.active().on_sale(NOON + timedelta(minutes=1), NOON + timedelta(hours=9)).stored(work)
        builder.active().on_sale(NOON - timedelta(hours=1), NOON).stored(work)
        for state in RaffleState:
            if state is not RaffleState.ACTIVE:
                builder.in_state(state).on_sale(NOON, NOON + timedelta(hours=1)).stored(work)
    page = list_open_raffles(ListOpenRaffles(None, 10), stage.fakes.services)
    assert (sooner, stage.raffle) == page.items
    assert not page.more


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    stage = Stage.of()
    with stage.fakes.transactions.begin() as work:
        for _ in range(4):
            a_raffle().of(stage.organization).active().stored(work)
    seen, after = [], None
    while True:
        page = list_open_raffles(ListOpenRaffles(after, 2), stage.fakes.services)
        seen += [raffle.id for raffle in page.items]
        if not page.more:
            break
        after = RafflePosition(page.items[-1].window.closes_at, page.items[-1].id)
    assert len(seen) == len(set(seen)) == 5
