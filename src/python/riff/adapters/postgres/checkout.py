"""Online orders, and the payment notices that were acted upon."""

from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.checkout.charge import AdmittedNotice
from riff.domain.checkout.checkout import Buyer, Checkout, RefundState, RequestKey
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.domain.raffles.purchase_limit import Purchase
from riff.errors import KeyReusedError, NotFoundError
from riff_critical.lifecycle import OrderState

# A second opening under the same key waits for the first one's transaction and inserts nothing.
_OPEN: Final = """
    INSERT INTO checkout (id, raffle_id, package_id, numbers, price_minor, currency, buyer_name, buyer_email,
        request_scope, request_key, request_digest, state, opened_at, expires_at, charge_id, refund,
        concluded_at, reserved, buyer_key)
    VALUES (%(id)s, %(raffle_id)s, %(package_id)s, %(numbers)s, %(price_minor)s, %(currency)s, %(buyer_name)s,
        %(buyer_email)s, %(request_scope)s, %(request_key)s, %(request_digest)s, %(state)s, %(opened_at)s,
        %(expires_at)s, %(charge_id)s, %(refund)s, %(concluded_at)s, %(reserved)s,
        %(buyer_key)s)
    ON CONFLICT (request_scope, request_key) DO NOTHING
"""

_OPENED_BY: Final = """
    SELECT id, raffle_id, package_id, numbers, price_minor, currency, buyer_name, buyer_email, request_scope,
        request_key, request_digest, state, opened_at, expires_at, charge_id, refund, concluded_at,
        reserved, buyer_key
    FROM checkout WHERE request_scope = %(scope)s AND request_key = %(key)s
"""

_GET: Final = """
    SELECT id, raffle_id, package_id, numbers, price_minor, currency, buyer_name, buyer_email, request_scope,
        request_key, request_digest, state, opened_at, expires_at, charge_id, refund, concluded_at,
        reserved, buyer_key
    FROM checkout WHERE id = %(id)s
"""

_LOCK: Final = """
    SELECT id, raffle_id, package_id, numbers, price_minor, currency, buyer_name, buyer_email, request_scope,
        request_key, request_digest, state, opened_at, expires_at, charge_id, refund, concluded_at,
        reserved, buyer_key
    FROM checkout WHERE id = %(id)s FOR NO KEY UPDATE
"""

_UPDATE: Final = """
    UPDATE checkout
    SET state = %(state)s, charge_id = %(charge_id)s, refund = %(refund)s, concluded_at = %(concluded_at)s,
        reserved = %(reserved)s
    WHERE id = %(id)s
"""

# Held until the transaction ends.  A second statement reads: the snapshot of this one is older.
_LOCK_BUYER: Final = """
    SELECT pg_advisory_xact_lock(hashtextextended(%(raffle_id)s::text || encode(%(buyer_key)s, 'hex'), 3))
"""

_PURCHASES: Final = """
    SELECT opened_at, numbers, price_minor FROM checkout
    WHERE raffle_id = %(raffle_id)s AND buyer_key = %(buyer_key)s AND id <> %(id)s
        AND state IN ('pending', 'paid')
"""

_ADMIT_NOTICE: Final = """
    INSERT INTO payment_notice (notice_id, order_id, told, admitted_at)
    VALUES (%(notice_id)s, %(order_id)s, %(told)s, %(admitted_at)s)
    ON CONFLICT (notice_id) DO NOTHING
"""

_NOTICES: Final = """
    SELECT notice_id, order_id, told, admitted_at FROM payment_notice WHERE order_id = %(order_id)s
    ORDER BY admitted_at, notice_id
"""


