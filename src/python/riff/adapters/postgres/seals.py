"""What is fixed before a draw: plan, manifest, commitments, seal; and the orders that take part."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

import attrs

from riff.adapters.postgres.connection import Database
from riff.adapters.postgres.orders import sold_order
from riff.domain.draws.plan import DrawPlan
from riff.domain.draws.records import CommittedSeed
from riff.domain.identifiers import RaffleId
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import NotFoundError
from riff_critical.draw import Commitment, ContributionCommitment, Manifest, Range, Seal

_FETCHED: Final = 10_000

_PLAN: Final = """
    SELECT early_bird_until, attempts, seal_within_s, contributors FROM draw_plan
    WHERE raffle_id = %(raffle_id)s ORDER BY revision DESC LIMIT 1
"""

# The transaction has locked the raffle, so that nobody else takes the same revision.
_SET_PLAN: Final = """
    INSERT INTO draw_plan (raffle_id, revision, early_bird_until, attempts, seal_within_s, contributors)
    SELECT %(raffle_id)s, coalesce(max(revision), 0) + 1, %(early_bird_until)s, %(attempts)s,
        %(seal_within_s)s, %(contributors)s::text[]
    FROM draw_plan WHERE raffle_id = %(raffle_id)s
"""

_COMMIT: Final = """
    INSERT INTO draw_manifest (raffle_id, manifest) VALUES (%(raffle_id)s, %(manifest)s)
"""

_ADD_SEED: Final = """
    INSERT INTO draw_seed (raffle_id, draw, attempt, commitment, ciphertext)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(commitment)s, %(ciphertext)s)
"""

_MANIFEST: Final = """
    SELECT manifest FROM draw_manifest WHERE raffle_id = %(raffle_id)s
"""

_COMMITMENTS: Final = """
    SELECT draw, attempt, commitment FROM draw_seed WHERE raffle_id = %(raffle_id)s ORDER BY draw, attempt
"""

# Without a start there is no row: a seed that no draw has been started for is not even read.
_SEALED_SEED: Final = """
    SELECT ciphertext FROM draw_seed JOIN draw_start USING (raffle_id, draw, attempt)
    WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND attempt = %(attempt)s
"""

_COMMIT_CONTRIBUTION: Final = """
    INSERT INTO draw_contribution_commitment (
        raffle_id, draw, attempt, party, value, committed_by, committed_at)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(party)s, %(value)s, %(committed_by)s, %(committed_at)s)
    ON CONFLICT (raffle_id, draw, attempt, party) DO NOTHING
"""

_CONTRIBUTION_COMMITMENTS: Final = """
    SELECT party, draw, attempt, value FROM draw_contribution_commitment
    WHERE raffle_id = %(raffle_id)s ORDER BY draw, attempt, party
"""

# Blocks do not overlap, so that ordering by block and then within it is ordering by slot; every part of it is
# an index, and nothing is sorted.
_VALID_RUNS: Final = """
    SELECT part.first_slot, part.end_slot
    FROM (SELECT number FROM block WHERE raffle_id = %(raffle_id)s ORDER BY first_slot) AS leased
        CROSS JOIN LATERAL (
            SELECT sold_order.first_slot, sold_order.end_slot
            FROM sold_order LEFT JOIN order_void ON order_void.order_id = sold_order.id
            WHERE sold_order.block_number = leased.number AND order_void.order_id IS NULL
                AND (%(sold_before)s::timestamptz IS NULL OR sold_at < %(sold_before)s)
            ORDER BY sold_order.first_slot
        ) AS part
"""

_ADD_SEAL: Final = """
    INSERT INTO draw_seal (raffle_id, seal) VALUES (%(raffle_id)s, %(seal)s)
"""

_SEAL: Final = """
    SELECT seal FROM draw_seal WHERE raffle_id = %(raffle_id)s
"""

_SEALED: Final = """
    SELECT manifest, seal FROM draw_seal JOIN draw_manifest USING (raffle_id) WHERE raffle_id = %(raffle_id)s
"""

_VALID_ORDERS: Final = """
    SELECT sold_order.id, block.raffle_id, block.id AS block_id, block.tag, block.channel,
        sold_order.first_slot - block.first_slot AS ordinal,
        sold_order.first_slot, sold_order.end_slot, package_id, price_minor, raffle.currency, seller, sold_at
    FROM block
        JOIN raffle ON raffle.id = block.raffle_id
        JOIN sold_order ON sold_order.block_number = block.number
        LEFT JOIN order_void ON order_void.order_id = sold_order.id
    WHERE block.raffle_id = %(raffle_id)s AND block.end_slot > %(from_slot)s
        AND sold_order.end_slot > %(from_slot)s AND order_void.order_id IS NULL
        AND (%(sold_before)s::timestamptz IS NULL OR sold_at < %(sold_before)s)
    ORDER BY block.first_slot, sold_order.first_slot
    LIMIT %(limit)s
