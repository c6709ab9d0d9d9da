"""What each method of payment does: who gets the money, who is told, and when."""

import dataclasses
import json
import secrets
import time
from collections.abc import Callable
from typing import Any, Final

from tools.payment_sandbox.charges import METHODS, Charge, Ledger, Notice

LARGEST_AMOUNT: Final = 99_999_999
_TEXT_LIMIT: Final = 200
_CURRENCY_LENGTH: Final = 3


class BadRequestError(Exception):
    """The request cannot be understood; the message says which part."""


@dataclasses.dataclass(frozen=True)
class Timing:
    """How long the slow methods take."""

    pending_s: float = 1.0
    late_s: float = 5.0
    silent_s: float = 2.0


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a method does with a charge.

    `status` is answered at once; `settles_in` turns a pending charge into a succeeded one; `notice_in` is
    when a notice is sent, None for never; `deliveries` is how often it is delivered; `answers` is False if
    the reply never comes.
    """

    status: str
    settles_in: float | None = None
    notice_in: float | None = 0.0
    deliveries: int = 1
    answers: bool = True


def outcome_of(method: str, timing: Timing) -> Outcome:
    """What happens to a charge by this method."""
    return {
        "sandbox_ok": Outcome("succeeded"),
        "sandbox_decline": Outcome("declined"),
        "sandbox_pending": Outcome("pending", timing.pending_s, timing.pending_s),
        "sandbox_timeout": Outcome("succeeded", answers=False),
        "sandbox_silent": Outcome("pending", timing.silent_s, None),
        "sandbox_duplicate": Outcome("succeeded", deliveries=2),
        "sandbox_late": Outcome("pending", 0.0, timing.late_s),
    }[method]


@dataclasses.dataclass(frozen=True)
class Processor:
    """The processor: answers requests that were already authenticated and decoded."""

    ledger: Ledger
    timing: Timing
    now: Callable[[], float] = time.time

    def charge(self, body: object) -> tuple[int, dict[str, Any], bool]:
        """Status, reply, and whether to reply at all.

        Raises:
            BadRequestError: the body is not a charge.
            KeyReusedError: the key belongs to another request.
        """
        fields = _exactly(body, {"order_id", "amount", "currency", "method", "idempotency_key"})
        order_id, currency = _text(fields, "order_id"), _text(fields, "currency")
        amount, key = _amount(fields), _text(fields, "idempotency_key")
        if len(currency) != _CURRENCY_LENGTH or not currency.isascii() or not currency.isupper():
            raise BadRequestError("currency is three capital letters")
        method = _text(fields, "method")
        if method not in METHODS:
            raise BadRequestError("method is one of " + ", ".join(sorted(METHODS)))
        outcome = outcome_of(method, self.timing)
        settles_at = None if outcome.settles_in is None else self.now() + outcome.settles_in
        new = Charge(f"ch_{secrets.token_hex(12)}", order_id, amount, currency, method, outcome.status, 0)
        request = json.dumps(fields, sort_keys=True)
        charge, made = self.ledger.charge(new, key, request, settles_at, self._notice(new.id, outcome))
        if charge.status == "declined":
            return (201 if made else 200), charge.shown(), True
        if not made:
            # Only the first attempt goes unanswered: who asks again with the same key learns the truth.
            return 200, self.find(charge.id), True
        return 201, charge.shown(), outcome.answers

    def find(self, charge_id: str) -> dict[str, Any]:
        """One charge as it is now.

        Raises:
            UnknownChargeError: no charge has this id.
        """
        self.ledger.settle(self.now())
        return self.ledger.find(charge_id).shown()

    def of_order(self, order_id: str) -> dict[str, Any]:
        """All charges of an order."""
        self.ledger.settle(self.now())
        return {"charges": [charge.shown() for charge in self.ledger.of_order(order_id)]}

    def abandon(self, body: object) -> dict[str, Any]:
        """All charges of an order for which nothing is taken from now on.

        Raises:
            BadRequestError: the body names no order.
        """
        order_id = _text(_exactly(body, {"order_id"}), "order_id")
        self.ledger.abandon(order_id)
        return self.of_order(order_id)

    def refund(self, charge_id: str, body: object) -> tuple[int, dict[str, Any]]:
        """Status and reply.

        Raises:
            BadRequestError: the body is not a refund.
            UnknownChargeError: no charge has this id.
            KeyReusedError: the key belongs to another refund.
            NotRefundableError: the charge does not hold that much money.
        """
        fields = _exactly(body, {"amount", "idempotency_key"})
        self.ledger.settle(self.now())
        wanted, key = f"re_{secrets.token_hex(12)}", _text(fields, "idempotency_key")
        notice = Notice(_notice_id(), charge_id, "charge.refunded", self.now(), deliveries=1)
        refund_id, made = self.ledger.refund(wanted, _amount(fields), key, notice)
        return (201 if made else 200), {"id": refund_id, "status": "succeeded"}

    def _notice(self, charge_id: str, outcome: Outcome) -> Notice | None:
        if outcome.notice_in is None:
            return None
        kind = "charge.declined" if outcome.status == "declined" else "charge.succeeded"
        return Notice(_notice_id(), charge_id, kind, self.now() + outcome.notice_in, outcome.deliveries)


def _notice_id() -> str:
    return f"evt_{secrets.token_hex(12)}"


def _exactly(body: object, names: set[str]) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise BadRequestError("the body is not an object")
    if body.keys() != names:
        raise BadRequestError("the body has exactly the fields " + ", ".join(sorted(names)))
    return body


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str) or not 1 <= len(value) <= _TEXT_LIMIT or not value.isprintable():
        raise BadRequestError(f"{name} is a text of 1 to {_TEXT_LIMIT} characters")
    return value


def _amount(fields: dict[str, Any]) -> int:
    value = fields["amount"]
    if type(value) is not int or not 1 <= value <= LARGEST_AMOUNT:
        raise BadRequestError(f"amount is an integer from 1 to {LARGEST_AMOUNT}")
    return value
