"""The plugin of Stripe against a processor that speaks as Stripe does, by the contract of every processor."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta

import attrs
import pytest

from riff.adapters.payments.plugin import PaymentSettings, load
from riff.adapters.payments.stripe import StripePayments
from riff.adapters.system.clock import SystemClock
from riff.domain.checkout.charge import ChargeState, PaymentNotice
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.errors import NoticeRefusedError, UnavailableError
from riff.ports.payments import Payments
from tests.support.contracts.payments import (
    PRICE,
    PaymentsContract,
    Processing,
    UnreachablePaymentsContract,
    an_order,
)
from tests.support.fakes import FakeClock
from tests.support.stripe_processor import API_KEY, SECRET, Json, Processor, running, signed

VISA, DECLINED, ACTION = "pm_card_visa", "pm_card_chargeDeclined", "pm_card_threeDSecureRequired"


@attrs.frozen
class Stripe:
    """The running processor, with what it remembers at hand."""

    endpoint: str
    processor: Processor

    def connected(self, api_key: str = API_KEY) -> Payments:
        """The plugin as configuration loads it."""
        settings = PaymentSettings(self.endpoint, api_key, SECRET)
        return load("riff.adapters.payments.stripe").connect(settings, SystemClock())

    def intent(self, order: OrderId) -> Json:
        """The payment intent of an order."""
        (found,) = (
            intent
            for intent in self.processor.intents.values()
            if intent["metadata"]["order_id"] == str(order)
        )
        return found

    def notice(self, kind: str, order: OrderId) -> tuple[Mapping[str, str], bytes]:
        """A signed notice about the order's intent as it stands."""
        event = {"id": "evt_1", "object": "event", "type": kind, "data": {"object": self.intent(order)}}
        return signed(event)

    def refund_notice(self, order: OrderId) -> tuple[Mapping[str, str], bytes]:
        """A signed notice that money of the order's charge went back."""
        intent = self.intent(order)
        about = {
            "id": intent["latest_charge"],
            "object": "charge",
            "payment_intent": intent["id"],
            "amount_refunded": self.processor.returned(intent),
            "currency": intent["currency"],
            "metadata": intent["metadata"],
        }
        return signed(
            {"id": "evt_9", "object": "event", "type": "charge.refunded", "data": {"object": about}}
        )


@pytest.fixture(name="stripe")
def _stripe() -> Iterator[Stripe]:
    processor = Processor()
    with running(processor) as endpoint:
        yield Stripe(endpoint, processor)


@pytest.fixture(name="processing")
def _processing(stripe: Stripe) -> Processing:
    payments = stripe.connected()

    def take_and_hide(order: OrderId) -> None:
        stripe.processor.faults = {"/confirm": 0}
        with suppress(UnavailableError):
            payments.charge(order, PRICE, VISA)

    def return_at_desk(order: OrderId, minor: int) -> None:
        stripe.processor.refund(stripe.intent(order), str(minor))

    return Processing(
        payments,
        {"ok": VISA, "decline": DECLINED, "pending": "pm_processing"},
        lambda order: stripe.processor.succeed(stripe.intent(order)["id"]),
        take_and_hide,
        lambda order: stripe.processor.returned(stripe.intent(order)),
        return_at_desk,
        lambda order: stripe.notice("payment_intent.succeeded", order),
        stripe.refund_notice,
        signed({"id": "evt_2", "object": "event", "type": "payout.paid", "data": {"object": {"id": "po_1"}}}),
        signed({"object": "event", "type": "payment_intent.succeeded"}),
    )


@pytest.fixture(name="unreachable")
def _unreachable() -> Payments:
    return StripePayments(PaymentSettings("http://127.0.0.1:1", API_KEY, SECRET), SystemClock())


class TestPayments(PaymentsContract):
    pass


class TestUnreachable(UnreachablePaymentsContract):
    pass


