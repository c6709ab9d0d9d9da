from riff.usecases.units.list_enrollable_raffles import ListEnrollableRaffles, list_enrollable_raffles
from tests.support.booth import Booth
from tests.support.builders import a_raffle
from tests.support.fakes import NOON
from tests.support.stage import Stage


def test_lists_the_raffles_of_the_units_own_organization() -> None:
    booth = Booth.of()
    Stage.of(fakes=booth.stage.fakes)
    with booth.stage.fakes.transactions.begin() as work:
        a_raffle().configured().of(booth.stage.organization).stored(work)
    page = list_enrollable_raffles(ListEnrollableRaffles(booth.actor, None, 10), booth.stage.fakes.services)
    assert [booth.stage.raffle.id] == [raffle.id for raffle in page.items]


def test_lists_nothing_once_sales_have_ended() -> None:
    booth = Booth.of(a_raffle().active().on_sale(NOON.replace(hour=10), NOON))
    page = list_enrollable_raffles(ListEnrollableRaffles(booth.actor, None, 10), booth.stage.fakes.services)
    assert page.items == ()