@attrs.frozen
class PostgresCheckoutStore:
    """Honours `riff.ports.checkouts.CheckoutStore`."""

    _database: Database

    def open(self, checkout: Checkout) -> Checkout:
        """Store a new online order, or return the one that the same request opened before.

        Raises:
            KeyReusedError: the key opened an order with another request.
        """
        opened = self._database.run(
            _OPEN,
            {
                "id": checkout.id,
                "raffle_id": checkout.raffle_id,
                "package_id": checkout.package_id,
                "numbers": checkout.numbers,
                "price_minor": checkout.price.minor,
                "currency": checkout.price.currency,
                "buyer_name": checkout.buyer.name,
                "buyer_email": checkout.buyer.email,
                "request_scope": checkout.request.scope,
                "request_key": checkout.request.key,
                "request_digest": checkout.request.digest,
                "state": checkout.state.value,
                "opened_at": checkout.opened_at,
                "expires_at": checkout.expires_at,
                "charge_id": checkout.charge_id,
                "refund": checkout.refund.value,
                "concluded_at": checkout.concluded_at,
                "reserved": checkout.reserved,
                "buyer_key": checkout.buyer_key,
            },
        )
        return checkout if opened == 1 else self.opened_by(checkout.request) or checkout

    def opened_by(self, request: RequestKey) -> Checkout | None:
        """The online order that this request opened before, or None.

        Raises:
            KeyReusedError: the key opened an order with another request.
        """
        row = self._database.row(_OPENED_BY, {"scope": request.scope, "key": request.key})
        if row is None:
            return None
        if row["request_digest"] != request.digest:
            raise KeyReusedError("The idempotency key opened an order with another request.")
        return _checkout(row)

    def get(self, order_id: OrderId) -> Checkout:
        """An online order.

        Raises:
            NotFoundError: there is none of that name.
        """
        return _found(self._database.row(_GET, {"id": order_id}))

    def lock(self, order_id: OrderId) -> Checkout:
        """An online order that nobody else changes until the transaction ends.

        Raises:
            NotFoundError: there is none of that name.
        """
        return _found(self._database.row(_LOCK, {"id": order_id}))

    def update(self, checkout: Checkout) -> None:
        """Store state, charge, refund and conclusion of an online order that this transaction has locked."""
        self._database.run(
            _UPDATE,
            {
                "id": checkout.id,
                "state": checkout.state.value,
                "charge_id": checkout.charge_id,
                "refund": checkout.refund.value,
                "concluded_at": checkout.concluded_at,
                "reserved": checkout.reserved,
            },
        )

    def purchases_beside(self, checkout: Checkout) -> tuple[Purchase, ...]:
        """The other orders under the buyer's key that count; another purchase under it waits for this one."""
        buyer = {"raffle_id": checkout.raffle_id, "buyer_key": checkout.buyer_key}
        self._database.run(_LOCK_BUYER, buyer)
        return tuple(
            Purchase(min(row["opened_at"], checkout.opened_at), row["numbers"], row["price_minor"])
            for row in self._database.rows(_PURCHASES, {**buyer, "id": checkout.id})
        )

    def admit_notice(self, notice: AdmittedNotice) -> bool:
        """Remember a notice; False when one of that name was remembered before."""
        admitted = self._database.run(
            _ADMIT_NOTICE,
            {
                "notice_id": notice.id,
                "order_id": notice.order_id,
                "told": notice.told,
                "admitted_at": notice.admitted_at,
            },
        )
        return admitted == 1

    def notices(self, order_id: OrderId) -> tuple[AdmittedNotice, ...]:
        """The notices about an order that were acted upon, oldest first."""
        rows = self._database.rows(_NOTICES, {"order_id": order_id})
        return tuple(
            AdmittedNotice(row["notice_id"], row["order_id"], row["told"], row["admitted_at"]) for row in rows
        )


def _found(row: DictRow | None) -> Checkout:
    if row is None:
        raise NotFoundError("There is no such order.")
    return _checkout(row)


def _checkout(row: DictRow) -> Checkout:
    return Checkout(
        id=row["id"],
        raffle_id=row["raffle_id"],
        package_id=row["package_id"],
        numbers=row["numbers"],
        price=Money(row["price_minor"], row["currency"]),
        buyer=Buyer(row["buyer_name"], row["buyer_email"]),
        request=RequestKey(row["request_scope"], row["request_key"], row["request_digest"]),
        state=OrderState(row["state"]),
        opened_at=row["opened_at"],
        expires_at=row["expires_at"],
        charge_id=row["charge_id"],
        refund=RefundState(row["refund"]),
        concluded_at=row["concluded_at"],
        reserved=row["reserved"],
        buyer_key=row["buyer_key"],
    )
