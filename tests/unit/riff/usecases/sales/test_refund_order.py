import attrs
import pytest

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import RefundState, RequestKey
from riff.domain.identifiers import OrderId
from riff.errors import (
    AlreadyVoidedError,
    KeyReusedError,
    NotFoundError,
    NotPermittedError,
    StateRefusesError,
    UnavailableError,
)
from riff.usecases.checkout.show_online_order import ShowOnlineOrder, show_online_order
from riff.usecases.public.show_jackpot import ShowJackpot, show_jackpot
from riff.usecases.sales.refund_order import RefundOrder, refund_order
from riff.usecases.sales.take_back import TakenBack
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import OrderState, RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_lease_request, a_raffle, a_sale
from tests.support.fakes import Method
from tests.support.stage import A_STRANGER, Stage, member


def refund(stage: Stage, order_id: OrderId, actor: Actor | None = None, key: str = "refund-1") -> TakenBack:
    request = RequestKey("refund_order staff:kim", key, b"d" * 32)
    command = RefundOrder(actor or stage.manager, order_id, "the buyer could not come", request)
    return refund_order(command, stage.fakes.services)


def test_the_money_goes_back_and_the_jackpot_follows() -> None:
    stage = Stage.of()
    bought = [stage.buy(f"key-{n}") for n in range(3)]
    orders = [each.checkout for each in bought]
    refunded = refund(stage, orders[1].id)
    assert (refunded.void.state, refunded.refund) == (OrderState.REFUNDED, RefundState.DONE)
    assert stage.fakes.payments.refunded == [orders[1].charge_id]
    query = ShowOnlineOrder(orders[1].id, bought[1].access_token)
    shown = show_online_order(query, stage.fakes.services)
    assert (shown.checkout.state, shown.checkout.refund) == (OrderState.REFUNDED, RefundState.DONE)
    assert shown.ticket is not None
    assert shown.ticket.void == refunded.void
    estimate = show_jackpot(ShowJackpot(stage.raffle.id), stage.fakes.services)
    assert (estimate.sales.minor, estimate.numbers) == (4000, 20)


def test_says_who_what_and_why_and_where_the_money_went() -> None:
    stage = Stage.of()
    order = stage.buy().checkout
    refund(stage, order.id)
    kinds = stage.fakes.transactions.event_kinds()
    assert [kind for kind in kinds if kind not in {EventKind.BLOCK_LEASED, EventKind.ORDER_SOLD}] == [
        EventKind.CHECKOUT_OPENED,
        EventKind.CHECKOUT_REFUND_DUE,
        EventKind.CHECKOUT_REFUNDED,
        EventKind.ORDER_REFUNDED,
    ]


def test_the_same_request_refunds_once() -> None:
    stage = Stage.of()
    order = stage.buy().checkout
    first, again = refund(stage, order.id), refund(stage, order.id)
    assert first == again
    assert stage.fakes.payments.refunded == [order.charge_id]


def test_the_retry_returns_what_a_crash_left_owed() -> None:
    stage = Stage.of()
    order = stage.buy().checkout
    stage.fakes.payments.is_down = True
    assert refund(stage, order.id).refund is RefundState.DUE
    stage.fakes.payments.is_down = False
    assert refund(stage, order.id).refund is RefundState.DONE
    assert stage.fakes.payments.refunded == [order.charge_id]


@pytest.mark.parametrize("stored", [True, False])
def test_a_commit_of_unknown_outcome_refunds_once_in_the_end(*, stored: bool) -> None:
    stage = Stage.of()
    order = stage.buy().checkout
    stage.fakes.transactions.lose_next_commit(stored=stored)
    with pytest.raises(UnavailableError):
        refund(stage, order.id)
    assert refund(stage, order.id).refund is RefundState.DONE
    assert stage.fakes.payments.refunded == [order.charge_id]


def test_refuses_a_second_refund_and_a_refund_after_a_void() -> None:
    stage = Stage.of()
    refunded, voided = (stage.buy(f"key-{n}").checkout.id for n in range(2))
    refund(stage, refunded, key="refund-1")
    void_order(VoidOrder(stage.manager, voided, "bought twice"), stage.fakes.services)
    for number, order_id in enumerate((refunded, voided), 2):
        with pytest.raises(AlreadyVoidedError):
            refund(stage, order_id, key=f"refund-{number}")


def test_refuses_a_key_with_another_request() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    refund(stage, order_id)
    other = RequestKey("refund_order staff:kim", "refund-1", b"e" * 32)
    with pytest.raises(KeyReusedError):
        refund_order(RefundOrder(stage.manager, order_id, "r", other), stage.fakes.services)


def test_money_paid_at_a_counter_is_handed_back_there() -> None:
    stage = Stage.of(a_raffle().active().with_slots(online=100, sales_unit=100))
    with stage.fakes.transactions.begin() as work:
        wanted = a_lease_request(stage.raffle.id, "unit-1", channel=Channel.SALES_UNIT)
        order, _ = a_sale(work, work.blocks.lease(wanted))
    refunded = refund(stage, order.id)
    assert (refunded.refund, refunded.checkout) == (RefundState.NONE, None)
    assert refund(stage, order.id) == refunded


def test_a_cancelled_raffle_is_refunded_and_not_voided() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    stage.put_in(RaffleState.CANCELLED)
    with pytest.raises(StateRefusesError):
        void_order(VoidOrder(stage.manager, order_id, "r"), stage.fakes.services)
    assert refund(stage, order_id).refund is RefundState.DONE


@pytest.mark.parametrize(
    "state", [RaffleState.RECONCILED, RaffleState.SEALED, RaffleState.DRAWING, RaffleState.COMPLETED]
)
def test_refuses_once_the_books_are_closed(state: RaffleState) -> None:
    stage = Stage.of()
    order = stage.buy().checkout
    stage.put_in(state)
    with pytest.raises(StateRefusesError):
        refund(stage, order.id)
    assert stage.fakes.payments.refunded == []


def test_refuses_whoever_may_not() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    with pytest.raises(NotPermittedError):
        refund(stage, order_id, member("operator", stage.organization))
    with pytest.raises(NotFoundError):
        refund(stage, order_id, A_STRANGER)
    assert stage.fakes.payments.refunded == []


def test_refuses_an_order_without_numbers() -> None:
    stage = Stage.of()
    order_id = stage.buy(method=Method.PENDING).checkout.id
    with pytest.raises(NotFoundError):
        refund(stage, order_id)


def test_a_repeat_answers_nobody_who_may_not() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    refund(stage, order_id)
    with pytest.raises(NotPermittedError):
        refund(stage, order_id, attrs.evolve(member("viewer", stage.organization)))
