"""GET /staff/units/{unit_id}: a sales unit, what it serves and what it has taken."""

from typing import Self

import attrs

from riff.domain.identifiers import UnitId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.unit import ServiceReply, UnitReply
from riff.usecases.units.show_unit import ShowUnit, UnitOverview, show_unit
from riff.wiring import services


@attrs.frozen
class UnitOverviewReply:
    """A unit, the tickets that it ever issued, and what it serves or served last."""

    unit: UnitReply
    orders: int
    numbers: int
    service: ServiceReply | None

    @classmethod
    def of(cls, overview: UnitOverview) -> Self:
        """The unit as it stands."""
        listed, served = overview.listed, overview.service
        return cls(
            unit=UnitReply.of(listed.unit),
            orders=listed.orders,
            numbers=listed.numbers,
            service=None
            if served is None
            else ServiceReply.of(served.enrolment, served.takings, served.currency),
        )


@endpoint(permission="units:read")
def handler(request: Request[None]) -> Ok[UnitOverviewReply]:
    """Answer with the unit."""
    query = ShowUnit(actor=request.actor, unit_id=UnitId(request.path_id("unit_id")))
    return Ok(UnitOverviewReply.of(show_unit(query, services())))
