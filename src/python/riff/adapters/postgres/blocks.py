"""Blocks and their leases: which process sells which slots.

Locks are taken in one order everywhere: raffle, channel ranges, block (docs/algorithms/locking.md).  Leasing
holds the raffle FOR SHARE, so that leases of one raffle do not wait for each other and `RaffleStore.lock`
waits for all of them.
"""

from datetime import datetime
from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.audit import stream_head
from riff.adapters.postgres.connection import Database
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.sales.leased_block import LeasedBlock, LeaseRequest
from riff.domain.sales.sold_order import SalesSubtotal
from riff.errors import NotFoundError, RangeExhaustedError, SalesClosedError
from riff_critical.selling import Block, Channel, Range, Subtotal, lease

# The tag is the first part of a validation number: 15 bits.
HIGHEST_TAG: Final = 32_767

_RAFFLE: Final = """
    SELECT ordinal, state, closes_at FROM raffle WHERE id = %(raffle_id)s FOR SHARE
"""

# A holder's own block comes first: it is what the holder had before it lost its copy.  SKIP LOCKED: a block
# that is being sold from, or taken over, is no candidate.  A sales unit may have sold, out of our sight, from
# a block whose lease has ended: only what a unit gave back is taken over.
#
# `room` bounds `unsold`, so that an index of blocks with `room > 0` finds the few that may do.  Those that
# turn out not to, and that nobody sells from, are looked at once: the same statement brings their bound down.
_TAKE_OVER: Final = """
    WITH spent AS (
        SELECT block_id FROM block_sales
        WHERE raffle_id = %(raffle_id)s AND channel = %(channel)s AND room > 0 AND room >= %(count)s
            AND unsold < %(count)s AND (holder = %(holder)s OR lease_expires_at <= %(at)s)
        FOR NO KEY UPDATE SKIP LOCKED
    ), bounded AS (
        UPDATE block_sales SET room = unsold FROM spent WHERE block_sales.block_id = spent.block_id
    ), free AS (
        SELECT block_id FROM block_sales
        WHERE raffle_id = %(raffle_id)s AND channel = %(channel)s AND open AND room > 0
            AND room >= %(count)s AND unsold >= %(count)s
            AND (holder = %(holder)s
                OR (lease_expires_at <= %(at)s AND (channel <> 'sales_unit' OR holder IS NULL)))
        ORDER BY holder = %(holder)s DESC NULLS LAST, first_slot
        LIMIT 1
        FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE block_sales SET holder = %(holder)s, lease_expires_at = %(expires_at)s
    FROM free JOIN block ON block.id = free.block_id
    WHERE block_sales.block_id = free.block_id
    RETURNING block.id, block.raffle_id, block.channel, tag, block.first_slot, block.end_slot, unsold,
        holder, lease_expires_at, sell_until
"""

# All ranges of the raffle, in one order: tags are numbered across them.
_RANGES: Final = """
    SELECT channel, first_slot, end_slot, next_slot, blocks FROM channel_range
    WHERE raffle_id = %(raffle_id)s
    ORDER BY channel
    FOR NO KEY UPDATE
"""

_MOVE_RANGE: Final = """
    UPDATE channel_range SET next_slot = %(next_slot)s, blocks = blocks + 1
    WHERE raffle_id = %(raffle_id)s AND channel = %(channel)s
"""

_CUT: Final = """
    WITH cut AS (
        INSERT INTO block (id, raffle_id, raffle_ordinal, tag, channel, range_first, range_end, first_slot,
            end_slot)
        VALUES (%(id)s, %(raffle_id)s, %(raffle_ordinal)s, %(tag)s, %(channel)s, %(range_first)s,
            %(range_end)s, %(first_slot)s, %(end_slot)s)
        RETURNING id, number, raffle_id, channel, first_slot, end_slot
    )
    INSERT INTO block_sales (block_id, block_number, raffle_id, channel, first_slot, end_slot, unsold, room,
        holder, lease_expires_at, sell_until)
    SELECT id, number, raffle_id, channel, first_slot, end_slot, end_slot - first_slot,
        end_slot - first_slot, %(holder)s::text, %(expires_at)s, %(sell_until)s
    FROM cut
    RETURNING block_id AS id, raffle_id, channel, %(tag)s AS tag, first_slot, end_slot, unsold, holder,
        lease_expires_at, sell_until
"""

