"""Sales units."""

from uuid import uuid4

from riff.domain.checkout.checkout import RequestKey
from riff.domain.identifiers import EnrolmentId, OrganizationId, RaffleId, UnitId
from riff.domain.units.sales_unit import Enrolment, SalesUnit
from riff_critical.lifecycle import SalesUnitState
from tests.support.builders.changes import changed
from tests.support.fakes.world import NOON

OPERATOR = "operator-1"


def a_unit(organization_id: OrganizationId, **changes: object) -> SalesUnit:
    """A unit as it is registered."""
    name = UnitId(uuid4())
    unit = SalesUnit(
        name,
        organization_id,
        f"Booth {name.hex[:8]}",
        f"device-{name}",
        OPERATOR,
        SalesUnitState.REGISTERED,
        None,
        NOON,
    )
    return changed(unit, changes)


def a_request(scope: str) -> RequestKey:
    """A request that nobody has made before."""
    return RequestKey(scope, str(uuid4()), b"d" * 32)


def an_enrolment(unit: SalesUnit, raffle_id: RaffleId, **changes: object) -> Enrolment:
    """The unit's service in a raffle, from noon."""
    return changed(Enrolment(EnrolmentId(uuid4()), unit.id, raffle_id, unit.operator, NOON), changes)