"""


@attrs.frozen
class PostgresSealStore:
    """Honours `riff.ports.draws.SealStore`."""

    _database: Database

    def plan(self, raffle_id: RaffleId) -> DrawPlan:
        """The plan that was set last, or the default one."""
        row = self._database.row(_PLAN, {"raffle_id": raffle_id})
        if row is None:
            return DrawPlan()
        return DrawPlan(
            early_bird_until=row["early_bird_until"],
            attempts=row["attempts"],
            seal_within_s=row["seal_within_s"],
            contributors=tuple(row["contributors"]),
        )

    def set_plan(self, raffle_id: RaffleId, plan: DrawPlan) -> None:
        """Let a plan count; earlier revisions stay on record."""
        self._database.run(
            _SET_PLAN,
            {
                "raffle_id": raffle_id,
                "early_bird_until": plan.early_bird_until,
                "attempts": plan.attempts,
                "seal_within_s": plan.seal_within_s,
                "contributors": list(plan.contributors),
            },
        )

    def commit(self, raffle_id: RaffleId, manifest: Manifest, seeds: Sequence[CommittedSeed]) -> None:
        """Fix M and a seed for every attempt; once per raffle."""
        self._database.run(_COMMIT, {"raffle_id": raffle_id, "manifest": manifest.to_bytes().decode()})
        for seed in seeds:
            self._database.run(
                _ADD_SEED,
                {
                    "raffle_id": raffle_id,
                    "draw": seed.commitment.draw,
                    "attempt": seed.commitment.attempt,
                    "commitment": seed.commitment.value,
                    "ciphertext": seed.ciphertext,
                },
            )

    def manifest(self, raffle_id: RaffleId) -> Manifest | None:
        """M, or None before activation."""
        row = self._database.row(_MANIFEST, {"raffle_id": raffle_id})
        return None if row is None else _manifest(row["manifest"])

    def commitments(self, raffle_id: RaffleId) -> tuple[Commitment, ...]:
        """The commitments, in the order of draws and attempts."""
        rows = self._database.rows(_COMMITMENTS, {"raffle_id": raffle_id})
        return tuple(Commitment(row["draw"], row["attempt"], row["commitment"]) for row in rows)

    def sealed_seed(self, raffle_id: RaffleId, draw: int, attempt: int) -> bytes:
        """The encrypted seed of an attempt whose start is on record.

        Raises:
            NotFoundError: there is no such attempt, or it was not started.
        """
        row = self._database.row(_SEALED_SEED, {"raffle_id": raffle_id, "draw": draw, "attempt": attempt})
        if row is None:
            raise NotFoundError("There is no such attempt, or it was not started.")
        ciphertext: bytes = row["ciphertext"]
        return ciphertext

    def commit_contribution(
        self, raffle_id: RaffleId, commitment: ContributionCommitment, by: str, at: datetime
    ) -> bool:
        """Store a party's commitment; False when the party is committed to something for this attempt."""
        stored = self._database.run(
            _COMMIT_CONTRIBUTION,
            {
                "raffle_id": raffle_id,
                "draw": commitment.draw,
                "attempt": commitment.attempt,
                "party": commitment.party,
                "value": commitment.value,
                "committed_by": by,
                "committed_at": at,
            },
        )
        return stored == 1

    def contribution_commitments(self, raffle_id: RaffleId) -> tuple[ContributionCommitment, ...]:
        """All of them, by draw, attempt and party."""
        rows = self._database.rows(_CONTRIBUTION_COMMITMENTS, {"raffle_id": raffle_id})
        return tuple(
            ContributionCommitment(row["party"], row["draw"], row["attempt"], row["value"]) for row in rows
        )

    def valid_runs(self, raffle_id: RaffleId, sold_before: datetime | None) -> Iterator[Range]:
        """First slot and count of every order that is not void, ascending, read as it is asked for."""
        wanted = {"raffle_id": raffle_id, "sold_before": sold_before}
        for rows in self._database.stream(_VALID_RUNS, wanted, _FETCHED):
            for row in rows:
                yield row["first_slot"], row["end_slot"] - row["first_slot"]

    def add_seal(self, raffle_id: RaffleId, seal: Seal) -> None:
        """Store S; once per raffle."""
        self._database.run(_ADD_SEAL, {"raffle_id": raffle_id, "seal": seal.to_bytes().decode()})

    def seal(self, raffle_id: RaffleId) -> Seal | None:
        """S, or None before it is made."""
        row = self._database.row(_SEAL, {"raffle_id": raffle_id})
        return None if row is None else _seal(row["seal"])

    def sealed(self, raffle_id: RaffleId) -> tuple[Manifest, Seal] | None:
        """M and S together, or None before S is made."""
        row = self._database.row(_SEALED, {"raffle_id": raffle_id})
        return None if row is None else (_manifest(row["manifest"]), _seal(row["seal"]))

    def valid_orders(
        self, raffle_id: RaffleId, from_slot: int, limit: int, sold_before: datetime | None
    ) -> tuple[SoldOrder, ...]:
        """Orders that are not void and end after a slot, ascending, of those sold before an instant."""
        wanted = {
            "raffle_id": raffle_id,
            "from_slot": from_slot,
            "limit": limit,
            "sold_before": sold_before,
        }
        return tuple(map(sold_order, self._database.rows(_VALID_ORDERS, wanted)))


# Whoever shows tickets reads the same few documents again and again, and they never change.
@lru_cache(maxsize=8)
def _manifest(text: str) -> Manifest:
    return Manifest.from_bytes(text.encode())


@lru_cache(maxsize=8)
def _seal(text: str) -> Seal:
    return Seal.from_bytes(text.encode())
