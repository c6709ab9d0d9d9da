"""POST /units/me/closing: close the calling sales unit once everything that it sold is stored."""

from typing import Annotated

import attrs

from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Matches
from riff.handlers._runtime.shapes.unit import ServiceReply, UnitReply
from riff.usecases.units.close_unit import CloseUnit, close_unit
from riff.wiring import services
from riff_critical.memory import Mark


@attrs.frozen
class CloseUnitBody:
    """The mark of the end of the critical memory of the unit: how many records, and the tag of its head."""

    position: Annotated[int, Between(0, 1_000_000_000)]
    tag: Annotated[str, Matches("[0-9a-f]{16}", "a tag of 16 hexadecimal digits")]


@attrs.frozen
class ClosedUnitReply:
    """A closed unit, with all that it sold: the unit shows it to its operator."""

    unit: UnitReply
    service: ServiceReply


@endpoint(body=CloseUnitBody, caller=Caller.UNIT, idempotent=True)
def handler(request: Request[CloseUnitBody]) -> Ok[ClosedUnitReply]:
    """Answer with the unit, closed."""
    mark = Mark(request.body.position, bytes.fromhex(request.body.tag))
    command = CloseUnit(actor=request.actor, mark=mark)
    closed = close_unit(command, services())
    served = closed.service
    service = ServiceReply.of(served.enrolment, served.takings, served.currency)
    return Ok(ClosedUnitReply(UnitReply.of(closed.unit), service))
