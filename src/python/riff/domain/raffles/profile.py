"""Rule profile: what the jurisdiction allows, as data."""

from enum import StrEnum

import attrs
from attrs.validators import min_len

from riff_critical.selling import Channel


class DrawMode(StrEnum):
    """How the winners of a raffle are drawn."""

    MANUAL = "manual"
    RNG_ONLY = "rng_only"
    COMMIT_REVEAL = "commit_reveal"
    BEACON = "beacon"


@attrs.frozen
class RuleProfile:
    """The rules that a raffle follows from its activation on.

    Attributes:
        name: permanent name, that of its file in the catalogue.
        title: as people read it.
        channels: ways of selling that are allowed.
        draw_mode: how winners are drawn.
    """

    name: str = attrs.field(validator=min_len(1))
    title: str = attrs.field(validator=min_len(1))
    channels: frozenset[Channel] = attrs.field(validator=min_len(1))
    draw_mode: DrawMode
