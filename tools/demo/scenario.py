"""Which raffle is held: how its draws are seeded, and what therefore belongs to it."""

import dataclasses
from datetime import timedelta
from typing import Any, Final

type Json = Any

_GRAND: Final = [
    {"rank": 1, "name": "Half of the sales", "draw": "grand", "kind": "share", "share_bp": 5000},
    {"rank": 2, "name": "Signed jersey", "draw": "grand", "kind": "fixed", "amount_minor": 25_000},
    {"rank": 3, "name": "Two season tickets", "draw": "grand", "kind": "fixed", "amount_minor": 40_000},
]
_EARLY_BIRD: Final = {
    "rank": 1,
    "name": "Early bird",
    "draw": "early_bird",
    "kind": "fixed",
    "amount_minor": 10_000,
}


@dataclasses.dataclass(frozen=True)
class Scenario:
    """One way to hold the night.

    Attributes:
        profile: the rule profile, which names the draw modes.
        prizes: what can be won.
        early_bird_for: how long early birds can buy; None without a draw for them.
        seal_within_s: how long after the close the list may be sealed.
        mixes_beacon: whether the draws wait for a beacon.
    """

    profile: str
    prizes: list[Json]
    early_bird_for: timedelta | None
    seal_within_s: int
    mixes_beacon: bool

    @property
    def draws(self) -> range:
        """The numbers of its draws."""
        return range(1, 2 if self.early_bird_for is None else 3)


SCENARIOS: Final = {
    "commit-reveal": Scenario(
        profile="demonstration",
        prizes=[_EARLY_BIRD, *_GRAND],
        early_bird_for=timedelta(seconds=40),
        seal_within_s=3600,
        mixes_beacon=False,
    ),
    # The round comes ten minutes after the seal deadline, and that of a second draw ten minutes later still.
    "beacon": Scenario(
        profile="demonstration-beacon",
        prizes=_GRAND,
        early_bird_for=None,
        seal_within_s=90,
        mixes_beacon=True,
    ),
}
