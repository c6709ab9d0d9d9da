"""The sales window of a raffle."""

from datetime import datetime

import attrs

from riff.domain.instants import aware_utc
from riff_critical.selling import SalesWindow as CertifiedWindow
from riff_critical.selling import instant


@attrs.frozen
class SalesWindow:
    """When the raffle sells: from `opens_at` inclusive to `closes_at` exclusive."""

    opens_at: datetime = attrs.field(validator=aware_utc)
    closes_at: datetime = attrs.field(validator=aware_utc)

    def __attrs_post_init__(self) -> None:
        if self.closes_at <= self.opens_at:
            raise ValueError("closes_at must be later than opens_at")

    def holds(self, at: datetime) -> bool:
        """Whether a sale at this instant lies in the window, by the core's rule."""
        return CertifiedWindow(instant(self.opens_at), instant(self.closes_at)).holds(instant(at))
