"""Show what a raffle has to answer for, each condition with its figures and with what is to be done."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import RaffleId
from riff.domain.reconciliation.reconciliation import Reconciliation
from riff.ports.services import Services
from riff.usecases.reconciliation.account import account


@attrs.frozen
class ShowReconciliation:
    """Whose reconciliation `actor` wants to see."""

    actor: Actor
    raffle_id: RaffleId


def show_reconciliation(query: ShowReconciliation, services: Services) -> Reconciliation:
    """The accounts as they stand, also while the raffle still sells.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, it was never activated, or the actor may not see it.
    """
    with services.transactions.begin() as work:
        raffle = work.raffles.get(query.raffle_id)
        query.actor.require("reconciliation:read", raffle.organization_id)
        return account(raffle, work)
