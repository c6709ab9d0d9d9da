"""List the raffles of an organization, in any state, for those who run them."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import OrganizationId
from riff.domain.raffles.raffle import Raffle
from riff.ports.pages import EventPosition, Page
from riff.ports.services import Services


@attrs.frozen
class ListRaffles:
    """Whose raffles `actor` wants to see, and which part of the list.

    Attributes:
        actor: who asks.
        organization_id: the licence holder.
        after: where the part begins; None for the first.
        limit: how many raffles at most.
    """

    actor: Actor
    organization_id: OrganizationId
    after: EventPosition | None
    limit: int


def list_raffles(query: ListRaffles, services: Services) -> Page[Raffle]:
    """Raffles, latest event number first.

    Raises:
        NotFoundError, NotPermittedError: the actor may not see raffles of this organization.
    """
    query.actor.require("raffles:read", query.organization_id)
    with services.transactions.begin() as work:
        organization = work.raffles.organization(query.organization_id)
        return work.raffles.of(organization.id, query.after, query.limit)
