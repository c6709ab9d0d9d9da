"""Which mode of M an attempt is held in: the planned one, or what follows if it cannot be had (SD/1, step 6).

A mode is passed over only while its value is not there: the beacon's once no relay has it half an hour after
its round, the contributions' once somebody says why they will not come.  A value that was seen once is kept
before anything else happens, and from then on its mode is never passed over, whatever the relays say later.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from riff.domain.draws.instants import milliseconds
from riff.domain.draws.standing import Standing
from riff.domain.identifiers import RaffleId
from riff.errors import BeaconEarlyError, BeaconUnavailableError, EntropyUnavailableError
from riff.ports.services import Services
from riff_critical.draw import BeaconValue, Contribution, EntropyMode, Fallback

BEACON_PATIENCE_MS: Final = 30 * 60 * 1000

type Finding = BeaconEarlyError | BeaconUnavailableError | None
"""Why the beacon gave no value, if it was asked in vain."""


@attrs.frozen
class Material:
    """What an attempt could be held with.

    Attributes:
        value: the beacon's value, once it was seen.
        finding: why there is none.
        contributions: what was opened.
        now: the present instant, in milliseconds.
    """

    value: BeaconValue | None
    finding: Finding
    contributions: Sequence[Contribution]
    now: int


def ask_beacon(raffle_id: RaffleId, standing: Standing, draw: int, services: Services) -> Finding:
    """Ask for the value of the attempt that is due, outside any transaction, and keep it once it is seen."""
    beacon, attempt = standing.manifest.beacon, standing.attempt(draw)
    rounds = standing.planned(draw).rounds
    if beacon is None or attempt > len(rounds):
        return None
    with services.transactions.begin() as work:
        if work.draws.kept_value(raffle_id, draw, attempt) or work.draws.started(raffle_id, draw, attempt):
            return None
    try:
        value = services.beacon.value(beacon, rounds[attempt - 1])
    except (BeaconEarlyError, BeaconUnavailableError) as error:
        return error
    with services.transactions.begin() as work:
        work.draws.keep_value(raffle_id, draw, attempt, value)
    return None


def material_of(
    raffle_id: RaffleId, draw: int, attempt: int, finding: Finding, services: Services
) -> Material:
    """What the attempt could be held with now."""
    with services.transactions.begin() as work:
        return Material(
            work.draws.kept_value(raffle_id, draw, attempt),
            finding,
            work.draws.contributions(raffle_id, draw, attempt),
            milliseconds(services.clock.now()),
        )


def fallbacks_of(
    standing: Standing, draw: int, attempt: int, material: Material, reason: str | None
) -> tuple[Fallback, ...]:
    """The modes that are passed over, each with the reason, before the first that can be had.

    Raises:
        BeaconEarlyError, BeaconUnavailableError: the beacon's value may still come.
        EntropyUnavailableError: something is missing, and nobody has said why it will not come; or no mode
            is left; or it is missing although the beacon's value is there.
    """
    passed: list[Fallback] = []
    for mode in standing.manifest.modes:
        missing = _missing(mode, standing, draw, attempt, material)
        if missing is None:
            return tuple(passed)
        if mode is EntropyMode.BEACON and material.value is not None:
            raise EntropyUnavailableError(
                f"{missing} The beacon's value is there, so the attempt is held with it or not at all.",
                mode=mode.value,
            )
        if reason is None:
            raise EntropyUnavailableError(missing, mode=mode.value)
        passed.append(Fallback(mode, reason))
    raise EntropyUnavailableError("No mode of the manifest is left.", mode=standing.manifest.modes[-1].value)


def contributions_in_order(
    standing: Standing, contributions: Sequence[Contribution]
) -> tuple[Contribution, ...]:
    """What was opened, in the order in which M names the parties."""
    opened = {each.party: each for each in contributions}
    return tuple(opened[party] for party in standing.manifest.contributors if party in opened)


def _missing(
    mode: EntropyMode, standing: Standing, draw: int, attempt: int, material: Material
) -> str | None:
    """What the mode lacks, or None."""
    if mode in (EntropyMode.RNG_ONLY, EntropyMode.MANUAL):
        return None
    comes_at = standing.round_comes_at(draw, attempt)
    if mode is EntropyMode.BEACON and material.value is None:
        finding = material.finding
        if finding is not None and (comes_at is None or material.now < comes_at + BEACON_PATIENCE_MS):
            raise finding
        return "The beacon's value of this attempt cannot be had."
    before = comes_at if mode is EntropyMode.BEACON else None
    absent = ", ".join(_absent(standing, material.contributions, before))
    return f"Contributions are missing, of {absent}." if absent else None


def _absent(standing: Standing, contributions: Sequence[Contribution], before: int | None) -> Iterator[str]:
    timely = {each.party for each in contributions if before is None or each.opened_at < before}
    return (party for party in standing.manifest.contributors if party not in timely)
