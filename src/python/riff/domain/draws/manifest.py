"""The manifest M of a raffle, from its setup and its rules.

The draws come in the order early bird, grand.  Prizes are drawn by rank.  A fixed prize is a seed without a
share.  The rounds of a beacon begin with the first that comes ten minutes after the seal deadline; each
further draw has its own ten minutes later, and each further attempt a day after the one before, so that what
is needed for it can still be kept secret until then.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

import attrs

from riff.domain.draws.instants import milliseconds
from riff.domain.draws.plan import DrawPlan
from riff.domain.instants import format_instant
from riff.domain.raffles import prize as raffle_prize
from riff.domain.raffles.prize import DrawKind, PrizeKind
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.raffle import Organization
from riff.domain.raffles.setup import RaffleSetup
from riff.domain.raffles.window import SalesWindow
from riff.errors import IncompleteSetupError
from riff_critical.documents import DocumentError
from riff_critical.draw import Beacon, EntropyMode, Log, Manifest, Package, PlannedDraw, Prize
from riff_critical.encoding import Json, canonical_json, frame

BEACON_DELAY_S: Final = 600
DRAW_SPACING_S: Final = 600
ATTEMPT_SPACING_S: Final = 86_400

_NAMES: Final = {DrawKind.EARLY_BIRD: "early-bird", DrawKind.GRAND: "grand"}
_PROFILE_TAG: Final = "riff/rule-profile/1"


@attrs.frozen
class Surroundings:
    """What M takes from outside the raffle.

    Attributes:
        critical_digest: of the certified files that will draw.
        log: who signs the ledger, and who cosigns.
        beacon: the public beacon of this deployment; None where it uses none.
    """

    critical_digest: bytes
    log: Log
    beacon: Beacon | None


def manifest_of(
    setup: RaffleSetup, plan: DrawPlan, profile: RuleProfile, organization: Organization, world: Surroundings
) -> Manifest:
    """M.

    Raises:
        IncompleteSetupError: something is missing that the mode or a draw needs, or contradicts something.
    """
    raffle, modes = setup.raffle, modes_of(profile)
    beacon = _needed_beacon(modes, world.beacon)
    seal_by = raffle.window.closes_at + timedelta(seconds=plan.seal_within_s)
    contributing = bool({EntropyMode.COMMIT_REVEAL, EntropyMode.BEACON} & set(modes))
    try:
        return Manifest(
            protocol="SD/1",
            generator="HMAC_DRBG-SHA-256",
            tree="RFC6962-SHA-256",
            critical_digest=world.critical_digest,
            raffle=str(raffle.id),
            event=raffle.event_number,
            licence=organization.licence_number,
            currency=raffle.currency,
            profile=profile.name,
            profile_hash=profile_hash(profile),
            slots=raffle.slot_count,
            packages=tuple(Package(str(each.id), each.numbers, each.price_minor) for each in setup.packages),
            draws=tuple(_draws(setup, plan, profile, beacon, milliseconds(seal_by))),
            attempts=plan.attempts,
            close_at=milliseconds(raffle.window.closes_at),
            seal_by=milliseconds(seal_by),
            mode=modes[0],
            ladder=modes[1:],
            contributors=plan.contributors if contributing else (),
            beacon=beacon,
            log=world.log,
        )
    except DocumentError as error:
        raise IncompleteSetupError(
            f"The draws cannot be held as planned: {error}.", missing="draws"
        ) from error


def modes_of(profile: RuleProfile) -> tuple[EntropyMode, ...]:
    """The planned mode and its fallbacks, in order."""
    return tuple(EntropyMode(mode.value) for mode in profile.draw_modes)


def profile_hash(profile: RuleProfile) -> bytes:
    """The hash under which M names the rules, over all of them in canonical JSON."""
    return hashlib.sha256(frame(_PROFILE_TAG, canonical_json(_plain(profile)))).digest()


def _needed_beacon(modes: Collection[EntropyMode], beacon: Beacon | None) -> Beacon | None:
    if EntropyMode.BEACON not in modes:
        return None
    if beacon is None:
        raise IncompleteSetupError("This deployment names no beacon.", missing="beacon")
    return beacon


def _draws(
    setup: RaffleSetup, plan: DrawPlan, profile: RuleProfile, beacon: Beacon | None, seal_by: int
) -> Iterable[PlannedDraw]:
    kinds = [kind for kind in _NAMES if any(prize.draw is kind for prize in setup.prizes)]
    for number, kind in enumerate(kinds):
        early = kind is DrawKind.EARLY_BIRD
        yield PlannedDraw(
            name=_NAMES[kind],
            prizes=tuple(_prize(prize) for prize in setup.prizes if prize.draw is kind),
            alternates=profile.prizes.alternates,
            replacement=profile.prizes.replacement,
            returned=profile.prizes.returned,
            sold_before=milliseconds(_cut_off(setup.raffle.window, plan)) if early else None,
            rounds=_rounds(beacon, seal_by, number, plan.attempts),
        )


def _cut_off(window: SalesWindow, plan: DrawPlan) -> datetime:
    """The end of the early-bird draw; the window may have moved since it was planned."""
    if plan.early_bird_until is None or not window.opens_at < plan.early_bird_until <= window.closes_at:
        raise IncompleteSetupError(
            "The early-bird draw needs an instant of the sales, until which orders take part.",
            missing="early-bird-until",
        )
    return plan.early_bird_until


def _prize(prize: raffle_prize.Prize) -> Prize:
    fixed = prize.kind is PrizeKind.FIXED
    return Prize(
        id=str(prize.id),
        winners=prize.winners,
        share_basis_points=prize.share_bp,
        basis=prize.basis,
        seed=prize.amount_minor if fixed else prize.seed_minor,
        minimum=0 if fixed else prize.guaranteed_minor,
        cap=None if fixed else prize.cap_minor,
        rounding_unit=1 if fixed else prize.rounding_minor,
        rounding=prize.rounding,
    )


def _rounds(beacon: Beacon | None, seal_by: int, draw: int, attempts: int) -> tuple[int, ...]:
    if beacon is None:
        return ()
    first = seal_by // 1000 + 1 + BEACON_DELAY_S + draw * DRAW_SPACING_S
    instants = (first + attempt * ATTEMPT_SPACING_S for attempt in range(attempts))
    return tuple(max(-(-(at - beacon.genesis) // beacon.period), 0) + 1 for at in instants)


def _plain(value: object) -> Json:  # noqa: PLR0911 - one line per kind of value
    match value:
        case Enum():
            return _plain(value.value)
        case None | bool() | int() | str():
            return value
        case datetime():
            return format_instant(value)
        case timedelta():
            return value // timedelta(microseconds=1)
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case frozenset() | set():
            return sorted((_plain(each) for each in value), key=canonical_json)
        case tuple() | list():
            return [_plain(each) for each in value]
    kind = type(value)
    if attrs.has(kind):
        return {field.name: _plain(getattr(value, field.name)) for field in attrs.fields(kind)}
    raise TypeError(f"a rule is a {kind}")
