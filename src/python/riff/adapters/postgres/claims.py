"""Claims to prizes, who made them, and how they were paid."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.draws.claim import Claim, Claimant, Payout
from riff.domain.identifiers import ClaimId, OrderId, RaffleId
from riff.domain.money import Money
from riff.errors import NotFoundError
from riff_critical.lifecycle import ClaimState

_OPEN: Final = """
    INSERT INTO claim (id, raffle_id, draw, place, prize_id, amount_minor, currency, slot, order_id, state,
        opened_at, expires_at)
    VALUES (%(id)s, %(raffle_id)s, %(draw)s, %(place)s, %(prize_id)s, %(amount_minor)s, %(currency)s,
        %(slot)s, %(order_id)s, %(state)s, %(opened_at)s, %(expires_at)s)
"""

_LOCK: Final = """
    SELECT id, raffle_id, draw, place, prize_id, amount_minor, currency, slot, order_id, state, opened_at,
        expires_at
    FROM claim WHERE id = %(id)s FOR NO KEY UPDATE
"""

# Rows are locked in one order, so that of two callers neither waits for the other's second row.
_LOCK_OF_ORDER: Final = """
    SELECT id, raffle_id, draw, place, prize_id, amount_minor, currency, slot, order_id, state, opened_at,
        expires_at
    FROM claim WHERE order_id = %(order_id)s ORDER BY draw, place FOR NO KEY UPDATE
"""

_LOCK_DUE: Final = """
    SELECT id, raffle_id, draw, place, prize_id, amount_minor, currency, slot, order_id, state, opened_at,
        expires_at
    FROM claim WHERE raffle_id = %(raffle_id)s AND state = 'open' AND expires_at <= %(at)s
    ORDER BY draw, place FOR NO KEY UPDATE
"""

_LOCK_OF_PLACE: Final = """
    SELECT id, raffle_id, draw, place, prize_id, amount_minor, currency, slot, order_id, state, opened_at,
        expires_at
    FROM claim WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND place = %(place)s FOR NO KEY UPDATE
"""

_OF_RAFFLE: Final = """
    SELECT id, raffle_id, draw, place, prize_id, amount_minor, currency, slot, order_id, state, opened_at,
        expires_at
    FROM claim WHERE raffle_id = %(raffle_id)s ORDER BY draw, place
"""

_UPDATE: Final = """
    UPDATE claim SET state = %(state)s WHERE id = %(id)s
"""

_HAND_ON: Final = """
    UPDATE claim
    SET slot = %(slot)s, order_id = %(order_id)s, state = %(state)s, opened_at = %(opened_at)s,
        expires_at = %(expires_at)s
    WHERE id = %(id)s
"""

_IDENTIFY: Final = """
    INSERT INTO claimant (claim_id, name, document, document_number, evidence, identified_by, identified_at)
    VALUES (%(claim_id)s, %(name)s, %(document)s, %(document_number)s, %(evidence)s, %(by)s, %(at)s)
"""

_PAY: Final = """
    INSERT INTO claim_payout (claim_id, method, reference, paid_by, paid_at)
    VALUES (%(claim_id)s, %(method)s, %(reference)s, %(by)s, %(at)s)
"""


@attrs.frozen
class PostgresClaimStore:
    """Honours `riff.ports.claims.ClaimStore`."""

    _database: Database

    def open(self, claims: Sequence[Claim]) -> None:
        """Store new claims.

        Raises:
            IntegrityFailureError: there is a claim for that place of that draw already.
        """
        for claim in claims:
            self._database.run(
                _OPEN,
                {
                    "id": claim.id,
                    "raffle_id": claim.raffle_id,
                    "draw": claim.draw,
                    "place": claim.place,
                    "prize_id": claim.prize_id,
                    "amount_minor": claim.amount.minor,
                    "currency": claim.amount.currency,
                    "slot": claim.slot,
                    "order_id": claim.order_id,
                    "state": claim.state.value,
                    "opened_at": claim.opened_at,
                    "expires_at": claim.expires_at,
                },
            )

    def lock(self, claim_id: ClaimId) -> Claim:
        """A claim that nobody else changes until the transaction ends.

        Raises:
            NotFoundError: there is none of that name.
        """
        row = self._database.row(_LOCK, {"id": claim_id})
        if row is None:
            raise NotFoundError("There is no such claim.")
        return _claim(row)

    def lock_of_order(self, order_id: OrderId) -> tuple[Claim, ...]:
        """The claims of an order, by draw and place; nobody else changes them until the transaction ends."""
        return tuple(map(_claim, self._database.rows(_LOCK_OF_ORDER, {"order_id": order_id})))

    def lock_due(self, raffle_id: RaffleId, at: datetime) -> tuple[Claim, ...]:
        """Open claims of a raffle whose period has ended, locked until the transaction ends."""
        return tuple(map(_claim, self._database.rows(_LOCK_DUE, {"raffle_id": raffle_id, "at": at})))

    def of_raffle(self, raffle_id: RaffleId) -> tuple[Claim, ...]:
        """All claims of a raffle, by draw and place."""
        return tuple(map(_claim, self._database.rows(_OF_RAFFLE, {"raffle_id": raffle_id})))

    def lock_of_place(self, raffle_id: RaffleId, draw: int, place: int) -> Claim | None:
        """The claim of a place of a draw, locked until the transaction ends, or None before there is one."""
        row = self._database.row(_LOCK_OF_PLACE, {"raffle_id": raffle_id, "draw": draw, "place": place})
        return None if row is None else _claim(row)

    def pass_on(self, claim: Claim) -> None:
        """Store who holds a claim that this transaction has locked, and when it may be made."""
        self._database.run(
            _HAND_ON,
            {
                "id": claim.id,
                "slot": claim.slot,
                "order_id": claim.order_id,
                "state": claim.state.value,
                "opened_at": claim.opened_at,
                "expires_at": claim.expires_at,
            },
        )

    def update(self, claim: Claim) -> None:
        """Store the state of a claim that this transaction has locked."""
        self._database.run(_UPDATE, {"id": claim.id, "state": claim.state.value})

    def identify(self, claim_id: ClaimId, claimant: Claimant, by: str, at: datetime) -> None:
        """Store who made a claim; once per claim."""
        self._database.run(
            _IDENTIFY,
            {
                "claim_id": claim_id,
                "name": claimant.name,
                "document": claimant.document.value,
                "document_number": claimant.document_number,
                "evidence": claimant.evidence,
                "by": by,
                "at": at,
            },
        )

    def pay(self, claim_id: ClaimId, payout: Payout, by: str, at: datetime) -> None:
        """Store how a prize was handed over; once per claim."""
        self._database.run(
            _PAY,
            {
                "claim_id": claim_id,
                "method": payout.method.value,
                "reference": payout.reference,
                "by": by,
                "at": at,
            },
        )


def _claim(row: DictRow) -> Claim:
    return Claim(
        id=row["id"],
        raffle_id=row["raffle_id"],
        draw=row["draw"],
        place=row["place"],
        prize_id=row["prize_id"],
        amount=Money(row["amount_minor"], row["currency"]),
        slot=row["slot"],
        order_id=row["order_id"],
        state=ClaimState(row["state"]),
        opened_at=row["opened_at"],
        expires_at=row["expires_at"],
    )
