"""POST /staff/units/{unit_id}/suspension: take a sales unit out of service."""

from typing import Annotated

import attrs

from riff.domain.identifiers import UnitId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.unit import UnitReply
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff.wiring import services


@attrs.frozen
class SuspendUnitBody:
    """Why the unit is to sell no more for now."""

    reason: Annotated[str, Length(1, 500)]


@endpoint(body=SuspendUnitBody, permission="units:manage", idempotent=True)
def handler(request: Request[SuspendUnitBody]) -> Ok[UnitReply]:
    """Answer with the unit, suspended."""
    command = SuspendUnit(
        actor=request.actor,
        unit_id=UnitId(request.path_id("unit_id")),
        reason=request.body.reason,
    )
    return Ok(UnitReply.of(suspend_unit(command, services())))
