"""Raffles with their setup: organizations, number spaces, secrets, packages, prizes."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

import attrs
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from riff.adapters.postgres.connection import Database
from riff.adapters.postgres.raffle_setup import (
    read_packages,
    read_prizes,
    write_packages,
    write_price_change,
    write_prizes,
)
from riff.adapters.system.profile_document import read_profile, write_profile
from riff.domain.identifiers import OrganizationId, PackageId, RaffleId
from riff.domain.raffles.package import Package, PriceChange
from riff.domain.raffles.prize import Prize
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.raffle import ChannelRange, NumberingKind, Organization, Raffle, RaffleKeys
from riff.domain.raffles.window import SalesWindow
from riff.errors import NotFoundError
from riff.ports.pages import EventPosition, Page, RafflePosition
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel

_ORGANIZATION: Final = """
    SELECT id, name, licence_number, currency FROM organization WHERE id = %(id)s
"""

_TAKE_EVENT_NUMBER: Final = """
    UPDATE organization SET last_event_number = last_event_number + 1 WHERE id = %(id)s
    RETURNING last_event_number
"""

_ADD: Final = """
    INSERT INTO raffle (id, organization_id, event_number, name, state, currency, opens_at, closes_at,
        numbering, first_number, rule_profile, created_at, closed_at, sales_cap_minor)
    VALUES (%(id)s, %(organization_id)s, %(event_number)s, %(name)s, %(state)s, %(currency)s, %(opens_at)s,
        %(closes_at)s, %(numbering)s, %(first_number)s, %(rule_profile)s, %(created_at)s, %(closed_at)s,
        %(sales_cap_minor)s)
    RETURNING ordinal
"""

_ADD_KEYS: Final = """
    INSERT INTO raffle_key (raffle_id, validation, numbering)
    VALUES (%(raffle_id)s, %(validation)s, %(numbering)s)
"""

_ADD_RANGE: Final = """
    INSERT INTO channel_range (raffle_id, raffle_ordinal, channel, first_slot, end_slot, next_slot)
    VALUES (%(raffle_id)s, %(raffle_ordinal)s, %(channel)s, %(first_slot)s, %(end_slot)s, %(first_slot)s)
"""

_GET: Final = """
    SELECT raffle.id, organization_id, event_number, name, state, currency, opens_at, closes_at, numbering,
        first_number, rule_profile, created_at, closed_at, sales_cap_minor, channels, first_slots,
        end_slots
    FROM raffle CROSS JOIN LATERAL (
        SELECT array_agg(channel ORDER BY first_slot) AS channels,
            array_agg(first_slot ORDER BY first_slot) AS first_slots,
            array_agg(end_slot ORDER BY first_slot) AS end_slots
        FROM channel_range WHERE raffle_id = raffle.id
    ) AS parts
    WHERE raffle.id = %(id)s
"""

# The lock comes first and alone: what is read after it is what the lock protects.
_LOCK: Final = """
    SELECT id FROM raffle WHERE id = %(id)s FOR NO KEY UPDATE
"""

_UPDATE: Final = """
    UPDATE raffle SET state = %(state)s, closed_at = %(closed_at)s WHERE id = %(id)s
"""

_EXTEND: Final = """
    UPDATE raffle SET closes_at = %(closes_at)s WHERE id = %(id)s
"""

_CONFIGURE: Final = """
    UPDATE raffle
    SET name = %(name)s, state = %(state)s, opens_at = %(opens_at)s, closes_at = %(closes_at)s,
        numbering = %(numbering)s, first_number = %(first_number)s, rule_profile = %(rule_profile)s,
        sales_cap_minor = %(sales_cap_minor)s
    WHERE id = %(id)s
"""

_SNAPSHOT_PROFILE: Final = """
    UPDATE raffle SET profile_snapshot = %(profile)s WHERE id = %(id)s
"""

_PROFILE: Final = """
    SELECT profile_snapshot::text AS snapshot FROM raffle WHERE id = %(id)s
"""

_KEYS: Final = """
    SELECT validation, numbering FROM raffle_key WHERE raffle_id = %(raffle_id)s
"""

_OF: Final = """
    SELECT raffle.id, organization_id, event_number, name, state, currency, opens_at, closes_at, numbering,
        first_number, rule_profile, created_at, closed_at, sales_cap_minor, channels, first_slots,
        end_slots
    FROM raffle CROSS JOIN LATERAL (
        SELECT array_agg(channel ORDER BY first_slot) AS channels,
            array_agg(first_slot ORDER BY first_slot) AS first_slots,
            array_agg(end_slot ORDER BY first_slot) AS end_slots
        FROM channel_range WHERE raffle_id = raffle.id
    ) AS parts
    WHERE organization_id = %(organization_id)s AND event_number < %(before)s
    ORDER BY event_number DESC
    LIMIT %(limit)s
