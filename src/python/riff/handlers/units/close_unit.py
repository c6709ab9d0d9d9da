"""POST /units/me/closing: close the calling sales unit once everything that it sold is stored."""

from typing import Annotated

import attrs

from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.shapes.unit import ServiceReply, UnitReply
from riff.usecases.units.close_unit import CloseUnit, close_unit
from riff.wiring import services


@attrs.frozen
class CloseUnitBody:
    """How many records of sales the memory of the unit still holds."""

    pending_records: Annotated[int, Between(0, 100_000)]


@attrs.frozen
class ClosedUnitReply:
    """A closed unit, with all that it sold: the unit shows it to its operator."""

    unit: UnitReply
    service: ServiceReply


@endpoint(body=CloseUnitBody, caller=Caller.UNIT, idempotent=True)
def handler(request: Request[CloseUnitBody]) -> Ok[ClosedUnitReply]:
    """Answer with the unit, closed."""
    command = CloseUnit(actor=request.actor, pending_records=request.body.pending_records)
    closed = close_unit(command, services())
    served = closed.service
    service = ServiceReply.of(served.enrolment, served.takings, served.currency)
    return Ok(ClosedUnitReply(UnitReply.of(closed.unit), service))
