"""PUT /staff/units/{unit_id}: give a sales unit another label or another operator."""

from typing import Annotated

import attrs

from riff.domain.identifiers import UnitId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.unit import UnitLogonReply
from riff.usecases.units.update_unit import UpdateUnit, update_unit
from riff.wiring import services


@attrs.frozen
class UpdateUnitBody:
    """How the unit is to be known, and the member of staff who sells with it from now on."""

    label: Annotated[str, Length(1, 60)]
    operator: Annotated[str, Length(1, 200)]


@endpoint(body=UpdateUnitBody, permission="units:manage", idempotent=True)
def handler(request: Request[UpdateUnitBody]) -> Ok[UnitLogonReply]:
    """Answer with the unit and the new code for its operator."""
    command = UpdateUnit(
        actor=request.actor,
        unit_id=UnitId(request.path_id("unit_id")),
        label=request.body.label,
        operator=request.body.operator,
    )
    updated = update_unit(command, services())
    return Ok(UnitLogonReply.of(updated.unit, updated.logon_code))
