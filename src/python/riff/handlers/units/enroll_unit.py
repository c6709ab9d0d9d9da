"""POST /units/me/enrolment: enrol the calling sales unit in a raffle and log its operator on."""

from typing import Annotated, Self
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Matches
from riff.handlers._runtime.shapes.raffle import RaffleReply
from riff.handlers._runtime.shapes.unit import EnrolmentReply, UnitReply
from riff.usecases.units.enroll_unit import EnrolledUnit, EnrollUnit, MemoryCheck, enroll_unit
from riff.wiring import services


@attrs.frozen
class EnrollUnitBody:
    """Where the unit wants to sell, the operator's code, and what the check of its critical memory found."""

    raffle_id: UUID
    logon_code: Annotated[str, Matches("[0-9A-Za-z]{16}", "a logon code of 16 characters")] = attrs.field(
        repr=False
    )
    memory: MemoryCheck


@attrs.frozen
class EnrolledUnitReply:
    """Everything that the unit needs to sell and to print."""

    unit: UnitReply
    enrolment: EnrolmentReply
    organization_name: str
    licence_number: str
    raffle: RaffleReply

    @classmethod
    def of(cls, enrolled: EnrolledUnit) -> Self:
        """The unit in its raffle."""
        return cls(
            unit=UnitReply.of(enrolled.unit),
            enrolment=EnrolmentReply.of(enrolled.enrolment),
            organization_name=enrolled.organization.name,
            licence_number=enrolled.organization.licence_number,
            raffle=RaffleReply.of(enrolled.setup),
        )


@endpoint(body=EnrollUnitBody, caller=Caller.UNIT, idempotent=True)
def handler(request: Request[EnrollUnitBody]) -> Ok[EnrolledUnitReply]:
    """Answer with the unit, active."""
    command = EnrollUnit(
        actor=request.actor,
        raffle_id=RaffleId(request.body.raffle_id),
        logon_code=request.body.logon_code,
        memory=request.body.memory,
    )
    return Ok(EnrolledUnitReply.of(enroll_unit(command, services())))
