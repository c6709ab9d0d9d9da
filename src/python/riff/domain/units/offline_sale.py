"""A sale as a unit that is out of reach writes it into its critical memory.

A record is canonical JSON with exactly these members: `block`, `order` and `package` are names, `slot` is the
first slot, `numbers` how many there are, `price` what was paid in cash in the raffle's smallest unit, and
`sold_at` the instant of the sale in microseconds since the epoch, by the unit's synchronised clock.
"""

import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

import attrs

from riff.domain.identifiers import BlockId, OrderId, PackageId
from riff.domain.instants import aware_utc
from riff_critical.encoding import canonical_json
from riff_critical.errors import InvalidInputError

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST: Final = 2**53 - 1


class RecordRefusal(StrEnum):
    """Why a record is not taken as a sale."""

    UNREADABLE = "unreadable"
    """It is not a record of a sale."""
    FORKED = "forked"
    """It contradicts what the unit has handed in before, or the mark that comes with it."""
    FOREIGN_BLOCK = "foreign-block"
    """Its numbers come from a block that the unit does not hold."""
    OUT_OF_ORDER = "out-of-order"
    """Its numbers are not the next ones of their block."""
    KNOWN_ORDER = "known-order"
    """Its order is known already: from this unit, another one, or a checkout."""
    UNKNOWN_PACKAGE = "unknown-package"
    """The raffle has no such package, or none of that many numbers, for sales units."""
    UNKNOWN_PRICE = "unknown-price"
    """The package never had this price."""
    OUTSIDE_WINDOW = "outside-window"
    """It is dated before the opening or the enrolment of the unit, after the close, or in the future."""
    LIMIT_REACHED = "limit-reached"
    """A stock or a cap of the raffle is exhausted."""


@attrs.frozen
class OfflineSale:
    """What a record says.

    Attributes:
        order_id: name of the order, chosen by the unit.
        block_id: the block that its numbers come from.
        package_id: what was bought.
        first_slot: first slot of its run.
        numbers: length of the run.
        price_minor: what was paid, in cash.
        sold_at: when.
    """

    order_id: OrderId
    block_id: BlockId
    package_id: PackageId
    first_slot: int
    numbers: int
    price_minor: int
    sold_at: datetime = attrs.field(validator=aware_utc)

    @property
    def record(self) -> bytes:
        """The bytes that the unit keeps."""
        return canonical_json(
            {
                "block": str(self.block_id),
                "numbers": self.numbers,
                "order": str(self.order_id),
                "package": str(self.package_id),
                "price": self.price_minor,
                "slot": self.first_slot,
                "sold_at": (self.sold_at - _EPOCH) // timedelta(microseconds=1),
            }
        )


def read_record(record: bytes) -> OfflineSale | None:
    """The sale that a record tells of, or None where it is none, or not in its one spelling."""
    try:
        found = _sale(json.loads(record.decode("ascii")))
        spelling = found.record
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, InvalidInputError):
        return None
    return found if spelling == record else None


def _sale(members: dict[str, object]) -> OfflineSale:
    return OfflineSale(
        order_id=OrderId(UUID(str(members["order"]))),
        block_id=BlockId(UUID(str(members["block"]))),
        package_id=PackageId(UUID(str(members["package"]))),
        first_slot=_integer(members["slot"], 0),
        numbers=_integer(members["numbers"], 1),
        price_minor=_integer(members["price"], 1),
        sold_at=_EPOCH + timedelta(microseconds=_integer(members["sold_at"], 0)),
    )


def _integer(value: object, least: int) -> int:
    if type(value) is not int or not least <= value <= _MOST:
        raise ValueError("not an integer within its limits")
    return value
