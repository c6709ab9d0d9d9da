"""Whether a rule profile lets a raffle be activated, and how much the raffle may then sell."""

from collections.abc import Iterator

from riff.domain.raffles.package import Package
from riff.domain.raffles.prize import Prize, PrizeKind
from riff.domain.raffles.profile import AtCap, PrizeRules, RuleProfile
from riff.domain.raffles.raffle import Raffle
from riff.domain.raffles.setup import RaffleSetup
from riff.errors import ProfileRefusesError
from riff_critical.selling import Channel


def require_permitted(setup: RaffleSetup, profile: RuleProfile) -> None:
    """Refuse a setup that breaks a rule of the profile.

    Raises:
        ProfileRefusesError: naming the rule.
    """
    _require_raffle(setup.raffle, profile)
    for package in setup.packages:
        require_permitted_package(package, profile)
    for prize in setup.prizes:
        _require_prize(prize, profile.prizes)
    cap = sales_cap(setup, profile)
    if cap is not None and all(package.price_minor > cap for package in setup.packages):
        raise _refusal("sales.cap_minor", "No package could be sold below the cap on sales.")


def sales_cap(setup: RaffleSetup, profile: RuleProfile) -> int | None:
    """The most that valid orders may come to, by raffle, profile, and prizes that end sales."""
    return min(_caps(setup, profile), default=None)


def _caps(setup: RaffleSetup, profile: RuleProfile) -> Iterator[int]:
    yield from (cap for cap in (setup.raffle.sales_cap_minor, profile.sales.cap_minor) if cap is not None)
    if profile.prizes.at_cap is AtCap.END_SALES and profile.prizes.cap_minor is not None:
        for prize in setup.prizes:
            if prize.kind is PrizeKind.SHARE:
                yield prize.most_sales(prize.cap_minor or profile.prizes.cap_minor)


def _require_raffle(raffle: Raffle, profile: RuleProfile) -> None:
    if not {part.channel for part in raffle.ranges} <= profile.channels:
        raise _refusal("channels", "A range belongs to a channel that is not allowed.")
    if raffle.numbering not in profile.sales.numbering:
        raise _refusal("sales.numbering", f"Numbering may not be {raffle.numbering.value}.")
    if _exceeds(raffle.sales_cap_minor, profile.sales.cap_minor):
        raise _refusal("sales.cap_minor", "The raffle's cap on sales is above what is allowed.")


def require_permitted_package(package: Package, profile: RuleProfile) -> None:
    """Refuse a package that breaks a rule of the profile.

    Raises:
        ProfileRefusesError: naming the rule.
    """
    if not package.channels <= profile.channels:
        raise _refusal("channels", f"The package {package.label} is sold in a channel that is not allowed.")
    if Channel.ONLINE in package.channels and any(
        _exceeds(package.numbers, limit.numbers) or _exceeds(package.price_minor, limit.amount_minor)
        for limit in profile.purchase_limits
    ):
        raise _refusal("purchase_limits", f"The package {package.label} is more than one buyer may buy.")


def _require_prize(prize: Prize, rules: PrizeRules) -> None:
    cap = rules.cap_minor
    if cap is None:
        return
    if _exceeds(max(prize.amount_minor, prize.seed_minor, prize.guaranteed_minor), cap):
        raise _refusal("prizes.cap_minor", f"The prize {prize.name} is above what is allowed.")
    held = prize.kind is PrizeKind.FIXED or rules.at_cap is AtCap.END_SALES or prize.cap_minor is not None
    if not held or _exceeds(prize.cap_minor, cap):
        raise _refusal("prizes.cap_minor", f"The prize {prize.name} needs a cap of at most {cap}.")


def _exceeds(amount: int | None, most: int | None) -> bool:
    return amount is not None and most is not None and amount > most


def _refusal(rule: str, detail: str) -> ProfileRefusesError:
    return ProfileRefusesError(detail, rule=rule)
