"""An online order from its opening to its settled payment."""

from datetime import datetime
from enum import StrEnum

import attrs
from attrs.validators import max_len, min_len, optional

from riff.domain.identifiers import OrderId, PackageId, RaffleId
from riff.domain.instants import aware_utc
from riff.domain.money import Money
from riff.errors import KeyReusedError
from riff_critical.lifecycle import OrderState


@attrs.frozen
class RequestKey:
    """What makes a repeated command recognisable.

    Attributes:
        scope: the operation and the actor, so that nobody meets a stranger's key.
        key: chosen by the caller.
        digest: SHA-256 of the request; the same key with another digest is refused.
    """

    scope: str
    key: str
    digest: bytes

    def require_same(self, digest: bytes) -> None:
        """Refuse the repetition of another request, of that digest, under this one's key.

        Raises:
            KeyReusedError: it is not this request.
        """
        if digest != self.digest:
            raise KeyReusedError("The idempotency key was used with another request.")


@attrs.frozen
class Buyer:
    """Whom the ticket is sent to."""

    name: str = attrs.field(repr=False, validator=[min_len(1), max_len(120)])
    email: str = attrs.field(repr=False, validator=[min_len(3), max_len(254)])


class Failure(StrEnum):
    """Why an online order failed."""

    DECLINED = "payment-declined"
    METHOD_UNKNOWN = "payment-method-unknown"


class RefundState(StrEnum):
    """Where money that is owed back stands."""

    NONE = "none"
    DUE = "due"
    DONE = "done"


@attrs.frozen
class Checkout:
    """An online order, whose numbers exist once it is paid.

    Attributes:
        id: the order's permanent name.
        raffle_id: the raffle.
        package_id: what is bought.
        numbers: how many draw numbers that is.
        price: the package's price when the order was opened.
        buyer: whom the ticket is sent to.
        request: recognises the buyer's retries.
        state: pending, paid, failed, expired, voided or refunded.
        opened_at: when the order was opened.
        expires_at: from this instant a payment is refunded instead of being turned into numbers.
        charge_id: the payment processor's name for the payment, once known.
        refund: whether money is owed back.
        concluded_at: when the state stopped being pending.
        reserved: whether it holds a part of a stock or cap: it waits for its numbers, or has them.
        buyer_key: recognises the buyer's other orders, where rules limit what one buyer may buy; else None.
    """

    id: OrderId
    raffle_id: RaffleId
    package_id: PackageId
    numbers: int
    price: Money
    buyer: Buyer
    request: RequestKey
    state: OrderState
    opened_at: datetime = attrs.field(validator=aware_utc)
    expires_at: datetime = attrs.field(validator=aware_utc)
    charge_id: str | None = None
    refund: RefundState = RefundState.NONE
    concluded_at: datetime | None = attrs.field(default=None, validator=optional(aware_utc))

    @property
    def failure(self) -> Failure | None:
        """Why the order failed; None unless it did.  A decline is a charge that the processor knows."""
        if self.state is not OrderState.FAILED:
            return None
        return Failure.METHOD_UNKNOWN if self.charge_id is None else Failure.DECLINED

    reserved: bool = False
    buyer_key: bytes | None = attrs.field(default=None, repr=False)
