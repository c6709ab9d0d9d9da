"""POST /staff/units/{unit_id}/resumption: put a sales unit back into service."""

from typing import Annotated

import attrs

from riff.domain.identifiers import UnitId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.unit import UnitLogonReply
from riff.usecases.units.resume_unit import ResumeUnit, resume_unit
from riff.wiring import services


@attrs.frozen
class ResumeUnitBody:
    """What was found, and whether the unit was inspected: in hand, identified, its memory sound."""

    reason: Annotated[str, Length(1, 500)]
    inspected: bool


@endpoint(body=ResumeUnitBody, permission="units:manage", idempotent=True)
def handler(request: Request[ResumeUnitBody]) -> Ok[UnitLogonReply]:
    """Answer with the unit and the new code for its operator."""
    command = ResumeUnit(
        actor=request.actor,
        unit_id=UnitId(request.path_id("unit_id")),
        reason=request.body.reason,
        inspected=request.body.inspected,
    )
    resumed = resume_unit(command, services())
    return Ok(UnitLogonReply.of(resumed.unit, resumed.logon_code))
