"""The contract of `UploadStore`."""

from datetime import timedelta

import attrs
import pytest

from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.sold_order import SoldOrder
from riff.domain.units.uploaded_record import UploadedRecord
from riff.errors import LeaseLostError, NotFoundError
from riff.ports.stores import Work
from riff_critical.memory import start
from tests.support.builders import an_order
from tests.support.builders.changes import changed
from tests.support.builders.raffles import FAR_CLOSE
from tests.support.builders.sales import after_sale, sale_event
from tests.support.contracts import Stores
from tests.support.contracts.units import AT_UNITS, enrolled
from tests.support.fakes import NOON

LATER = NOON + timedelta(hours=1)


def _sell(work: Work, lease: LeasedBlock, **changes: object) -> tuple[SoldOrder, LeasedBlock]:
    order = changed(an_order(lease), changes)
    event = sale_event(order, lease)
    work.uploads.sell(order, lease, event)
    return order, after_sale(order, lease, event)


class UploadStoreContract:
    def test_leads_the_chain_on(self, stores: Stores) -> None:
        raffle = stores.raffle()
        unit, enrolment = enrolled(stores, raffle)
        lease = stores.lease(raffle, unit.holder, **AT_UNITS)
        link = start(enrolment.memory_identity)
        records = [b'{"sale":1}', b'{"sale":2}']
        with stores.critical.begin() as work:
            assert work.uploads.end(enrolment) == link
            for record in records:
                order, lease = _sell(work, lease)
                link = link.after(record)
                work.uploads.append(
                    UploadedRecord(enrolment.id, link.position, record, link.head, order.id, LATER)
                )
        with stores.reader.begin() as work:
            assert work.uploads.end(enrolment) == link
            assert work.uploads.records(enrolment.id, 0, 10) == tuple(records)
            assert work.uploads.records(enrolment.id, 1, 10) == (records[1],)
            assert work.uploads.records(enrolment.id, 0, 1) == (records[0],)

    def test_sells_after_the_lease_has_ended_and_sales_are_stopped(self, stores: Stores) -> None:
        raffle = stores.raffle()
        unit, _ = enrolled(stores, raffle)
        lease = stores.lease(raffle, unit.holder, **AT_UNITS)
        with stores.critical.begin() as work:
            work.raffles.lock(raffle.id)
            work.blocks.stop(raffle.id)
            order, after = _sell(work, lease, sold_at=LATER)
        with stores.reader.begin() as work:
            assert work.orders.get(order.id) == order
        with stores.critical.begin() as work:
            assert work.blocks.holdings(raffle.id, unit.holder) == (after,)
            assert work.blocks.held(raffle.id, unit.holder, 1, NOON) is None

    def test_sells_nothing_dated_after_the_close(self, stores: Stores) -> None:
        lease = stores.lease(stores.raffle(), "unit:1", **AT_UNITS)
        order = an_order(lease, sold_at=FAR_CLOSE)
        with stores.critical.begin() as work:
            with pytest.raises(LeaseLostError):
                work.uploads.sell(order, lease, sale_event(order, lease))
            with pytest.raises(NotFoundError):
                work.orders.get(order.id)

    def test_sells_only_the_next_numbers_of_the_holder_and_an_order_once(self, stores: Stores) -> None:
        lease = stores.lease(stores.raffle(), "unit:1", **AT_UNITS)
        with stores.critical.begin() as work:
            with pytest.raises(LeaseLostError):
                _sell(work, attrs.evolve(lease, holder="unit:2"))
            order, after = _sell(work, lease)
            with pytest.raises(LeaseLostError):
                _sell(work, lease)
            with pytest.raises(LeaseLostError):
                _sell(work, after, id=order.id)
            _sell(work, after)
