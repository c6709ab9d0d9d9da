"""Storage of sales units, their enrolments, and what they ask for."""

from datetime import datetime
from typing import Protocol

import attrs

from riff.domain.identifiers import EnrolmentId, OrderId, OrganizationId, RaffleId, UnitId
from riff.domain.units.enrollable import EnrollableRaffle
from riff.domain.units.sales_unit import Enrolment, ListedUnit, SalesUnit
from riff.domain.units.void_request import VoidRequest
from riff.ports.pages import Page, RafflePosition


@attrs.frozen
class UnitPosition:
    """A place in the list of units: after the unit of that name."""

    unit_id: UnitId


class UnitStore(Protocol):
    """Sales units."""

    def add(self, unit: SalesUnit) -> None:
        """Store a new unit.

        Raises:
            AlreadyRegisteredError: its subject, or its label in the organization, is taken.
        """
        ...

    def find(self, subject: str) -> SalesUnit | None:
        """The unit that the identity provider of devices knows by this subject, or None."""
        ...

    def get(self, unit_id: UnitId) -> SalesUnit:
        """A unit.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def lock(self, unit_id: UnitId) -> SalesUnit:
        """A unit that nobody else changes, and that sells nothing elsewhere, until the transaction ends.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def lock_of(self, raffle_id: RaffleId) -> tuple[SalesUnit, ...]:
        """The units that serve, or served last, in a raffle, locked in one order."""
        ...

    def update(self, unit: SalesUnit) -> None:
        """Store the state and the enrolment of a unit that this transaction has locked."""
        ...

    def describe(self, unit: SalesUnit) -> None:
        """Store the label and the operator of a unit that this transaction has locked.

        Raises:
            AlreadyRegisteredError: the label is taken in the organization.
        """
        ...

    def set_logon(self, unit_id: UnitId, digest: bytes) -> None:
        """Replace the digest of the code with which the operator of a locked or new unit logs on."""
        ...

    def knows_logon(self, unit_id: UnitId, digest: bytes) -> bool:
        """Whether this is the digest of the code in force."""
        ...

    def page(
        self, organization_id: OrganizationId, after: UnitPosition | None, limit: int
    ) -> Page[ListedUnit]:
        """The organization's units, in the order in which they were registered."""
        ...

    def listed(self, unit_id: UnitId) -> ListedUnit:
        """A unit as the list shows it.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def enrollable(
        self, organization_id: OrganizationId, at: datetime, after: RafflePosition | None, limit: int
    ) -> Page[EnrollableRaffle]:
        """Active raffles of an organization with numbers for units that close after `at`, soonest first."""
        ...

    def enrol(self, enrolment: Enrolment) -> None:
        """Store a new enrolment of a unit that this transaction has locked."""
        ...

    def enrolment(self, enrolment_id: EnrolmentId) -> Enrolment:
        """An enrolment.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def close(self, enrolment_id: EnrolmentId, at: datetime) -> None:
        """Note that everything that was sold in an enrolment is stored."""
        ...

    def request_void(self, request: VoidRequest) -> None:
        """Store what an operator asks of those who may void.

        Raises:
            AlreadyRequestedError: it was asked before.
        """
        ...

    def void_request(self, order_id: OrderId) -> VoidRequest | None:
        """The request to void an order, or None."""
        ...
