"""Sales units, their enrolments, and what their operators ask for."""

from datetime import datetime
from typing import Final
from uuid import UUID

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.identifiers import EnrolmentId, OrderId, OrganizationId, RaffleId, UnitId
from riff.domain.raffles.window import SalesWindow
from riff.domain.units.enrollable import EnrollableRaffle
from riff.domain.units.sales_unit import Enrolment, ListedUnit, SalesUnit
from riff.domain.units.void_request import VoidRequest
from riff.errors import AlreadyRegisteredError, AlreadyRequestedError, NotFoundError
from riff.ports.pages import Page, RafflePosition
from riff.ports.units import UnitPosition
from riff_critical.lifecycle import SalesUnitState

_ADD: Final = """
    INSERT INTO sales_unit (id, organization_id, label, subject, operator, state, enrolment_id, registered_at)
    VALUES (%(id)s, %(organization_id)s, %(label)s, %(subject)s, %(operator)s, %(state)s, %(enrolment_id)s,
        %(registered_at)s)
"""

_NAMES: Final = frozenset({"sales_unit_subject", "sales_unit_label"})

_GET: Final = """
    SELECT id, organization_id, label, subject, operator, state, enrolment_id, registered_at
    FROM sales_unit WHERE id = %(id)s
"""

_FIND: Final = """
    SELECT id, organization_id, label, subject, operator, state, enrolment_id, registered_at
    FROM sales_unit WHERE subject = %(subject)s
"""

# The lock comes first and alone: what is read after it is what the lock protects.
_LOCK: Final = """
    SELECT id FROM sales_unit WHERE id = %(id)s FOR NO KEY UPDATE
"""

_LOCK_OF: Final = """
    SELECT sales_unit.id, organization_id, label, subject, sales_unit.operator, state, enrolment_id,
        registered_at
    FROM sales_unit JOIN unit_enrolment ON unit_enrolment.id = sales_unit.enrolment_id
    WHERE raffle_id = %(raffle_id)s
    ORDER BY sales_unit.id
    FOR NO KEY UPDATE OF sales_unit
"""

_UPDATE: Final = """
    UPDATE sales_unit SET state = %(state)s, enrolment_id = %(enrolment_id)s WHERE id = %(id)s
"""

_DESCRIBE: Final = """
    UPDATE sales_unit SET label = %(label)s, operator = %(operator)s WHERE id = %(id)s
"""

# Two statements: one with `excluded` would need the right to read what is kept.
_CHANGE_LOGON: Final = """
    UPDATE unit_logon SET digest = %(digest)s WHERE unit_id = %(unit_id)s
"""

_ADD_LOGON: Final = """
    INSERT INTO unit_logon (unit_id, digest) VALUES (%(unit_id)s, %(digest)s)
"""

_KNOWS_LOGON: Final = """
    SELECT digest = %(digest)s AS same FROM unit_logon WHERE unit_id = %(unit_id)s
"""

_PAGE: Final = """
    SELECT id, organization_id, label, subject, operator, state, enrolment_id, registered_at, orders, numbers
    FROM sales_unit CROSS JOIN LATERAL (
        SELECT count(*) AS orders,
            coalesce(sum(sold_order.end_slot - sold_order.first_slot), 0)::bigint AS numbers
        FROM unit_enrolment
            JOIN attended_sale ON attended_sale.enrolment_id = unit_enrolment.id
            JOIN sold_order ON sold_order.id = attended_sale.order_id
        WHERE unit_enrolment.unit_id = sales_unit.id
    ) AS issued
    WHERE organization_id = %(organization_id)s AND id > %(after)s
    ORDER BY id
    LIMIT %(limit)s
"""

_LISTED: Final = """
    SELECT id, organization_id, label, subject, operator, state, enrolment_id, registered_at, orders, numbers
    FROM sales_unit CROSS JOIN LATERAL (
        SELECT count(*) AS orders,
            coalesce(sum(sold_order.end_slot - sold_order.first_slot), 0)::bigint AS numbers
        FROM unit_enrolment
            JOIN attended_sale ON attended_sale.enrolment_id = unit_enrolment.id
            JOIN sold_order ON sold_order.id = attended_sale.order_id
        WHERE unit_enrolment.unit_id = sales_unit.id
    ) AS issued
    WHERE id = %(id)s
"""

