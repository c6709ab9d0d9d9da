"""What every payment processor must do, as the business sees it: one charge per order, whatever happens."""

from collections.abc import Callable, Mapping
from uuid import uuid4

import attrs
import pytest

from riff.domain.checkout.charge import Charge, ChargeState, PaymentNotice
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.errors import (
    IntegrityFailureError,
    InvalidRequestError,
    NoticeRefusedError,
    UnavailableError,
    UnknownPaymentMethodError,
)
from riff.ports.payments import Payments

PRICE = Money(2000, "CAD")

type Notice = tuple[Mapping[str, str], bytes]


@attrs.frozen
class Processing:
    """A processor under test.

    Attributes:
        payments: the port.
        methods: its names for means of payment: ok, decline, pending.
        settle: lets the pending charge of an order succeed.
        take_and_hide: takes the money of an order while the answer is lost.
        returned: how much money went back for an order.
        return_at_desk: returns that much money of an order at the processor's own desk.
        notice: the notice about an order's charge as it stands.
        refund_notice: the notice that money of an order's charge went back.
        notice_of_nothing: a signed notice that concerns no order.
        nonsense: a signed notice that cannot be understood.
    """

    payments: Payments
    methods: Mapping[str, str]
    settle: Callable[[OrderId], None]
    take_and_hide: Callable[[OrderId], None]
    returned: Callable[[OrderId], int]
    return_at_desk: Callable[[OrderId, int], None]
    notice: Callable[[OrderId], Notice]
    refund_notice: Callable[[OrderId], Notice]
    notice_of_nothing: Notice | None
    nonsense: Notice


def an_order() -> OrderId:
    """A fresh order."""
    return OrderId(uuid4())


