"""A payment processor in memory, told by the payment method how to behave, as the sandbox is."""

import json
from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

import attrs

from riff.domain.checkout.charge import Charge, ChargeState, PaymentNotice
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.errors import InvalidRequestError, NoticeRefusedError, UnavailableError

SIGNATURE = "fake-signature"
_VALID = "valid"


class Method(StrEnum):
    """Payment methods with the outcomes they lead to."""

    OK = "sandbox_ok"
    DECLINE = "sandbox_decline"
    PENDING = "sandbox_pending"
    TIMEOUT = "sandbox_timeout"
    """The money is taken, but the answer never comes."""
    UNREACHABLE = "sandbox_unreachable"
    """Nothing is taken, and the answer never comes."""


_STATES = {
    Method.OK: ChargeState.SUCCEEDED,
    Method.DECLINE: ChargeState.DECLINED,
    Method.PENDING: ChargeState.PENDING,
    Method.TIMEOUT: ChargeState.SUCCEEDED,
}


class FakePayments:
    """Honours `riff.ports.payments.Payments`.

    Attributes:
        charges: one per order at most, however often `charge` was called.
        charge_calls: how often it was called.
        refunded: names of the charges returned, each once.
        is_down: while true, every call raises `UnavailableError` and does nothing.
    """

    def __init__(self) -> None:
        self.charges: dict[OrderId, Charge] = {}
        self.charge_calls = 0
        self.refunded: list[str] = []
        self.is_down = False

    def charge(self, order_id: OrderId, amount: Money, method: str) -> Charge:
        """Take the amount, as the method tells."""
        self.charge_calls += 1
        self._require_up()
        if method not in set(Method):
            raise InvalidRequestError("There is no such payment method.", [("/payment_method", "unknown")])
        if method == Method.UNREACHABLE:
            raise UnavailableError("The payment processor does not answer.")
        made = Charge(f"ch_{order_id.hex}", order_id, amount, _STATES[Method(method)])
        stored = self.charges.setdefault(order_id, made)
        if method == Method.TIMEOUT and stored is made:
            raise UnavailableError("The payment processor does not answer; the outcome is unknown.")
        return stored

    def find(self, order_id: OrderId) -> Charge | None:
        """The charge of an order."""
        self._require_up()
        return self.charges.get(order_id)

    def refund(self, charge: Charge) -> None:
        """Return a charge, once."""
        self._require_up()
        if charge.id not in self.refunded:
            self.refunded.append(charge.id)

    def settle(self, order_id: OrderId, state: ChargeState = ChargeState.SUCCEEDED) -> None:
        """Let a pending charge come to its end."""
        self.charges[order_id] = attrs.evolve(self.charges[order_id], state=state)

    def notice(
        self, order_id: OrderId, notice_id: str = "evt_1", *, refunded: bool = False
    ) -> tuple[Mapping[str, str], bytes]:
        """Headers and body of a signed notice about an order's charge as it stands."""
        charge = self.charges[order_id]
        body = {
            "id": notice_id,
            "charge": charge.id,
            "order": str(order_id),
            "amount": charge.amount.minor,
            "currency": charge.amount.currency,
            "state": charge.state,
            "refunded": refunded,
        }
        return {SIGNATURE: _VALID}, json.dumps(body).encode()

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice:
        """Check and read a notice that `notice` wrote."""
        if headers.get(SIGNATURE) != _VALID:
            raise NoticeRefusedError("The notice carries no valid signature.")
        try:
            read = json.loads(body)
            charge = Charge(
                read["charge"],
                OrderId(UUID(read["order"])),
                Money(read["amount"], read["currency"]),
                ChargeState(read["state"]),
            )
            return PaymentNotice(read["id"], charge, refunded=read["refunded"])
        except (KeyError, ValueError, TypeError) as error:
            raise InvalidRequestError("The notice cannot be understood.") from error

    def _require_up(self) -> None:
        if self.is_down:
            raise UnavailableError("The payment processor does not answer.")
