import pytest

from riff.domain.identifiers import OrderId
from riff.domain.sales.attended_sale import Tender
from riff.errors import LeaseLostError, PackageNotOnSaleError
from riff.usecases.sales.sell_attended import SellAttended, offered, sell_attended
from riff_critical.selling import Channel
from tests.support.booth import Booth
from tests.support.builders import a_package, a_raffle
from tests.support.stage import Stage


def test_offers_a_package_at_its_price_in_the_channel() -> None:
    stage = Stage.of(a_raffle().active().with_packages(a_package(channels=frozenset({Channel.RESERVE}))))
    with stage.fakes.transactions.begin() as work:
        now = stage.fakes.clock.now()
        package, price = offered(stage.package.id, stage.raffle, Channel.RESERVE, now, work)
        assert (package, price.minor, price.currency) == (stage.package, 2000, "CAD")
        with pytest.raises(PackageNotOnSaleError):
            offered(stage.package.id, stage.raffle, Channel.SALES_UNIT, now, work)


def test_a_stale_lease_sells_nothing_and_notes_nothing() -> None:
    booth = Booth.selling()
    stage = booth.stage
    stale = booth.lease()
    sold = booth.sell()
    command = SellAttended(
        order_id=OrderId(stage.fakes.identifiers.new()),
        raffle=stage.raffle,
        package=stage.package,
        price=sold.ticket.order.price,
        channel=Channel.SALES_UNIT,
        actor=booth.actor,
        seller=booth.enrolment.seller,
        enrolment_id=booth.enrolment.id,
        tender=Tender.CASH,
        reason=None,
        at=stage.fakes.clock.now(),
    )
    with pytest.raises(LeaseLostError), stage.fakes.transactions.begin() as work:
        sell_attended(command, stale, work)
    with stage.fakes.transactions.begin() as work:
        assert work.attended.find(command.order_id) is None
        (takings,) = work.attended.takings(stage.raffle.id)
    assert takings.orders == 1
