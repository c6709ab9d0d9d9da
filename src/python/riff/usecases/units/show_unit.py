"""Show a sales unit, what it serves and what it has taken."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import UnitId
from riff.domain.sales.attended_sale import Takings
from riff.domain.units.sales_unit import Enrolment, ListedUnit
from riff.ports.services import Services
from riff.ports.stores import Work


@attrs.frozen
class ShowUnit:
    """Which unit `actor` wants to see."""

    actor: Actor
    unit_id: UnitId


@attrs.frozen
class Service:
    """An enrolment, with what was taken in it, in a currency."""

    enrolment: Enrolment
    takings: Takings
    currency: str


@attrs.frozen
class UnitOverview:
    """A unit, and the enrolment that it serves or served last."""

    listed: ListedUnit
    service: Service | None


def show_unit(query: ShowUnit, services: Services) -> UnitOverview:
    """The unit as it stands.

    Raises:
        NotFoundError, NotPermittedError: no such unit, or the actor may not see it.
    """
    with services.transactions.begin() as work:
        listed = work.units.listed(query.unit_id)
        query.actor.require("units:read", listed.unit.organization_id)
        enrolment_id = listed.unit.enrolment_id
        if enrolment_id is None:
            return UnitOverview(listed, None)
        return UnitOverview(listed, service(work.units.enrolment(enrolment_id), work))


def service(enrolment: Enrolment, work: Work) -> Service:
    """An enrolment with what was taken in it."""
    raffle = work.raffles.get(enrolment.raffle_id)
    takings = work.attended.taken_by(raffle.id, enrolment.seller)
    return Service(enrolment, takings or Takings(enrolment.seller, enrolment.id), raffle.currency)
