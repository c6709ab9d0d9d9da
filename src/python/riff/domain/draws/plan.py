"""What is decided about the draws of a raffle before it is activated, beside its prizes and its rules."""

from datetime import datetime
from typing import Final

import attrs
from attrs.validators import deep_iterable, ge, le, matches_re, max_len, optional

from riff.domain.instants import aware_utc

MOST_CONTRIBUTORS: Final = 16
MOST_ATTEMPTS: Final = 9
LEAST_SEAL_WITHIN_S: Final = 60
MOST_SEAL_WITHIN_S: Final = 30 * 86_400
PARTY: Final = "[a-z0-9][a-z0-9-]{0,39}"

_a_day: Final = 86_400


@attrs.frozen
class DrawPlan:
    """How the draws of a raffle are held; the defaults hold where nobody decides otherwise.

    Attributes:
        early_bird_until: only orders sold before this instant take part in the early-bird draw.
        attempts: how many attempts of each draw have a committed seed.
        seal_within_s: the list is sealed within so many seconds of the scheduled close.
        contributors: parties outside the organization that contribute to the randomness.
    """

    early_bird_until: datetime | None = attrs.field(default=None, validator=optional(aware_utc))
    attempts: int = attrs.field(default=3, validator=[ge(1), le(MOST_ATTEMPTS)])
    seal_within_s: int = attrs.field(
        default=_a_day, validator=[ge(LEAST_SEAL_WITHIN_S), le(MOST_SEAL_WITHIN_S)]
    )
    contributors: tuple[str, ...] = attrs.field(
        default=(), validator=[max_len(MOST_CONTRIBUTORS), deep_iterable(matches_re(PARTY))]
    )

    def __attrs_post_init__(self) -> None:
        if len(set(self.contributors)) != len(self.contributors):
            raise ValueError("a contributor is named once")
