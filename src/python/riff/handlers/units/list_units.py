"""GET /staff/organizations/{organization_id}/units: the master list of sales units."""

import attrs

from riff.domain.identifiers import OrganizationId
from riff.domain.units.sales_unit import ListedUnit
from riff.handlers._runtime import cursor
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.shapes.unit import UnitReply
from riff.ports.pages import Page
from riff.ports.units import UnitPosition
from riff.usecases.units.list_units import ListUnits, list_units
from riff.wiring import services

LIMIT = Between(1, 100)


@attrs.frozen
class ListedUnitReply:
    """A unit with the tickets that it ever issued, voided ones included."""

    unit: UnitReply
    orders: int
    numbers: int


@attrs.frozen
class UnitPageReply:
    """Part of the list; without `next_cursor` it is the last part."""

    units: tuple[ListedUnitReply, ...]
    next_cursor: str | None


@endpoint(query=("cursor", "limit"), permission="units:read")
def handler(request: Request[None]) -> Ok[UnitPageReply]:
    """Answer with one page, in the order in which the units were registered."""
    query = ListUnits(
        actor=request.actor,
        organization_id=OrganizationId(request.path_id("organization_id")),
        after=cursor.decode(request.query_text("cursor"), UnitPosition),
        limit=request.query_number("limit", LIMIT, default=20),
    )
    page = list_units(query, services())
    units = tuple(ListedUnitReply(UnitReply.of(e.unit), e.orders, e.numbers) for e in page.items)
    return Ok(UnitPageReply(units, _next(page)))


def _next(page: Page[ListedUnit]) -> str | None:
    return cursor.encode(UnitPosition(page.items[-1].unit.id)) if page.more else None
