"""Show a raffle to those who run it: in any state, with setup and sales."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import RaffleId
from riff.domain.raffles.setup import RaffleSetup
from riff.domain.sales.sold_order import SalesSubtotal
from riff.ports.services import Services


@attrs.frozen
class ShowRaffleAdmin:
    """Which raffle `actor` wants to see."""

    actor: Actor
    raffle_id: RaffleId


@attrs.frozen
class RaffleOverview:
    """A raffle with its packages and prizes, and what its blocks add up to."""

    setup: RaffleSetup
    sales: SalesSubtotal


def show_raffle_admin(query: ShowRaffleAdmin, services: Services) -> RaffleOverview:
    """A raffle with its setup and its sales so far.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not see it.
    """
    with services.transactions.begin() as work:
        raffle = work.raffles.get(query.raffle_id)
        query.actor.require("raffles:read", raffle.organization_id)
        setup = RaffleSetup(raffle, work.raffles.packages(raffle.id), work.raffles.prizes(raffle.id))
        return RaffleOverview(setup, work.blocks.subtotal(raffle.id))
