"""A payment processor in memory, told by the payment method how to behave, as the sandbox is."""

import json
from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

import attrs

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

SIGNATURE = "fake-signature"
NOTICE_OF_NOTHING = b'{"about": "something else"}'
SIGNED = {SIGNATURE: "valid"}
_VALID = "valid"


class Method(StrEnum):
    """Payment methods with the outcomes they lead to."""

    OK = "sandbox_ok"
    DECLINE = "sandbox_decline"
    PENDING = "sandbox_pending"
    ACTION = "sandbox_action"
    """The processor wants to see the buyer first."""
    TIMEOUT = "sandbox_timeout"
    """The money is taken, but the answer never comes."""
    UNREACHABLE = "sandbox_unreachable"
    """Nothing is taken, and the answer never comes."""


_STATES = {
    Method.OK: ChargeState.SUCCEEDED,
    Method.DECLINE: ChargeState.DECLINED,
    Method.PENDING: ChargeState.PENDING,
    Method.ACTION: ChargeState.PENDING,
    Method.TIMEOUT: ChargeState.SUCCEEDED,
}


class FakePayments:
    """Honours `riff.ports.payments.Payments`.

    Attributes:
        charges: one per order at most, however often `charge` was called.
        charge_calls: how often it was called.
        abandoned: orders for which nothing is taken any more.
        refunded: names of the charges returned, each once.
        returned_at_desk: what somebody returned of a charge by hand, by its name.
        is_down: while true, every call raises `UnavailableError` and does nothing.
    """

    def __init__(self) -> None:
        self.charges: dict[OrderId, Charge] = {}
        self.charge_calls = 0
        self.abandoned: set[OrderId] = set()
        self.refunded: list[str] = []
        self.returned_at_desk: dict[str, int] = {}
        self.is_down = False

    def charge(self, order_id: OrderId, amount: Money, method: str) -> Charge:
        """Take the amount, as the method tells."""
        self.charge_calls += 1
        self._require_up()
        if method not in set(Method):
            raise UnknownPaymentMethodError(
                "There is no such payment method.", [("/payment_method", "unknown")]
            )
        if method == Method.UNREACHABLE:
            raise UnavailableError("The payment processor does not answer.")
        state = ChargeState.DECLINED if order_id in self.abandoned else _STATES[Method(method)]
        secret = f"{order_id}_secret" if method == Method.ACTION else None
        made = Charge(f"ch_{order_id.hex}", order_id, amount, state, secret)
        stored = self.charges.setdefault(order_id, made)
        if stored.amount != amount:
            raise IntegrityFailureError("The payment processor knows another request of this name.")
        if method == Method.TIMEOUT and stored is made and state is ChargeState.SUCCEEDED:
            raise UnavailableError("The payment processor does not answer; the outcome is unknown.")
        return stored

    def find(self, order_id: OrderId, amount: Money) -> Charge | None:  # noqa: ARG002 - the port's signature; this processor finds by name alone
        """The charge of an order."""
        self._require_up()
        return self.charges.get(order_id)

    def abandon(self, order_id: OrderId, amount: Money) -> Charge | None:
        """Take nothing for an order from now on."""
        self._require_up()
        self.abandoned.add(order_id)
        return self.find(order_id, amount)

    def refund(self, charge: Charge) -> None:
        """Return a charge, once."""
        self._require_up()
        if charge.id not in self.refunded:
            self.refunded.append(charge.id)

    def return_at_desk(self, order_id: OrderId, minor: int) -> None:
        """Somebody returns a part of an order's charge at the processor's own desk."""
        name = self.charges[order_id].id
        self.returned_at_desk[name] = self.returned_at_desk.get(name, 0) + minor

    def fail_refund(self, order_id: OrderId) -> None:
        """A refund that was accepted does not reach the buyer."""
        self.refunded.remove(self.charges[order_id].id)

    def returned(self, order_id: OrderId) -> int:
        """How much of an order's charge has gone back."""
        charge = self.charges[order_id]
        return charge.amount.minor if charge.id in self.refunded else self.returned_at_desk.get(charge.id, 0)

    def settle(self, order_id: OrderId, state: ChargeState = ChargeState.SUCCEEDED) -> None:
        """Let a pending charge come to its end."""
        self.charges[order_id] = attrs.evolve(self.charges[order_id], state=state)

    def notice(
        self,
        order_id: OrderId,
        notice_id: str = "evt_1",
        *,
        refunded: bool = False,
        refund_failed: bool = False,
    ) -> tuple[Mapping[str, str], bytes]:
        """Headers and body of a signed notice about an order's charge as it stands."""
        charge = self.charges[order_id]
        # A refund that nobody made here was made at the desk, of the whole amount.
        amount = (self.returned(order_id) or charge.amount.minor) if refunded else charge.amount.minor
        body = {
            "id": notice_id,
            "charge": charge.id,
            "order": str(order_id),
            "amount": amount,
            "currency": charge.amount.currency,
            "state": charge.state,
            "refunded": refunded,
            "refund_failed": refund_failed,
        }
        return {SIGNATURE: _VALID}, json.dumps(body).encode()

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice | None:
        """Check and read a notice that `notice` wrote, or `NOTICE_OF_NOTHING`."""
        if headers.get(SIGNATURE) != _VALID:
            raise NoticeRefusedError("The notice carries no valid signature.")
        if body == NOTICE_OF_NOTHING:
            return None
        try:
            read = json.loads(body)
            charge = Charge(
                read["charge"],
                OrderId(UUID(read["order"])),
                Money(read["amount"], read["currency"]),
                ChargeState(read["state"]),
            )
            return PaymentNotice(read["id"], charge, read["refunded"], read["refund_failed"])
        except (KeyError, ValueError, TypeError) as error:
            raise InvalidRequestError("The notice cannot be understood.") from error

    def _require_up(self) -> None:
        if self.is_down:
            raise UnavailableError("The payment processor does not answer.")
