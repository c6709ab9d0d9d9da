"""Packages and prizes of a raffle.  A new list is a new revision; earlier ones stay on record."""

from collections.abc import Sequence
from functools import reduce
from itertools import starmap
from typing import Final

from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.identifiers import PackageId, RaffleId
from riff.domain.raffles.package import Package, PriceChange
from riff.domain.raffles.prize import DrawKind, Prize, PrizeKind
from riff_critical.selling import Basis, Channel, Rounding

_PACKAGES: Final = """
    SELECT package.id, label, numbers, package.price_minor, channels, on_sale_from, on_sale_until, stock,
        prices, instants, persons
    FROM raffle JOIN package ON package.raffle_id = raffle.id AND package.revision = raffle.package_revision
        CROSS JOIN LATERAL (
            SELECT array_agg(price_change.price_minor ORDER BY in_force_from) AS prices,
                array_agg(in_force_from ORDER BY in_force_from) AS instants,
                array_agg(changed_by::text ORDER BY in_force_from) AS persons
            FROM price_change WHERE raffle_id = raffle.id AND package_id = package.id
        ) AS changes
    WHERE raffle.id = %(raffle_id)s
    ORDER BY position
"""

_NEXT_PACKAGE_REVISION: Final = """
    UPDATE raffle SET package_revision = package_revision + 1 WHERE id = %(raffle_id)s
    RETURNING package_revision AS revision
"""

_ADD_PACKAGE: Final = """
    INSERT INTO package (raffle_id, revision, position, id, label, numbers, price_minor, channels,
        on_sale_from, on_sale_until, stock)
    VALUES (%(raffle_id)s, %(revision)s, %(position)s, %(id)s, %(label)s, %(numbers)s, %(price_minor)s,
        %(channels)s, %(on_sale_from)s, %(on_sale_until)s, %(stock)s)
"""

_CHANGE_PRICE: Final = """
    INSERT INTO price_change (raffle_id, package_id, in_force_from, price_minor, changed_by)
    VALUES (%(raffle_id)s, %(package_id)s, %(in_force_from)s, %(price_minor)s, %(changed_by)s)
"""

_PRIZES: Final = """
    SELECT prize.id, rank, prize.name, draw, kind, amount_minor, share_bp, seed_minor, guaranteed_minor,
        cap_minor, basis, rounding_minor, rounding, winners
    FROM raffle JOIN prize ON prize.raffle_id = raffle.id AND prize.revision = raffle.prize_revision
    WHERE raffle.id = %(raffle_id)s
    ORDER BY draw, rank
"""

_NEXT_PRIZE_REVISION: Final = """
    UPDATE raffle SET prize_revision = prize_revision + 1 WHERE id = %(raffle_id)s
    RETURNING prize_revision AS revision
"""

_ADD_PRIZE: Final = """
    INSERT INTO prize (raffle_id, revision, draw, rank, id, name, kind, amount_minor, share_bp, seed_minor,
        guaranteed_minor, cap_minor, basis, rounding_minor, rounding, winners)
    VALUES (%(raffle_id)s, %(revision)s, %(draw)s, %(rank)s, %(id)s, %(name)s, %(kind)s, %(amount_minor)s,
        %(share_bp)s, %(seed_minor)s, %(guaranteed_minor)s, %(cap_minor)s, %(basis)s, %(rounding_minor)s,
        %(rounding)s, %(winners)s)
"""


def read_packages(database: Database, raffle_id: RaffleId) -> tuple[Package, ...]:
    """The packages that count, in the order in which they were set."""
    return tuple(map(_package, database.rows(_PACKAGES, {"raffle_id": raffle_id})))


def write_packages(database: Database, raffle_id: RaffleId, packages: Sequence[Package]) -> None:
    """Let a new revision of all packages count; the transaction has locked the raffle."""
    revision: int = database.only(_NEXT_PACKAGE_REVISION, {"raffle_id": raffle_id})["revision"]
    for position, package in enumerate(packages, start=1):
        database.run(
            _ADD_PACKAGE,
            {
                "raffle_id": raffle_id,
                "revision": revision,
                "position": position,
                "id": package.id,
                "label": package.label,
                "numbers": package.numbers,
                "price_minor": package.price_minor,
                "channels": sorted(channel.value for channel in package.channels),
                "on_sale_from": package.on_sale_from,
                "on_sale_until": package.on_sale_until,
                "stock": package.stock,
            },
        )


def write_price_change(
    database: Database, raffle_id: RaffleId, package_id: PackageId, change: PriceChange
) -> None:
    """Add a price to the history of a package."""
    database.run(
        _CHANGE_PRICE,
        {
            "raffle_id": raffle_id,
            "package_id": package_id,
            "in_force_from": change.in_force_from,
            "price_minor": change.price_minor,
            "changed_by": change.changed_by,
        },
    )


def read_prizes(database: Database, raffle_id: RaffleId) -> tuple[Prize, ...]:
    """The prizes that count, early birds first, then by rank."""
    return tuple(map(_prize, database.rows(_PRIZES, {"raffle_id": raffle_id})))


def write_prizes(database: Database, raffle_id: RaffleId, prizes: Sequence[Prize]) -> None:
    """Let a new revision of all prizes count; the transaction has locked the raffle."""
    revision: int = database.only(_NEXT_PRIZE_REVISION, {"raffle_id": raffle_id})["revision"]
    for prize in prizes:
        database.run(
            _ADD_PRIZE,
            {
                "raffle_id": raffle_id,
                "revision": revision,
                "draw": prize.draw.value,
                "rank": prize.rank,
                "id": prize.id,
                "name": prize.name,
                "kind": prize.kind.value,
                "amount_minor": prize.amount_minor,
                "share_bp": prize.share_bp,
                "seed_minor": prize.seed_minor,
                "guaranteed_minor": prize.guaranteed_minor,
                "cap_minor": prize.cap_minor,
                "basis": prize.basis.value,
                "rounding_minor": prize.rounding_minor,
                "rounding": prize.rounding.value,
                "winners": prize.winners,
            },
        )


def _package(row: DictRow) -> Package:
    changes = zip(row["prices"] or (), row["instants"] or (), row["persons"] or (), strict=True)
    package = Package(
        id=row["id"],
        label=row["label"],
        numbers=row["numbers"],
        price_minor=row["price_minor"],
        channels=frozenset(map(Channel, row["channels"])),
        on_sale_from=row["on_sale_from"],
        on_sale_until=row["on_sale_until"],
        stock=row["stock"],
    )
    return reduce(Package.changed, starmap(PriceChange, changes), package)


def _prize(row: DictRow) -> Prize:
    return Prize(
        id=row["id"],
        rank=row["rank"],
        name=row["name"],
        draw=DrawKind(row["draw"]),
        kind=PrizeKind(row["kind"]),
        amount_minor=row["amount_minor"],
        share_bp=row["share_bp"],
        seed_minor=row["seed_minor"],
        guaranteed_minor=row["guaranteed_minor"],
        cap_minor=row["cap_minor"],
        basis=Basis(row["basis"]),
        rounding_minor=row["rounding_minor"],
        rounding=Rounding(row["rounding"]),
        winners=row["winners"],
    )
