"""Stripe: payment intents, refunds and signed notices, through Stripe's own library.

An order is one payment intent.  It is made before anything is known of the means of payment, under the
order's name as idempotency key, and then confirmed under another key of that name.  So the intent of an
order can be found at any time by making it again: Stripe answers with the one that is there, or makes one
that holds no money; only a search, which lags behind, can say less.  And an order is given up for good by
cancelling that intent: a confirmation that is still on its way is then refused.  Stripe remembers keys for
24 hours, far longer than an order lives; what is older is found by the search, which knows it by then.

A means of payment that is refused leaves the intent waiting for another one, and whoever holds its secret
could offer that at any time.  To us a decline is final, so the intent is cancelled before a decline is told.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

import stripe

from riff.adapters.payments.plugin import PaymentSettings
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
from riff.ports.clock import Clock

# Two requests make a charge; together they end well within the time that the gateway gives a function.
_TIMEOUT_S: Final = 5.0
# A notice that was recorded on its way is worth nothing to a thief after this.
_OLDEST_NOTICE_S: Final = 300
_ORDER: Final = "order_id"
_STATES: Final[Mapping[str, ChargeState]] = {
    "succeeded": ChargeState.SUCCEEDED,
    "processing": ChargeState.PENDING,
    "requires_action": ChargeState.PENDING,
    "requires_capture": ChargeState.PENDING,
    "canceled": ChargeState.DECLINED,
}
_UNTRIED: Final = frozenset({"requires_payment_method", "requires_confirmation", "canceled"})
_NOTICES: Final = frozenset(
    {
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
        "payment_intent.processing",
        "payment_intent.requires_action",
        "payment_intent.canceled",
    }
)
_REFUNDED: Final = "charge.refunded"
# Which of them tells of a failed refund depends on the version that the account speaks.
_REFUND_CHANGED: Final = frozenset({"refund.failed", "refund.updated", "charge.refund.updated"})
_NOT_RETURNED: Final = frozenset({"failed", "canceled"})
_MOST_REFUNDS: Final = 100


def connect(settings: PaymentSettings, clock: Clock) -> "StripePayments":
    """Stripe at the endpoint of the settings."""
    return StripePayments(settings, clock)


class StripePayments:
    """Honours `riff.ports.payments.Payments`."""

    def __init__(self, settings: PaymentSettings, clock: Clock, timeout_s: float = _TIMEOUT_S) -> None:
        self._notice_secret = settings.notice_secret
        self._clock = clock
        client = stripe.StripeClient(
            settings.api_key,
            base_addresses={"api": settings.endpoint.rstrip("/")},
            http_client=stripe.RequestsClient(timeout=timeout_s),
            # Whoever asks decides whether to ask again; keys make that safe.
            max_network_retries=0,
        )
        self._intents, self._refunds = client.v1.payment_intents, client.v1.refunds

    def charge(self, order_id: OrderId, amount: Money, method: str) -> Charge:
        """Take the amount once, however often this is called for the order."""
        intent = self._made(order_id, amount)
        try:
            confirmed = _answered(
                lambda: self._intents.confirm(
                    intent.id, {"payment_method": method}, {"idempotency_key": f"{order_id}-confirm"}
                )
            )
        except stripe.CardError:
            confirmed = self._current(intent.id)
        except stripe.InvalidRequestError as error:
            if error.param == "payment_method":
                raise UnknownPaymentMethodError(
                    "The payment method is not known.", [("/payment_method", "is not known to the processor")]
                ) from error
            # It was confirmed or given up before: what became of it counts.
            confirmed = self._current(intent.id)
        return self._final(confirmed, order_id)

    def find(self, order_id: OrderId, amount: Money) -> Charge | None:
        """The charge made for an order, or None."""
        intent = self._current(self._known(order_id) or self._made(order_id, amount).id)
        return None if _is_untried(intent) else self._final(intent, order_id)

    def abandon(self, order_id: OrderId, amount: Money) -> Charge | None:
        """Have nothing taken for an order from now on."""
        name = self._known(order_id) or self._made(order_id, amount).id
        intent = self._given_up(name)
        return None if _is_untried(intent) else _charge(intent, order_id)

    def refund(self, charge: Charge) -> None:
        """Return what is left of a charge once, however often this is called."""
        try:
            # Under the name of a refund that failed, Stripe would answer with that one for 24 hours.
            key = f"refund-{charge.id}-{self._failed_refunds(charge)}"
            made = _answered(
                lambda: self._refunds.create(
                    # Without an amount Stripe returns what its own desk has left, never more than was taken.
                    {"payment_intent": charge.id, "metadata": {_ORDER: str(charge.order_id)}},
                    {"idempotency_key": key},
                )
            )
        except stripe.InvalidRequestError as error:
            if error.code == "charge_already_refunded":
                return
            raise UnavailableError("The payment processor refuses to return the money.") from error
        if made.status not in ("succeeded", "pending"):
            raise UnavailableError("The payment processor could not return the money.")

    def _failed_refunds(self, charge: Charge) -> int:
        asked: stripe.params.RefundListParams = {"payment_intent": charge.id, "limit": _MOST_REFUNDS}
        found = _answered(lambda: self._refunds.list(asked))
        return sum(refund.status in _NOT_RETURNED for refund in found.data)

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice | None:
        """Check and read a notice; None for one that concerns no order."""
        event = self._signed_event(headers.get("stripe-signature", ""), body)
        try:
            return _notice(event)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidRequestError("The notice cannot be understood.") from error

    def _signed_event(self, signature: str, body: bytes) -> Any:  # noqa: ANN401 - parsed JSON
        try:
            event = stripe.Webhook.construct_event(
                body,
                signature,
                self._notice_secret,
                tolerance=None,  # type: ignore[arg-type] # None is allowed; the age is compared with our clock
            )
        except stripe.SignatureVerificationError as error:
            raise NoticeRefusedError("The notice carries no valid signature.") from error
        except (ValueError, AttributeError, RecursionError) as error:
            raise InvalidRequestError("The notice cannot be understood.") from error
        stamps = [part.partition("=")[2] for part in signature.split(",") if part.startswith("t=")]
        age_s = self._clock.now().timestamp() - int(stamps[0])
        if abs(age_s) > _OLDEST_NOTICE_S:
            raise NoticeRefusedError("The notice is too old.")
        return event

    def _made(self, order_id: OrderId, amount: Money) -> stripe.PaymentIntent:
        """The intent of an order, as it was when it was made: now, or when this was first asked."""
        try:
            return _answered(
                lambda: self._intents.create(
                    {
                        "amount": amount.minor,
                        "currency": amount.currency.lower(),
                        "metadata": {_ORDER: str(order_id)},
                        # What is settled at once or in the browser; nothing that leads the buyer elsewhere.
                        "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
                    },
                    {"idempotency_key": str(order_id)},
                )
            )
        except stripe.InvalidRequestError as error:
            raise UnavailableError("The payment processor refuses the payment.") from error

    def _current(self, name: str) -> stripe.PaymentIntent:
        try:
            return _answered(lambda: self._intents.retrieve(name))
        except stripe.InvalidRequestError as error:
            raise UnavailableError("The payment processor knows the payment no longer.") from error

    def _final(self, intent: stripe.PaymentIntent, order_id: OrderId) -> Charge:
        """The charge; where its means of payment was refused, once no other can be offered."""
        refused = intent.status in _UNTRIED and intent.status != "canceled"
        return _charge(self._given_up(intent.id) if refused else intent, order_id)

    def _given_up(self, name: str) -> stripe.PaymentIntent:
        """The intent, cancelled; what has succeeded or is being processed cannot be, and stays as it is."""
        with suppress(stripe.InvalidRequestError):
            _answered(lambda: self._intents.cancel(name))
        return self._current(name)

    def _known(self, order_id: OrderId) -> str | None:
        """The name of the order's intent, where the search knows it already."""
        try:
            found = _answered(lambda: self._intents.search({"query": f"metadata['{_ORDER}']:'{order_id}'"}))
        except stripe.InvalidRequestError:
            return None  # accounts of some countries have no search; making it again finds it as well
        # Of several, all but the one that took money are empty: made again after the key was forgotten.
        intents = sorted(found.data, key=_is_untried)
        return intents[0].id if intents else None


