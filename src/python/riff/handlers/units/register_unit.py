"""POST /staff/organizations/{organization_id}/units: register a sales unit."""

from typing import Annotated

import attrs

from riff.domain.identifiers import OrganizationId
from riff.handlers._runtime.http import Created, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.unit import UnitLogonReply
from riff.usecases.units.register_unit import RegisterUnit, register_unit
from riff.wiring import services


@attrs.frozen
class RegisterUnitBody:
    """A device, as the user pool of devices knows it, and the member of staff who sells with it."""

    label: Annotated[str, Length(1, 60)]
    subject: Annotated[str, Length(1, 200)]
    operator: Annotated[str, Length(1, 200)]


@endpoint(body=RegisterUnitBody, permission="units:manage", idempotent=True)
def handler(request: Request[RegisterUnitBody]) -> Created[UnitLogonReply]:
    """Answer with the unit and the code for its operator."""
    command = RegisterUnit(
        actor=request.actor,
        organization_id=OrganizationId(request.path_id("organization_id")),
        label=request.body.label,
        subject=request.body.subject,
        operator=request.body.operator,
    )
    made = register_unit(command, services())
    return Created(UnitLogonReply.of(made.unit, made.logon_code), location=f"/staff/units/{made.unit.id}")
