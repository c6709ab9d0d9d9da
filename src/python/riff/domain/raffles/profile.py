"""Rule profile: what the jurisdiction allows, as data."""

import attrs
from attrs.validators import min_len

from riff.domain.sales.channel import Channel


@attrs.frozen
class RuleProfile:
    """The rules that a raffle follows from its activation on.

    Attributes:
        name: permanent name, that of its file in the catalogue.
        title: as people read it.
        channels: ways of selling that are allowed.
    """

    name: str = attrs.field(validator=min_len(1))
    title: str = attrs.field(validator=min_len(1))
    channels: frozenset[Channel] = attrs.field(validator=min_len(1))