# The raffle is locked before the block, as everywhere: a close that holds the raffle would else wait for the
# block while this waits for the raffle.
_RELEASE: Final = """
    UPDATE block_sales SET holder = NULL, lease_expires_at = %(at)s, room = unsold
    FROM (SELECT id FROM raffle WHERE id = %(raffle_id)s FOR SHARE) AS held
    WHERE block_id = %(id)s AND raffle_id = held.id AND holder = %(holder)s
"""

_RELEASE_ALL: Final = """
    UPDATE block_sales SET holder = NULL, lease_expires_at = %(at)s, room = unsold
    FROM (SELECT id FROM raffle WHERE id = %(raffle_id)s FOR SHARE) AS held
    WHERE raffle_id = held.id AND holder = %(holder)s
"""

_HELD: Final = """
    SELECT block.id, block.raffle_id, block.channel, tag, block.first_slot, block.end_slot, unsold, holder,
        lease_expires_at, sell_until
    FROM block_sales JOIN block ON block.id = block_id
    WHERE block_sales.raffle_id = %(raffle_id)s AND holder = %(holder)s AND open AND room >= %(count)s
        AND unsold >= %(count)s AND lease_expires_at > %(at)s
    ORDER BY block.first_slot
    LIMIT 1
"""

_HOLDINGS: Final = """
    SELECT block.id, block.raffle_id, block.channel, tag, block.first_slot, block.end_slot, unsold, holder,
        lease_expires_at, sell_until
    FROM block_sales JOIN block ON block.id = block_id
    WHERE block_sales.raffle_id = %(raffle_id)s AND holder = %(holder)s
    ORDER BY block.first_slot
"""

_STOP: Final = """
    UPDATE block_sales SET open = false WHERE raffle_id = %(raffle_id)s AND open
"""

_PAUSE: Final = """
    UPDATE block_sales SET open = false, paused = true WHERE raffle_id = %(raffle_id)s AND open
"""

_UNPAUSE: Final = """
    UPDATE block_sales SET open = true, paused = false WHERE raffle_id = %(raffle_id)s AND paused
"""

# Leases of the online channel are short and taken again; a unit that sells offline must not have to ask.
_EXTEND: Final = """
    UPDATE block_sales
    SET sell_until = %(closes_at)s,
        lease_expires_at = CASE
            WHEN channel <> 'online' AND lease_expires_at >= %(closed_at)s AND holder IS NOT NULL
                THEN greatest(lease_expires_at, %(closes_at)s)
            ELSE lease_expires_at END
    WHERE raffle_id = %(raffle_id)s
"""

_SUBTOTAL: Final = """
    SELECT coalesce(sum(valid_orders), 0)::bigint AS valid_orders,
        coalesce(sum(voided_orders), 0)::bigint AS voided_orders,
        coalesce(sum(valid_numbers), 0)::bigint AS valid_numbers,
        coalesce(sum(voided_numbers), 0)::bigint AS voided_numbers,
        coalesce(sum(valid_minor), 0)::bigint AS valid_minor,
        coalesce(sum(voided_minor), 0)::bigint AS voided_minor
    FROM block_sales WHERE raffle_id = %(raffle_id)s
"""