def _answered[Result](ask: Callable[[], Result]) -> Result:
    """What Stripe answers; refusals that depend on what was asked are the caller's business."""
    try:
        return ask()
    except stripe.IdempotencyError as error:
        # Our keys are names of orders: another request under one of them cannot be ours.
        raise IntegrityFailureError("The payment processor knows another request of this name.") from error
    except (stripe.CardError, stripe.InvalidRequestError):
        raise
    except stripe.StripeError as error:
        raise UnavailableError("The payment processor does not answer.") from error


def _is_untried(intent: Any) -> bool:  # noqa: ANN401 - of the library, or of a notice
    """Whether no means of payment was ever tried, and perhaps none ever will be."""
    return intent.status in _UNTRIED and intent.last_payment_error is None and intent.latest_charge is None


def _charge(intent: Any, order_id: OrderId) -> Charge:  # noqa: ANN401 - as above
    # An intent that waits for another means of payment is undecided; whoever asks about it cancels it.
    state = _STATES.get(intent.status, ChargeState.PENDING)
    minor = intent.amount_received if state is ChargeState.SUCCEEDED else intent.amount
    return Charge(
        id=intent.id,
        order_id=order_id,
        amount=Money(minor, intent.currency.upper()),
        state=state,
        client_secret=intent.client_secret if intent.status == "requires_action" else None,
    )


def _notice(event: Any) -> PaymentNotice | None:  # noqa: ANN401 - parsed JSON
    about = event.data.object
    if event.type not in {*_NOTICES, *_REFUND_CHANGED, _REFUNDED} or _ORDER not in (about.metadata or {}):
        return None
    order_id = OrderId(UUID(about.metadata[_ORDER]))
    if event.type in _REFUND_CHANGED:
        return _failed_refund(about, order_id) if about.status in _NOT_RETURNED else None
    if event.type == _REFUNDED:
        amount = Money(about.amount_refunded, about.currency.upper())
        charge = Charge(about.payment_intent, order_id, amount, ChargeState.SUCCEEDED)
        return PaymentNotice(event.id, charge, refunded=True)
    return PaymentNotice(event.id, _charge(about, order_id), refunded=False)


def _failed_refund(about: Any, order_id: OrderId) -> PaymentNotice:  # noqa: ANN401 - parsed JSON
    amount = Money(about.amount, about.currency.upper())
    charge = Charge(about.payment_intent, order_id, amount, ChargeState.SUCCEEDED)
    # Several messages tell of one failure; under its own name it counts once, also after the next attempt.
    return PaymentNotice(f"{about.id}-failed", charge, refunded=False, refund_failed=True)