_ENROLLABLE: Final = """
    SELECT raffle.id, event_number, name, opens_at, closes_at
    FROM raffle JOIN channel_range ON raffle_id = raffle.id AND channel = 'sales_unit'
    WHERE organization_id = %(organization_id)s AND state = 'active'
        AND (closes_at, raffle.id) > (%(after_closes_at)s, %(after_id)s)
    ORDER BY closes_at, raffle.id
    LIMIT %(limit)s
"""

_ENROL: Final = """
    INSERT INTO unit_enrolment (id, unit_id, raffle_id, operator, enrolled_at)
    VALUES (%(id)s, %(unit_id)s, %(raffle_id)s, %(operator)s, %(enrolled_at)s)
"""

_ENROLMENT: Final = """
    SELECT id, unit_id, raffle_id, operator, enrolled_at, closed_at FROM unit_enrolment WHERE id = %(id)s
"""

_CLOSE: Final = """
    UPDATE unit_enrolment SET closed_at = %(at)s WHERE id = %(id)s AND closed_at IS NULL
"""

_REQUEST_VOID: Final = """
    INSERT INTO void_request (order_id, raffle_id, enrolment_id, reason, requested_at)
    VALUES (%(order_id)s, %(raffle_id)s, %(enrolment_id)s, %(reason)s, %(requested_at)s)
    ON CONFLICT (order_id) DO NOTHING
"""

_VOID_REQUEST: Final = """
    SELECT order_id, raffle_id, enrolment_id, reason, requested_at FROM void_request
    WHERE order_id = %(order_id)s
"""


