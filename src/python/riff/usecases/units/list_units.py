"""List the sales units of an organization (GLI-31 5.4.1)."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import OrganizationId
from riff.domain.units.sales_unit import ListedUnit
from riff.ports.pages import Page
from riff.ports.services import Services
from riff.ports.units import UnitPosition


@attrs.frozen
class ListUnits:
    """One page of the list.

    Attributes:
        actor: a member of staff.
        organization_id: whose units.
        after: the last unit of the page before, or None for the first page.
        limit: how many at most.
    """

    actor: Actor
    organization_id: OrganizationId
    after: UnitPosition | None
    limit: int


def list_units(query: ListUnits, services: Services) -> Page[ListedUnit]:
    """The units, in the order in which they were registered.

    Raises:
        NotFoundError, NotPermittedError: no such organization, or the actor may not see its units.
    """
    with services.transactions.begin() as work:
        organization = work.raffles.organization(query.organization_id)
        query.actor.require("units:read", organization.id)
        return work.units.page(organization.id, query.after, query.limit)
