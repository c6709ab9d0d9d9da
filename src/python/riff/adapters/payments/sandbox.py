"""The payment processor of the local stack: real HTTP, signatures and failures, no real money.

Its notices carry `Riff-Sandbox-Signature: t=<unix seconds>,v1=<hex>`, where v1 is
HMAC-SHA-256(secret, "<t>." || body).
"""

import hmac
import http.client
import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit
from uuid import UUID

import attrs

from riff.adapters.payments.plugin import PaymentSettings
from riff.adapters.system.connections import connection_to
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

# Well within the time that the gateway gives a function, so that the caller still hears "pending" from us.
_TIMEOUT_S: Final = 5.0
# A notice that was recorded on its way is worth nothing to a thief after this.
_OLDEST_NOTICE_S: Final = 300
_SIGNATURE: Final = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")
_KINDS: Final = frozenset({"charge.succeeded", "charge.declined", "charge.refunded"})


def connect(settings: PaymentSettings, clock: Clock) -> "SandboxPayments":
    """The sandbox at the endpoint of the settings."""
    return SandboxPayments(settings, clock)


@attrs.frozen
class SandboxPayments:
    """Honours `riff.ports.payments.Payments`."""

    _settings: PaymentSettings
    _clock: Clock
    _timeout_s: float = _TIMEOUT_S

    def charge(self, order_id: OrderId, amount: Money, method: str) -> Charge:
        """Take the amount once, however often this is called for the order."""
        asked = {
            "order_id": str(order_id),
            "amount": amount.minor,
            "currency": amount.currency,
            "method": method,
            "idempotency_key": str(order_id),
        }
        status, answer = self._ask("POST", "/charges", asked)
        if status == http.client.BAD_REQUEST:
            raise UnknownPaymentMethodError(
                "The payment method is not known.", [("/payment_method", "is not known to the processor")]
            )
        return _understood(_charge, _expected(status, answer))

    def find(self, order_id: OrderId, amount: Money) -> Charge | None:  # noqa: ARG002 - the port's signature; this processor finds by name alone
        """The charge made for an order, or None."""
        return _last(self._ask("GET", f"/charges?order_id={quote(str(order_id))}"))

    def abandon(self, order_id: OrderId, amount: Money) -> Charge | None:  # noqa: ARG002 - as above
        """Have nothing taken for an order from now on."""
        return _last(self._ask("POST", "/abandonments", {"order_id": str(order_id)}))

    def refund(self, charge: Charge) -> None:
        """Return what is left of a charge once, however often this is called."""
        path = f"/charges/{quote(charge.id, safe='')}"
        left = _understood(_left, _expected(*self._ask("GET", path)))
        if left:
            asked = {"amount": left, "idempotency_key": f"refund-{charge.id}-{left}"}
            _expected(*self._ask("POST", f"{path}/refunds", asked))

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice:
        """Check and read a notice."""
        self._require_signature(headers.get("riff-sandbox-signature", ""), body)
        try:
            return _notice(json.loads(body))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InvalidRequestError("The notice cannot be understood.") from error

    def _require_signature(self, header: str, body: bytes) -> None:
        found = _SIGNATURE.fullmatch(header)
        if found is None:
            raise NoticeRefusedError("The notice carries no signature.")
        stamp, signature = found.groups()
        key = self._settings.notice_secret.encode()
        right = hmac.digest(key, f"{stamp}.".encode() + body, "sha256").hex()
        if not hmac.compare_digest(right, signature):
            raise NoticeRefusedError("The notice's signature is wrong.")
        if abs(self._clock.now().timestamp() - int(stamp)) > _OLDEST_NOTICE_S:
            raise NoticeRefusedError("The notice is too old.")

    def _ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        parts = urlsplit(self._settings.endpoint)
        connection = connection_to(self._settings.endpoint, self._timeout_s)
        headers = {"Authorization": f"Bearer {self._settings.api_key}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        try:
            connection.request(method, parts.path.rstrip("/") + path, content, headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise UnavailableError("The payment processor does not answer.") from error
        finally:
            connection.close()


def _last(answered: tuple[int, Any]) -> Charge | None:
    charges = _understood(_charges, _expected(*answered))
    return charges[-1] if charges else None


def _expected(status: int, answer: object) -> object:
    if status in (http.client.OK, http.client.CREATED):
        return answer
    if status == http.client.CONFLICT:
        # Our keys are names of orders and charges: another request under one of them cannot be ours.
        raise IntegrityFailureError("The payment processor knows another request of this name.")
    raise UnavailableError("The payment processor refuses to answer.")


def _understood[Result](read: Callable[[Any], Result], answer: object) -> Result:
    try:
        return read(answer)
    except (ValueError, KeyError, TypeError) as error:
        raise UnavailableError("The payment processor's answer cannot be understood.") from error


def _notice(document: Any) -> PaymentNotice:  # noqa: ANN401 - parsed JSON
    kind, name = document["type"], document["id"]
    if kind not in _KINDS or not isinstance(name, str):
        raise ValueError("the notice is of no known kind")
    charge = _charge(document["charge"])
    if kind == "charge.refunded":
        returned = Money(_returned(document["charge"]), charge.amount.currency)
        return PaymentNotice(name, attrs.evolve(charge, amount=returned), refunded=True)
    return PaymentNotice(name, charge, refunded=False)


def _left(document: Any) -> int:  # noqa: ANN401 - parsed JSON
    return _charge(document).amount.minor - _returned(document)


def _returned(document: Any) -> int:  # noqa: ANN401 - parsed JSON
    returned = document["refunded"]
    if type(returned) is not int:
        raise ValueError("a charge tells how much of it was returned")
    return returned


def _charges(document: Any) -> tuple[Charge, ...]:  # noqa: ANN401 - parsed JSON
    return tuple(_charge(entry) for entry in document["charges"])


def _charge(document: Any) -> Charge:  # noqa: ANN401 - parsed JSON
    if not isinstance(document["id"], str) or type(document["amount"]) is not int:
        raise ValueError("a charge has an id and an amount")
    return Charge(
        id=document["id"],
        order_id=OrderId(UUID(document["order_id"])),
        amount=Money(document["amount"], document["currency"]),
        state=ChargeState(document["status"]),
    )
