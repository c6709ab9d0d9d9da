"""List the raffles that a sales unit can enrol in."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.units.enrollable import EnrollableRaffle
from riff.ports.pages import Page, RafflePosition
from riff.ports.services import Services
from riff.usecases.units.calling_unit import unit_of


@attrs.frozen
class ListEnrollableRaffles:
    """One page of the list.

    Attributes:
        actor: a sales unit.
        after: the last raffle of the page before, or None for the first page.
        limit: how many at most.
    """

    actor: Actor
    after: RafflePosition | None
    limit: int


def list_enrollable_raffles(query: ListEnrollableRaffles, services: Services) -> Page[EnrollableRaffle]:
    """Active raffles of the unit's organization that have numbers for sales units, soonest close first."""
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = unit_of(query.actor, work)
        return work.units.enrollable(unit.organization_id, now, query.after, query.limit)