"""

# A range that a block was cut from cannot go: the block refers to it.
_REMOVE_RANGES: Final = """
    DELETE FROM channel_range WHERE raffle_id = %(raffle_id)s
"""

_ORDINAL: Final = """
    SELECT ordinal FROM raffle WHERE id = %(id)s
"""

_ON_SALE: Final = """
    SELECT raffle.id, organization_id, event_number, name, state, currency, opens_at, closes_at, numbering,
        first_number, rule_profile, created_at, closed_at, sales_cap_minor, channels, first_slots,
        end_slots
    FROM raffle CROSS JOIN LATERAL (
        SELECT array_agg(channel ORDER BY first_slot) AS channels,
            array_agg(first_slot ORDER BY first_slot) AS first_slots,
            array_agg(end_slot ORDER BY first_slot) AS end_slots
        FROM channel_range WHERE raffle_id = raffle.id
    ) AS parts
    WHERE state = 'active' AND opens_at <= %(at)s AND %(at)s < closes_at
        AND (closes_at, raffle.id) > (%(after_closes_at)s, %(after_id)s)
    ORDER BY closes_at, raffle.id
    LIMIT %(limit)s
"""


# Larger than any event number.
_AFTER_ALL: Final = 2**31 - 1


@attrs.frozen
class PostgresRaffleStore:
    """Honours `riff.ports.stores.RaffleStore`."""

    _database: Database

    def organization(self, organization_id: OrganizationId) -> Organization:
        """A licence holder.

        Raises:
            NotFoundError: there is none of that name.
        """
        row = self._database.row(_ORGANIZATION, {"id": organization_id})
        if row is None:
            raise NotFoundError("There is no such organization.")
        return Organization(row["id"], row["name"], row["licence_number"], row["currency"])

    def take_event_number(self, organization_id: OrganizationId) -> int:
        """The organization's next event number; other takers wait for this transaction.

        Raises:
            NotFoundError: there is no such organization.
        """
        row = self._database.row(_TAKE_EVENT_NUMBER, {"id": organization_id})
        if row is None:
            raise NotFoundError("There is no such organization.")
        number: int = row["last_event_number"]
        return number

    def add(self, raffle: Raffle, keys: RaffleKeys) -> None:
        """Store a new raffle with its ranges and its secrets."""
        row = self._database.only(
            _ADD,
            {
                "id": raffle.id,
                "organization_id": raffle.organization_id,
                "event_number": raffle.event_number,
                "name": raffle.name,
                "state": raffle.state.value,
                "currency": raffle.currency,
                "opens_at": raffle.window.opens_at,
                "closes_at": raffle.window.closes_at,
                "numbering": raffle.numbering.value,
                "first_number": raffle.first_number,
                "rule_profile": raffle.rule_profile,
                "created_at": raffle.created_at,
                "closed_at": raffle.closed_at,
                "sales_cap_minor": raffle.sales_cap_minor,
            },
        )
        ordinal: int = row["ordinal"]
        self._database.run(
            _ADD_KEYS,
            {"raffle_id": raffle.id, "validation": keys.validation, "numbering": keys.numbering},
        )
        self._add_ranges(raffle, ordinal)

    def get(self, raffle_id: RaffleId) -> Raffle:
        """A raffle as it stands.

        Raises:
            NotFoundError: there is none of that name.
        """
        row = self._database.row(_GET, {"id": raffle_id})
        if row is None:
            raise NotFoundError("There is no such raffle.")
        return _raffle(row)

    def lock(self, raffle_id: RaffleId) -> Raffle:
        """A raffle that nobody else changes, and no new block of which is leased, until the transaction ends.

        Raises:
            NotFoundError: there is none of that name.
        """
        self._database.row(_LOCK, {"id": raffle_id})
        return self.get(raffle_id)

    def update(self, raffle: Raffle) -> None:
        """Store the state and the closing instant of a raffle that this transaction has locked."""
        self._database.run(
            _UPDATE, {"id": raffle.id, "state": raffle.state.value, "closed_at": raffle.closed_at}
        )

    def extend(self, raffle: Raffle) -> None:
        """Store the later close of a raffle that this transaction has locked."""
        self._database.run(_EXTEND, {"id": raffle.id, "closes_at": raffle.window.closes_at})

    def configure(self, raffle: Raffle) -> None:
        """Store what is decided before the sales, but ranges, packages and prizes; the raffle is locked."""
        self._database.run(
            _CONFIGURE,
            {
                "id": raffle.id,
                "name": raffle.name,
                "state": raffle.state.value,
                "opens_at": raffle.window.opens_at,
                "closes_at": raffle.window.closes_at,
                "numbering": raffle.numbering.value,
                "first_number": raffle.first_number,
                "rule_profile": raffle.rule_profile,
                "sales_cap_minor": raffle.sales_cap_minor,
            },
        )

    def change_price(self, raffle_id: RaffleId, package_id: PackageId, change: PriceChange) -> None:
        """Keep a further price of a package of a raffle that this transaction has locked."""
        write_price_change(self._database, raffle_id, package_id, change)

    def snapshot_profile(self, raffle_id: RaffleId, profile: RuleProfile) -> None:
        """Keep the rule profile with the raffle."""
        self._database.run(_SNAPSHOT_PROFILE, {"id": raffle_id, "profile": Jsonb(write_profile(profile))})

    def profile(self, raffle_id: RaffleId) -> RuleProfile:
        """The rule profile that the raffle follows, as it was at its activation.

        Raises:
            NotFoundError: there is no such raffle, or it was never activated.
        """
        row = self._database.row(_PROFILE, {"id": raffle_id})
        if row is None or row["snapshot"] is None:
            raise NotFoundError("There is no such raffle, or it was never activated.")
        return _profile(row["snapshot"], raffle_id)

    def keys(self, raffle_id: RaffleId) -> RaffleKeys:
        """The raffle's secrets.

        Raises:
            NotFoundError: there is no such raffle.
        """
        row = self._database.row(_KEYS, {"raffle_id": raffle_id})
        if row is None:
            raise NotFoundError("There is no such raffle.")
        return RaffleKeys(validation=row["validation"], numbering=row["numbering"])

    def packages(self, raffle_id: RaffleId) -> tuple[Package, ...]:
        """The packages, in the order in which they were set."""
        return read_packages(self._database, raffle_id)

    def set_packages(self, raffle_id: RaffleId, packages: Sequence[Package]) -> None:
        """Replace all packages; earlier revisions stay on record."""
        write_packages(self._database, raffle_id, packages)

    def prizes(self, raffle_id: RaffleId) -> tuple[Prize, ...]:
        """The prizes, early birds first, then by rank."""
        return read_prizes(self._database, raffle_id)

    def set_prizes(self, raffle_id: RaffleId, prizes: Sequence[Prize]) -> None:
        """Replace all prizes; earlier revisions stay on record."""
        write_prizes(self._database, raffle_id, prizes)

    def set_ranges(self, raffle: Raffle) -> None:
        """Store the state and the ranges of a raffle that is locked, and of which nothing is leased."""
        self.configure(raffle)
        ordinal: int = self._database.only(_ORDINAL, {"id": raffle.id})["ordinal"]
        self._database.run(_REMOVE_RANGES, {"raffle_id": raffle.id})
        self._add_ranges(raffle, ordinal)

    def of(self, organization_id: OrganizationId, after: EventPosition | None, limit: int) -> Page[Raffle]:
        """The raffles of an organization, latest event number first."""
        before = _AFTER_ALL if after is None else after.event_number
        rows = self._database.rows(
            _OF, {"organization_id": organization_id, "before": before, "limit": limit + 1}
        )
        return Page(tuple(map(_raffle, rows[:limit])), more=len(rows) > limit)

    def on_sale(self, at: datetime, after: RafflePosition | None, limit: int) -> Page[Raffle]:
        """Active raffles whose sales window contains `at`, soonest close first."""
        # Whatever is on sale closes after `at`, so that this place lies before all of it.
        place = after or RafflePosition(at, RaffleId(UUID(int=0)))
        rows = self._database.rows(
            _ON_SALE,
            {"at": at, "after_closes_at": place.closes_at, "after_id": place.raffle_id, "limit": limit + 1},
        )
        return Page(tuple(map(_raffle, rows[:limit])), more=len(rows) > limit)

    def _add_ranges(self, raffle: Raffle, ordinal: int) -> None:
        for part in raffle.ranges:
            self._database.run(
                _ADD_RANGE,
                {
                    "raffle_id": raffle.id,
                    "raffle_ordinal": ordinal,
                    "channel": part.channel.value,
                    "first_slot": part.first_slot,
                    "end_slot": part.first_slot + part.slot_count,
                },
            )


# Every purchase asks for it, and it never changes.
@lru_cache
def _profile(snapshot: str, raffle_id: RaffleId) -> RuleProfile:
    return read_profile(json.loads(snapshot), f"rule profile of raffle {raffle_id}")


def _raffle(row: DictRow) -> Raffle:
    parts = zip(row["channels"], row["first_slots"], row["end_slots"], strict=True)
    return Raffle(
        id=row["id"],
        organization_id=row["organization_id"],
        event_number=row["event_number"],
        name=row["name"],
        state=RaffleState(row["state"]),
        currency=row["currency"],
        window=SalesWindow(row["opens_at"], row["closes_at"]),
        numbering=NumberingKind(row["numbering"]),
        first_number=row["first_number"],
        ranges=tuple(ChannelRange(Channel(channel), first, end - first) for channel, first, end in parts),
        rule_profile=row["rule_profile"],
        created_at=row["created_at"],
        closed_at=row["closed_at"],
        sales_cap_minor=row["sales_cap_minor"],
    )
