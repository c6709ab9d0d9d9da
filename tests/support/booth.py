"""A booth: a stage with a sales unit, whose operator has the logon code."""

from typing import Self

import attrs

from riff.domain.accounts.actor import Actor, ActorKind
from riff.domain.sales.attended_sale import Tender
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.units.sales_unit import Enrolment, SalesUnit
from riff.usecases.raffles.close_sales import CloseSales, close_sales
from riff.usecases.sales.sell_attended import AttendedTicket
from riff.usecases.units.close_unit import ClosedUnit, CloseUnit, close_unit
from riff.usecases.units.enroll_unit import EnrolledUnit, EnrollUnit, MemoryCheck, enroll_unit
from riff.usecases.units.lease_block import LeaseBlock, lease_block
from riff.usecases.units.register_unit import RegisterUnit, register_unit
from riff.usecases.units.sell_tickets import SellTickets, sell_tickets
from riff_critical.memory import Link, Mark, start
from tests.support.builders import RaffleBuilder, a_staff_member
from tests.support.builders.changes import changed
from tests.support.builders.units import OPERATOR, a_request
from tests.support.fakes import Fakes
from tests.support.stage import Stage

DEVICE = "device-1"


@attrs.frozen
class Booth:
    """Where a unit sells.

    Attributes:
        stage: raffle, staff and services.
        actor: the unit as a caller.
        unit: as it was registered.
        code: with which its operator logs on.
    """

    stage: Stage
    actor: Actor
    unit: SalesUnit
    code: str

    @classmethod
    def of(cls, builder: RaffleBuilder | None = None, fakes: Fakes | None = None) -> Self:
        """A booth at an active raffle; the unit is registered and no more."""
        return cls.at(Stage.of(builder, fakes))

    @classmethod
    def at(cls, stage: Stage, device: str = DEVICE) -> Self:
        """Another booth at the same raffle."""
        operator = a_staff_member("operator", stage.organization.id, OPERATOR)
        stage.fakes.transactions.add_staff(operator)
        command = RegisterUnit(stage.manager, stage.organization.id, f"Booth {device}", device, OPERATOR)
        made = register_unit(command, stage.fakes.services)
        return cls(stage, Actor(ActorKind.UNIT, str(made.unit.id)), made.unit, made.logon_code)

    @classmethod
    def selling(cls, builder: RaffleBuilder | None = None, fakes: Fakes | None = None) -> Self:
        """A booth whose unit is active and holds a block."""
        booth = cls.of(builder, fakes)
        booth.enrol()
        booth.lease()
        return booth

    @property
    def now(self) -> SalesUnit:
        """The unit as it is stored now."""
        with self.stage.fakes.transactions.begin() as work:
            return work.units.get(self.unit.id)

    @property
    def enrolment(self) -> Enrolment:
        """What the unit serves, or served last."""
        enrolment_id = self.now.enrolment_id
        assert enrolment_id
        with self.stage.fakes.transactions.begin() as work:
            return work.units.enrolment(enrolment_id)

    def enrol(
        self, memory: MemoryCheck = MemoryCheck.CLEARED, code: str | None = None, **changes: object
    ) -> EnrolledUnit:
        """Enrol the unit in the raffle of the stage and log its operator on."""
        command = EnrollUnit(self.actor, self.stage.raffle.id, code or self.code, memory)
        return enroll_unit(changed(command, changes), self.stage.fakes.services)

    def lease(self, numbers: int = 10) -> LeasedBlock:
        """Lease a block."""
        return lease_block(LeaseBlock(self.actor, numbers), self.stage.fakes.services)

    def sell(self, tender: Tender = Tender.CASH) -> AttendedTicket:
        """Sell the first package."""
        position = self.stored.position
        request = a_request(f"sell_tickets {self.actor.label}")
        command = SellTickets(self.actor, self.stage.package.id, tender, position, request)
        return sell_tickets(command, self.stage.fakes.services)

    def close(self, mark: Mark | None = None) -> ClosedUnit:
        """Close the unit, with nothing in its memory that was not handed in, or at another mark."""
        return close_unit(CloseUnit(self.actor, mark or self.stored.mark), self.stage.fakes.services)

    @property
    def stored(self) -> Link:
        """The chain of the unit's memory as far as it was handed in."""
        enrolment_id = self.now.enrolment_id
        with self.stage.fakes.transactions.begin() as work:
            if enrolment_id is None:
                return start(b"no enrolment")
            return work.uploads.end(work.units.enrolment(enrolment_id))

    def end_sales(self) -> None:
        """Close the sales of the raffle."""
        close_sales(CloseSales(self.stage.manager, self.stage.raffle.id, "r"), self.stage.fakes.services)
