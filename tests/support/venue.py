"""A venue on a real database, where each operation runs under the database role of its function."""

from typing import Self

import attrs

from riff.adapters.system.identifiers import SystemIdentifiers
from riff.domain.accounts.actor import Actor, ActorKind, Grant
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.attended_sale import Tender
from riff.domain.units.sales_unit import SalesUnit
from riff.ports.services import Services
from riff.ports.stores import Transactions
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff.usecases.reconciliation.acknowledge_voids import AcknowledgeVoids, acknowledge_voids
from riff.usecases.reconciliation.record_cash_count import RecordCashCount, record_cash_count
from riff.usecases.sales.sell_attended import AttendedTicket
from riff.usecases.units.close_unit import CloseUnit, close_unit
from riff.usecases.units.enroll_unit import EnrollUnit, MemoryCheck, enroll_unit
from riff.usecases.units.lease_block import LeaseBlock, lease_block
from riff.usecases.units.register_unit import RegisterUnit, register_unit
from riff.usecases.units.sell_tickets import SellTickets, sell_tickets
from riff_critical.memory import Link
from tests.support.builders import RaffleBuilder, a_staff_member
from tests.support.builders.units import a_request
from tests.support.contracts import Stores
from tests.support.fakes import Fakes

MANAGER = Actor(ActorKind.STAFF, "manager", (Grant("super_admin", None),))


def services_on(transactions: Transactions) -> Services:
    """Services of a function whose stores are these."""
    return attrs.evolve(Fakes().services, identifiers=SystemIdentifiers(), transactions=transactions)


@attrs.frozen
class Venue:
    """An active unit that holds a block, at an active raffle.

    Attributes:
        raffle: the raffle.
        package: its first package.
        unit: as it was registered.
        actor: the unit as a caller.
        business: services of functions that manage.
        critical: services of functions that sell.
        reader: services of functions that show.
    """

    raffle: Raffle
    package: Package
    unit: SalesUnit
    actor: Actor
    business: Services
    critical: Services
    reader: Services

    @classmethod
    def of(cls, stores: Stores, builder: RaffleBuilder | None = None) -> Self:
        """A venue with everything stored."""
        raffle = stores.raffle(builder)
        operator = a_staff_member("operator", raffle.organization_id)
        stores.add_staff(operator)
        business, critical = services_on(stores.business), services_on(stores.critical)
        command = RegisterUnit(
            MANAGER, raffle.organization_id, "Booth 1", f"device of {raffle.id}", operator.subject
        )
        made = register_unit(command, business)
        actor = Actor(ActorKind.UNIT, str(made.unit.id))
        enroll_unit(EnrollUnit(actor, raffle.id, made.logon_code, MemoryCheck.CLEARED), critical)
        lease_block(LeaseBlock(actor, 10), critical)
        with stores.reader.begin() as work:
            package = work.raffles.packages(raffle.id)[0]
        return cls(raffle, package, made.unit, actor, business, critical, services_on(stores.reader))

    @property
    def now(self) -> SalesUnit:
        """The unit as it is stored now."""
        with self.reader.transactions.begin() as work:
            return work.units.get(self.unit.id)

    @property
    def seller(self) -> str:
        """The name under which the unit's cash is counted."""
        return f"enrolment:{self.now.enrolment_id}"

    @property
    def stored(self) -> Link:
        """The chain of the unit's memory as far as it was handed in."""
        enrolment_id = self.now.enrolment_id
        assert enrolment_id
        with self.reader.transactions.begin() as work:
            return work.uploads.end(work.units.enrolment(enrolment_id))

    def sell(self, services: Services | None = None, tender: Tender = Tender.CASH) -> AttendedTicket:
        """Sell the package at the unit, which has never sold out of reach."""
        request = a_request(f"sell_tickets {self.actor.label}")
        command = SellTickets(self.actor, self.package.id, tender, memory_position=0, request=request)
        return sell_tickets(command, services or self.critical)

    def end_sales(self) -> None:
        """Close the unit and the sales."""
        close_unit(CloseUnit(self.actor, self.stored.mark), self.critical)
        close_sales(CloseSales(MANAGER, self.raffle.id, "r"), self.critical)

    def account(self, cash_minor: int, voids: int = 0, requests: int = 0) -> None:
        """Count the unit's cash and acknowledge the voids."""
        record_cash_count(
            RecordCashCount(MANAGER, self.raffle.id, self.seller, cash_minor, None), self.critical
        )
        acknowledge_voids(AcknowledgeVoids(MANAGER, self.raffle.id, voids, requests), self.critical)