class PaymentsContract:
    @pytest.mark.parametrize(
        ("method", "state"),
        [
            ("ok", ChargeState.SUCCEEDED),
            ("decline", ChargeState.DECLINED),
            ("pending", ChargeState.PENDING),
        ],
    )
    def test_charges(self, processing: Processing, method: str, state: ChargeState) -> None:
        order = an_order()
        charge = processing.payments.charge(order, PRICE, processing.methods[method])
        assert (charge.order_id, charge.amount, charge.state) == (order, PRICE, state)
        assert processing.payments.find(order, PRICE) == charge

    @pytest.mark.parametrize("method", ["ok", "decline", "pending"])
    def test_an_order_is_charged_once(self, processing: Processing, method: str) -> None:
        order, name = an_order(), processing.methods[method]
        first = processing.payments.charge(order, PRICE, name)
        assert processing.payments.charge(order, PRICE, name) == first

    def test_finds_nothing_where_nothing_was_tried(self, processing: Processing) -> None:
        order = an_order()
        assert processing.payments.find(order, PRICE) is None
        charge = processing.payments.charge(order, PRICE, processing.methods["ok"])
        assert charge.state is ChargeState.SUCCEEDED

    def test_finds_what_a_lost_answer_told(self, processing: Processing) -> None:
        order = an_order()
        processing.take_and_hide(order)
        found = processing.payments.find(order, PRICE)
        assert found is not None
        assert (found.order_id, found.amount, found.state) == (order, PRICE, ChargeState.SUCCEEDED)
        assert processing.payments.abandon(order, PRICE) == found

    def test_a_pending_charge_comes_to_its_end(self, processing: Processing) -> None:
        order = an_order()
        pending = processing.payments.charge(order, PRICE, processing.methods["pending"])
        processing.settle(order)
        found = processing.payments.find(order, PRICE)
        assert found == attrs.evolve(pending, state=ChargeState.SUCCEEDED)

    def test_refuses_a_means_of_payment_that_it_does_not_know(self, processing: Processing) -> None:
        order = an_order()
        with pytest.raises(UnknownPaymentMethodError) as caught:
            processing.payments.charge(order, PRICE, "seashells")
        assert caught.value.violations[0][0] == "/payment_method"
        assert processing.payments.find(order, PRICE) is None

    def test_stops_at_another_amount_under_an_orders_name(self, processing: Processing) -> None:
        order = an_order()
        processing.payments.charge(order, PRICE, processing.methods["ok"])
        with pytest.raises(IntegrityFailureError):
            processing.payments.charge(order, Money(1, "CAD"), processing.methods["ok"])

    def test_takes_nothing_for_an_order_that_was_given_up(self, processing: Processing) -> None:
        order = an_order()
        for _ in range(2):
            assert processing.payments.abandon(order, PRICE) is None
        late = processing.payments.charge(order, PRICE, processing.methods["ok"])
        assert late.state is ChargeState.DECLINED

    @pytest.mark.parametrize("method", ["ok", "decline"])
    def test_what_is_decided_is_not_given_up(self, processing: Processing, method: str) -> None:
        order = an_order()
        charge = processing.payments.charge(order, PRICE, processing.methods[method])
        given_up = processing.payments.abandon(order, PRICE)
        assert given_up == charge

    def test_what_is_under_way_stays_so_when_it_is_given_up(self, processing: Processing) -> None:
        order = an_order()
        processing.payments.charge(order, PRICE, processing.methods["pending"])
        given_up = processing.payments.abandon(order, PRICE)
        assert given_up is not None
        assert given_up.state is ChargeState.PENDING

    def test_returns_money_once(self, processing: Processing) -> None:
        order = an_order()
        charge = processing.payments.charge(order, PRICE, processing.methods["ok"])
        for _ in range(2):
            processing.payments.refund(charge)
        assert processing.returned(order) == PRICE.minor

    @pytest.mark.parametrize("parts", [(1,), (500, 700), (PRICE.minor,)])
    def test_returns_what_the_desk_has_left(self, processing: Processing, parts: tuple[int, ...]) -> None:
        order = an_order()
        charge = processing.payments.charge(order, PRICE, processing.methods["ok"])
        for part in parts:
            processing.return_at_desk(order, part)
        for _ in range(2):
            processing.payments.refund(charge)
        assert processing.returned(order) == PRICE.minor

    def test_tells_how_much_has_gone_back_so_far(self, processing: Processing) -> None:
        order = an_order()
        charge = processing.payments.charge(order, PRICE, processing.methods["ok"])
        for part in (500, 700):
            processing.return_at_desk(order, part)
        notice = processing.payments.read_notice(*processing.refund_notice(order))
        assert notice is not None
        assert (notice.refunded, notice.told) == (True, "refunded")
        assert notice.charge == attrs.evolve(charge, amount=Money(1200, "CAD"))
        processing.payments.refund(charge)
        notice = processing.payments.read_notice(*processing.refund_notice(order))
        assert notice is not None
        assert notice.charge == charge

    def test_reads_a_notice(self, processing: Processing) -> None:
        order = an_order()
        charge = processing.payments.charge(order, PRICE, processing.methods["ok"])
        notice = processing.payments.read_notice(*processing.notice(order))
        assert notice is not None
        assert notice == PaymentNotice(notice.id, charge, refunded=False)

    def test_refuses_a_notice_without_its_signature(self, processing: Processing) -> None:
        order = an_order()
        processing.payments.charge(order, PRICE, processing.methods["ok"])
        headers, body = processing.notice(order)
        with pytest.raises(NoticeRefusedError):
            processing.payments.read_notice({}, body)
        with pytest.raises(NoticeRefusedError):
            processing.payments.read_notice(dict.fromkeys(headers, "t=1,v1=" + "0" * 64), body)

    def test_does_not_understand_nonsense(self, processing: Processing) -> None:
        with pytest.raises(InvalidRequestError):
            processing.payments.read_notice(*processing.nonsense)

    def test_drops_a_notice_that_concerns_no_order(self, processing: Processing) -> None:
        if processing.notice_of_nothing is not None:
            assert processing.payments.read_notice(*processing.notice_of_nothing) is None


class UnreachablePaymentsContract:
    """A processor that nobody reaches: every question is safe to repeat."""

    def test_every_question_may_be_repeated(self, unreachable: Payments) -> None:
        order = an_order()
        with pytest.raises(UnavailableError):
            unreachable.charge(order, PRICE, "sandbox_ok")
        with pytest.raises(UnavailableError):
            unreachable.find(order, PRICE)
        with pytest.raises(UnavailableError):
            unreachable.abandon(order, PRICE)
        with pytest.raises(UnavailableError):
            unreachable.refund(Charge("ch_1", order, PRICE, ChargeState.SUCCEEDED))