@attrs.frozen
class PostgresBlockStore:
    """Honours `riff.ports.stores.BlockStore`."""

    _database: Database

    def lease(self, wanted: LeaseRequest) -> LeasedBlock:
        """Lease a block with room for the wanted run: the holder's own, an expired one, or a new one.

        Raises:
            NotFoundError: there is no such raffle.
            SalesClosedError: the raffle is not active.
            RangeExhaustedError: no run of that length is left.
        """
        raffle = self._database.row(_RAFFLE, {"raffle_id": wanted.raffle_id})
        if raffle is None:
            raise NotFoundError("There is no such raffle.")
        if raffle["state"] != "active":
            raise SalesClosedError("The raffle is not active.", state=raffle["state"])
        row = self._database.row(
            _TAKE_OVER,
            {
                "raffle_id": wanted.raffle_id,
                "channel": wanted.channel.value,
                "holder": wanted.holder,
                "count": wanted.count,
                "at": wanted.at,
                "expires_at": wanted.expires_at,
            },
        )
        return self._leased(row or self._cut(wanted, raffle))

    def release(self, lease: LeasedBlock, at: datetime) -> None:
        """End a lease early; nothing happens when another holds the block by now."""
        self._database.run(
            _RELEASE, {"id": lease.id, "raffle_id": lease.raffle_id, "holder": lease.holder, "at": at}
        )

    def release_all(self, raffle_id: RaffleId, holder: str, at: datetime) -> None:
        """End every lease of a holder, who has nothing more to sell from them."""
        self._database.run(_RELEASE_ALL, {"raffle_id": raffle_id, "holder": holder, "at": at})

    def held(self, raffle_id: RaffleId, holder: str, count: int, at: datetime) -> LeasedBlock | None:
        """The first block that a holder may sell a run of that length from, or None."""
        row = self._database.row(_HELD, {"raffle_id": raffle_id, "holder": holder, "count": count, "at": at})
        return None if row is None else self._leased(row)

    def holdings(self, raffle_id: RaffleId, holder: str) -> tuple[LeasedBlock, ...]:
        """Every block of a holder, whether or not anything may still be sold from it, by slots."""
        rows = self._database.rows(_HOLDINGS, {"raffle_id": raffle_id, "holder": holder})
        return tuple(map(self._leased, rows))

    def stop(self, raffle_id: RaffleId) -> None:
        """Refuse sales from every block of a raffle that this transaction has locked.

        Waits for the sales that are under way; those that come later find the block closed.
        """
        self._database.run(_STOP, {"raffle_id": raffle_id})

    def pause(self, raffle_id: RaffleId) -> None:
        """Refuse sales, until `unpause`, from every block of a raffle that this transaction has locked."""
        self._database.run(_PAUSE, {"raffle_id": raffle_id})

    def unpause(self, raffle_id: RaffleId) -> None:
        """Let those blocks sell again that `pause` stopped."""
        self._database.run(_UNPAUSE, {"raffle_id": raffle_id})

    def extend(self, raffle_id: RaffleId, closed_at: datetime, closes_at: datetime) -> None:
        """Let every block of a raffle that this transaction has locked sell until a later close."""
        self._database.run(_EXTEND, {"raffle_id": raffle_id, "closed_at": closed_at, "closes_at": closes_at})

    def subtotal(self, raffle_id: RaffleId) -> SalesSubtotal:
        """What the raffle's blocks add up to, without reading an order."""
        row = self._database.only(_SUBTOTAL, {"raffle_id": raffle_id})
        return SalesSubtotal(
            orders=row["valid_orders"] + row["voided_orders"],
            voided_orders=row["voided_orders"],
            subtotal=Subtotal(
                sold_slots=row["valid_numbers"] + row["voided_numbers"],
                sold_cents=row["valid_minor"] + row["voided_minor"],
                voided_slots=row["voided_numbers"],
                voided_cents=row["voided_minor"],
            ),
        )

    def _cut(self, wanted: LeaseRequest, raffle: DictRow) -> DictRow:
        ranges = self._database.rows(_RANGES, {"raffle_id": wanted.raffle_id})
        tag = sum(row["blocks"] for row in ranges)
        part = next((row for row in ranges if row["channel"] == wanted.channel.value), None)
        if part is None or part["end_slot"] - part["next_slot"] < wanted.count or tag > HIGHEST_TAG:
            raise RangeExhaustedError("Not enough numbers are left in this channel.")
        before = Range(part["first_slot"], part["end_slot"] - part["first_slot"], part["next_slot"])
        block, after = lease(before, max(wanted.block_slots, wanted.count))
        place = {"raffle_id": wanted.raffle_id, "channel": wanted.channel.value}
        self._database.run(_MOVE_RANGE, {**place, "next_slot": after.next_slot})
        return self._database.only(
            _CUT,
            {
                **place,
                "id": wanted.block_id,
                "raffle_ordinal": raffle["ordinal"],
                "tag": tag,
                "range_first": part["first_slot"],
                "range_end": part["end_slot"],
                "first_slot": block.first_slot,
                "end_slot": block.end_slot,
                "holder": wanted.holder,
                "expires_at": wanted.expires_at,
                "sell_until": raffle["closes_at"],
            },
        )

    def _leased(self, row: DictRow) -> LeasedBlock:
        return LeasedBlock(
            id=row["id"],
            raffle_id=row["raffle_id"],
            channel=Channel(row["channel"]),
            tag=row["tag"],
            block=Block(row["first_slot"], row["end_slot"], row["end_slot"] - row["unsold"]),
            holder=row["holder"],
            expires_at=row["lease_expires_at"],
            sell_until=row["sell_until"],
            head=stream_head(self._database, StreamId(row["id"])),
        )
