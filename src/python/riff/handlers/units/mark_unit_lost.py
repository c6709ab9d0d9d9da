"""POST /staff/units/{unit_id}/loss: report a sales unit lost, stolen or destroyed."""

from typing import Annotated

import attrs

from riff.domain.identifiers import UnitId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.unit import UnitReply
from riff.usecases.units.mark_unit_lost import MarkUnitLost, mark_unit_lost
from riff.wiring import services


@attrs.frozen
class MarkUnitLostBody:
    """What happened to the unit."""

    reason: Annotated[str, Length(1, 500)]


@endpoint(body=MarkUnitLostBody, permission="units:manage", idempotent=True)
def handler(request: Request[MarkUnitLostBody]) -> Ok[UnitReply]:
    """Answer with the unit, lost."""
    command = MarkUnitLost(
        actor=request.actor,
        unit_id=UnitId(request.path_id("unit_id")),
        reason=request.body.reason,
    )
    return Ok(UnitReply.of(mark_unit_lost(command, services())))
