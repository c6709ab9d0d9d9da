"""Show the rules that a raffle follows, and whose raffle it is (GLI-31 2.2)."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.raffle import Organization, Raffle
from riff.ports.services import Services
from riff.usecases.public.show_raffle import visible_raffle


@attrs.frozen
class ShowRules:
    """Which raffle."""

    raffle_id: RaffleId


@attrs.frozen
class RaffleRules:
    """A raffle, its licence holder, and the rules as they were when it was activated."""

    raffle: Raffle
    organization: Organization
    profile: RuleProfile


def show_rules(query: ShowRules, services: Services) -> RaffleRules:
    """The rules that were kept with the raffle; later editions of the catalogue do not show here.

    Raises:
        NotFoundError: there is no such raffle, or it was never activated.
    """
    with services.transactions.begin() as work:
        raffle = visible_raffle(query.raffle_id, work)
        organization = work.raffles.organization(raffle.organization_id)
        return RaffleRules(raffle, organization, work.raffles.profile(raffle.id))