def test_the_browser_goes_on_where_the_bank_wants_to_see_the_buyer(stripe: Stripe) -> None:
    payments, order = stripe.connected(), an_order()
    charge = payments.charge(order, PRICE, ACTION)
    assert (charge.state, charge.client_secret) == (
        ChargeState.PENDING,
        stripe.intent(order)["client_secret"],
    )
    stripe.processor.succeed(charge.id)
    found = payments.find(order, PRICE)
    assert found == attrs.evolve(charge, state=ChargeState.SUCCEEDED, client_secret=None)


def test_whoever_holds_the_secret_cannot_pay_after_a_decline(stripe: Stripe) -> None:
    """The order has failed; money that came later would be nobody's."""
    payments, order = stripe.connected(), an_order()
    assert payments.charge(order, PRICE, DECLINED).state is ChargeState.DECLINED
    assert stripe.intent(order)["status"] == "canceled"


def test_a_bank_that_refuses_the_buyer_leaves_it_open_until_somebody_asks(stripe: Stripe) -> None:
    payments, order = stripe.connected(), an_order()
    payments.charge(order, PRICE, ACTION)
    refused = {"status": "requires_payment_method", "last_payment_error": {"code": "authentication_failure"}}
    stripe.intent(order).update(refused)
    notice = payments.read_notice(*stripe.notice("payment_intent.payment_failed", order))
    assert notice is not None
    assert notice.charge.state is ChargeState.PENDING
    found = payments.find(order, PRICE)
    assert found is not None
    assert (found.state, stripe.intent(order)["status"]) == (ChargeState.DECLINED, "canceled")


def test_a_buyer_who_walked_away_is_given_up(stripe: Stripe) -> None:
    payments, order = stripe.connected(), an_order()
    payments.charge(order, PRICE, ACTION)
    assert payments.abandon(order, PRICE) is None
    assert stripe.intent(order)["status"] == "canceled"


@pytest.mark.parametrize(("searchable", "forgotten"), [(True, True), (True, False), (False, False)])
def test_finds_the_money_by_search_or_by_key(*, stripe: Stripe, searchable: bool, forgotten: bool) -> None:
    """The search lags behind for a while, and keys are forgotten long after; one of them always knows."""
    payments, order = stripe.connected(), an_order()
    charge = payments.charge(order, PRICE, VISA)
    stripe.processor.searchable = searchable
    if forgotten:
        stripe.processor.forget_keys()
    assert payments.find(order, PRICE) == charge


def test_finds_the_money_among_empty_intents(stripe: Stripe) -> None:
    payments, order = stripe.connected(), an_order()
    charge = payments.charge(order, PRICE, VISA)
    stripe.processor.forget_keys()
    stripe.processor.searchable = False
    assert payments.find(order, PRICE) is None
    stripe.processor.searchable = True
    assert payments.find(order, PRICE) == charge


@pytest.mark.parametrize("status", [0, 429, 500, 503])
@pytest.mark.parametrize("step", ["payment_intents", "/confirm"])
def test_an_outage_at_any_step_is_unknown_and_charges_once_in_the_end(
    stripe: Stripe, status: int, step: str
) -> None:
    payments, order = stripe.connected(), an_order()
    stripe.processor.faults = {step: status}
    with pytest.raises(UnavailableError):
        payments.charge(order, PRICE, VISA)
    assert payments.charge(order, PRICE, VISA).state is ChargeState.SUCCEEDED
    assert len(stripe.processor.intents) == 1


def test_an_outage_while_giving_up_is_told(stripe: Stripe) -> None:
    payments, order = stripe.connected(), an_order()
    stripe.processor.faults = {"/cancel": 500}
    with pytest.raises(UnavailableError):
        payments.abandon(order, PRICE)
    assert payments.abandon(order, PRICE) is None


def test_a_wrong_api_key_is_unavailable(stripe: Stripe) -> None:
    with pytest.raises(UnavailableError):
        stripe.connected("sk_test_other").find(an_order(), PRICE)


def test_tells_the_amount_that_was_received(stripe: Stripe) -> None:
    """A settlement compares it with the price; here the processor took less than it was asked to."""
    payments, order = stripe.connected(), an_order()
    payments.charge(order, PRICE, VISA)
    stripe.intent(order)["amount_received"] = 1
    found = payments.find(order, PRICE)
    assert found is not None
    assert found.amount == Money(1, "CAD")


