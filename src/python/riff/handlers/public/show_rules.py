"""GET /raffles/{raffle_id}/rules: the rules that the raffle follows."""

from typing import Self
from uuid import UUID

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.money import Money
from riff.domain.raffles.profile import AtCap, DrawMode, PriceChanges, Unclaimed
from riff.domain.raffles.purchase_limit import LimitWindow, PurchaseLimit
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.public.show_rules import RaffleRules, ShowRules, show_rules
from riff.wiring import services

# What is shown was fixed when the raffle was activated.
_CACHE_S = 60


@attrs.frozen
class PurchaseLimitReply:
    """What one buyer may buy within a window; a limit that does not hold is left out."""

    window: LimitWindow
    hours: int | None
    numbers: int | None
    amount: MoneyReply | None

    @classmethod
    def of(cls, limit: PurchaseLimit, currency: str) -> Self:
        """The limit, its amount in the raffle's currency."""
        return cls(limit.window, limit.hours, limit.numbers, _money(limit.amount_minor, currency))


@attrs.frozen
class RulesReply:
    """The rules of a raffle, from its activation on; what is not limited is left out."""

    raffle_id: UUID
    name: str
    organization: str
    licence_number: str
    profile: str
    title: str
    draw_modes: tuple[DrawMode, ...]
    price_changes: PriceChanges
    sales_extension: bool
    sales_cap: MoneyReply | None
    prize_cap: MoneyReply | None
    at_prize_cap: AtCap
    alternates: int
    minimum_age: int | None
    buyer_regions: frozenset[str]
    purchase_limits: tuple[PurchaseLimitReply, ...]
    claim_days: int | None
    unclaimed: Unclaimed
    rules_text: str
    ticket_text: str
    helpline: str

    @classmethod
    def of(cls, found: RaffleRules) -> Self:
        """The rules that concern the public."""
        raffle, profile = found.raffle, found.profile
        return cls(
            raffle_id=raffle.id,
            name=raffle.name,
            organization=found.organization.name,
            licence_number=found.organization.licence_number,
            profile=profile.name,
            title=profile.title,
            draw_modes=profile.draw_modes,
            price_changes=profile.prices.changes,
            sales_extension=profile.sales.extension,
            sales_cap=_money(profile.sales.cap_minor, raffle.currency),
            prize_cap=_money(profile.prizes.cap_minor, raffle.currency),
            at_prize_cap=profile.prizes.at_cap,
            alternates=profile.prizes.alternates,
            minimum_age=profile.gates.minimum_age,
            buyer_regions=profile.gates.buyer_regions,
            purchase_limits=tuple(
                PurchaseLimitReply.of(limit, raffle.currency) for limit in profile.purchase_limits
            ),
            claim_days=profile.claims.expiry_days,
            unclaimed=profile.claims.unclaimed,
            rules_text=profile.texts.rules,
            ticket_text=profile.texts.ticket,
            helpline=profile.texts.helpline,
        )


@endpoint()
def handler(request: Request[None]) -> Ok[RulesReply]:
    """Answer with the rules as they were kept with the raffle."""
    query = ShowRules(raffle_id=RaffleId(request.path_id("raffle_id")))
    return Ok(RulesReply.of(show_rules(query, services())), cache_s=_CACHE_S)


def _money(minor: int | None, currency: str) -> MoneyReply | None:
    return None if minor is None else MoneyReply.of(Money(minor, currency))