@attrs.frozen
class PostgresUnitStore:
    """Honours `riff.ports.units.UnitStore`."""

    _database: Database

    def add(self, unit: SalesUnit) -> None:
        """Store a new unit.

        Raises:
            AlreadyRegisteredError: its subject, or its label in the organization, is taken.
        """
        new = {
            "id": unit.id,
            "organization_id": unit.organization_id,
            "label": unit.label,
            "subject": unit.subject,
            "operator": unit.operator,
            "state": unit.state.value,
            "enrolment_id": unit.enrolment_id,
            "registered_at": unit.registered_at,
        }
        if self._database.attempt(_ADD, new, refused_by=_NAMES) != 1:
            raise AlreadyRegisteredError("Another sales unit has this subject, or this label.")

    def find(self, subject: str) -> SalesUnit | None:
        """The unit that the identity provider of devices knows by this subject, or None."""
        row = self._database.row(_FIND, {"subject": subject})
        return None if row is None else _unit(row)

    def get(self, unit_id: UnitId) -> SalesUnit:
        """A unit.

        Raises:
            NotFoundError: there is none of that name.
        """
        row = self._database.row(_GET, {"id": unit_id})
        if row is None:
            raise NotFoundError("There is no such sales unit.")
        return _unit(row)

    def lock(self, unit_id: UnitId) -> SalesUnit:
        """A unit that nobody else changes, and that sells nothing elsewhere, until the transaction ends.

        Raises:
            NotFoundError: there is none of that name.
        """
        self._database.row(_LOCK, {"id": unit_id})
        return self.get(unit_id)

    def lock_of(self, raffle_id: RaffleId) -> tuple[SalesUnit, ...]:
        """The units that serve, or served last, in a raffle, locked by their names' order."""
        return tuple(map(_unit, self._database.rows(_LOCK_OF, {"raffle_id": raffle_id})))

    def update(self, unit: SalesUnit) -> None:
        """Store the state and the enrolment of a unit that this transaction has locked."""
        self._database.run(
            _UPDATE, {"id": unit.id, "state": unit.state.value, "enrolment_id": unit.enrolment_id}
        )

    def describe(self, unit: SalesUnit) -> None:
        """Store the label and the operator of a unit that this transaction has locked.

        Raises:
            AlreadyRegisteredError: the label is taken in the organization.
        """
        described = {"id": unit.id, "label": unit.label, "operator": unit.operator}
        if self._database.attempt(_DESCRIBE, described, refused_by=_NAMES) != 1:
            raise AlreadyRegisteredError("Another sales unit has this label.")

    def set_logon(self, unit_id: UnitId, digest: bytes) -> None:
        """Replace the digest of the code with which the operator of a locked or new unit logs on."""
        logon = {"unit_id": unit_id, "digest": digest}
        if self._database.run(_CHANGE_LOGON, logon) == 0:
            self._database.run(_ADD_LOGON, logon)

    def knows_logon(self, unit_id: UnitId, digest: bytes) -> bool:
        """Whether this is the digest of the code in force."""
        row = self._database.row(_KNOWS_LOGON, {"unit_id": unit_id, "digest": digest})
        return row is not None and bool(row["same"])

    def page(
        self, organization_id: OrganizationId, after: UnitPosition | None, limit: int
    ) -> Page[ListedUnit]:
        """The organization's units, in the order in which they were registered."""
        place = UUID(int=0) if after is None else after.unit_id
        rows = self._database.rows(
            _PAGE, {"organization_id": organization_id, "after": place, "limit": limit + 1}
        )
        return Page(tuple(map(_listed, rows[:limit])), more=len(rows) > limit)

    def listed(self, unit_id: UnitId) -> ListedUnit:
        """A unit as the list shows it.

        Raises:
            NotFoundError: there is none of that name.
        """
        row = self._database.row(_LISTED, {"id": unit_id})
        if row is None:
            raise NotFoundError("There is no such sales unit.")
        return _listed(row)

    def enrollable(
        self, organization_id: OrganizationId, at: datetime, after: RafflePosition | None, limit: int
    ) -> Page[EnrollableRaffle]:
        """Active raffles of an organization with numbers for units that close after `at`, soonest first."""
        # No raffle has the highest name, so that what closes at `at` lies before this place.
        place = after or RafflePosition(at, RaffleId(UUID(int=(1 << 128) - 1)))
        rows = self._database.rows(
            _ENROLLABLE,
            {
                "organization_id": organization_id,
                "after_closes_at": place.closes_at,
                "after_id": place.raffle_id,
                "limit": limit + 1,
            },
        )
        return Page(
            tuple(
                EnrollableRaffle(
                    row["id"],
                    row["event_number"],
                    row["name"],
                    SalesWindow(row["opens_at"], row["closes_at"]),
                )
                for row in rows[:limit]
            ),
            more=len(rows) > limit,
        )

    def enrol(self, enrolment: Enrolment) -> None:
        """Store a new enrolment of a unit that this transaction has locked."""
        self._database.run(
            _ENROL,
            {
                "id": enrolment.id,
                "unit_id": enrolment.unit_id,
                "raffle_id": enrolment.raffle_id,
                "operator": enrolment.operator,
                "enrolled_at": enrolment.enrolled_at,
            },
        )

    def enrolment(self, enrolment_id: EnrolmentId) -> Enrolment:
        """An enrolment.

        Raises:
            NotFoundError: there is none of that name.
        """
        row = self._database.row(_ENROLMENT, {"id": enrolment_id})
        if row is None:
            raise NotFoundError("There is no such enrolment.")
        return Enrolment(
            id=row["id"],
            unit_id=row["unit_id"],
            raffle_id=row["raffle_id"],
            operator=row["operator"],
            enrolled_at=row["enrolled_at"],
            closed_at=row["closed_at"],
        )

    def close(self, enrolment_id: EnrolmentId, at: datetime) -> None:
        """Note that everything that was sold in an enrolment is stored."""
        self._database.run(_CLOSE, {"id": enrolment_id, "at": at})

    def request_void(self, request: VoidRequest) -> None:
        """Store what an operator asks of those who may void.

        Raises:
            AlreadyRequestedError: it was asked before.
        """
        asked = self._database.run(
            _REQUEST_VOID,
            {
                "order_id": request.order_id,
                "raffle_id": request.raffle_id,
                "enrolment_id": request.enrolment_id,
                "reason": request.reason,
                "requested_at": request.requested_at,
            },
        )
        if asked != 1:
            raise AlreadyRequestedError("The void was requested before.", order=str(request.order_id))

    def void_request(self, order_id: OrderId) -> VoidRequest | None:
        """The request to void an order, or None."""
        row = self._database.row(_VOID_REQUEST, {"order_id": order_id})
        if row is None:
            return None
        return VoidRequest(
            row["order_id"], row["raffle_id"], row["enrolment_id"], row["reason"], row["requested_at"]
        )


def _unit(row: DictRow) -> SalesUnit:
    return SalesUnit(
        id=row["id"],
        organization_id=row["organization_id"],
        label=row["label"],
        subject=row["subject"],
        operator=row["operator"],
        state=SalesUnitState(row["state"]),
        enrolment_id=row["enrolment_id"],
        registered_at=row["registered_at"],
    )


def _listed(row: DictRow) -> ListedUnit:
    return ListedUnit(_unit(row), row["orders"], row["numbers"])