NOTICES = {
    "payment_intent.canceled": ChargeState.DECLINED,
    "payment_intent.processing": ChargeState.PENDING,
}


@pytest.mark.parametrize("kind", NOTICES)
def test_reads_what_became_of_a_payment(stripe: Stripe, kind: str) -> None:
    payments, order = stripe.connected(), an_order()
    payments.charge(order, PRICE, DECLINED if "canceled" in kind else "pm_processing")
    notice = payments.read_notice(*stripe.notice(kind, order))
    assert notice is not None
    assert (notice.charge.state, notice.told) == (NOTICES[kind], NOTICES[kind].value)


def _refund_event(kind: str, refund: Json, **changes: object) -> tuple[Mapping[str, str], bytes]:
    return signed({"id": "evt_3", "object": "event", "type": kind, "data": {"object": {**refund, **changes}}})


@pytest.mark.parametrize("kind", ["refund.failed", "refund.updated", "charge.refund.updated"])
@pytest.mark.parametrize("status", ["failed", "canceled"])
def test_a_refund_that_fails_later_is_told_once_and_asked_for_anew(
    stripe: Stripe, kind: str, status: str
) -> None:
    payments, order = stripe.connected(), an_order()
    charge = payments.charge(order, PRICE, VISA)
    stripe.processor.refund_status = "pending"
    payments.refund(charge)
    (refund,) = stripe.processor.refunds.values()
    assert payments.read_notice(*_refund_event("refund.updated", refund)) is None
    refund["status"] = status
    assert payments.read_notice(*_refund_event(kind, refund)) == PaymentNotice(
        f"{refund['id']}-failed", charge, refunded=False, refund_failed=True
    )
    stripe.processor.refund_status = "succeeded"
    payments.refund(charge)
    assert stripe.processor.returned(stripe.intent(order)) == PRICE.minor


def test_a_refund_that_fails_at_once_is_asked_for_anew(stripe: Stripe) -> None:
    payments, order = stripe.connected(), an_order()
    charge = payments.charge(order, PRICE, VISA)
    stripe.processor.refund_status = "failed"
    with pytest.raises(UnavailableError):
        payments.refund(charge)
    stripe.processor.refund_status = "succeeded"
    for _ in range(2):
        payments.refund(charge)
    assert [refund["status"] for refund in stripe.processor.refunds.values()] == ["failed", "succeeded"]


def test_a_failed_refund_of_the_desk_concerns_no_order(stripe: Stripe) -> None:
    payments, order = stripe.connected(), an_order()
    payments.charge(order, PRICE, VISA)
    refund = stripe.processor.refund(stripe.intent(order), "500")
    assert payments.read_notice(*_refund_event("refund.failed", refund, status="failed")) is None


def test_an_intent_of_another_shop_concerns_no_order(stripe: Stripe) -> None:
    payments, order = stripe.connected(), an_order()
    payments.charge(order, PRICE, VISA)
    (intent,) = stripe.processor.intents.values()
    intent["metadata"] = {}
    event = {"id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "data": {"object": intent}}
    assert payments.read_notice(*signed(event)) is None


@pytest.mark.parametrize(("late_s", "accepted"), [(-299, True), (-302, False), (299, True), (302, False)])
def test_a_recorded_notice_is_worth_nothing_after_five_minutes(
    *, stripe: Stripe, late_s: int, accepted: bool
) -> None:
    clock = FakeClock(SystemClock().now())
    payments = StripePayments(PaymentSettings(stripe.endpoint, API_KEY, SECRET), clock)
    order = an_order()
    payments.charge(order, PRICE, VISA)
    notice = stripe.notice("payment_intent.succeeded", order)
    clock.set(clock.now() + timedelta(seconds=late_s))
    if accepted:
        assert payments.read_notice(*notice) is not None
    else:
        with pytest.raises(NoticeRefusedError, match="old"):
            payments.read_notice(*notice)


def test_a_notice_signed_with_another_secret_is_refused(stripe: Stripe) -> None:
    with pytest.raises(NoticeRefusedError):
        stripe.connected().read_notice(*signed({"object": "event"}, secret="whsec_other"))
