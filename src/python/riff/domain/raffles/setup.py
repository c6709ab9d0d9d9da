"""A raffle with everything that is decided before it sells."""

import attrs

from riff.domain.raffles.package import Package
from riff.domain.raffles.prize import Prize
from riff.domain.raffles.raffle import Raffle
from riff_critical.lifecycle import Guard, RaffleEvent, RaffleState


@attrs.frozen
class RaffleSetup:
    """A raffle, its packages and its prizes.

    Attributes:
        raffle: the raffle as it stands.
        packages: in the order in which they are offered.
        prizes: early birds first, then by rank.
    """

    raffle: Raffle
    packages: tuple[Package, ...]
    prizes: tuple[Prize, ...]

    @property
    def satisfied(self) -> frozenset[Guard]:
        """The guards of setup whose sentences hold.  Ranges and window hold for every raffle that exists."""
        facts = {
            Guard.PACKAGES_SET: bool(self.packages),
            Guard.PRIZES_SET: bool(self.prizes),
            Guard.RANGES_SET: True,
            Guard.SALES_WINDOW_SET: True,
        }
        return frozenset(guard for guard, holds in facts.items() if holds)

    def saved(self) -> Raffle:
        """The raffle once this setup is saved: configured when it is complete, a draft until then.

        Raises:
            StateRefusesError: the setup is frozen, since the raffle was activated or cancelled.
            IncompleteSetupError: the raffle was complete and would no longer be.
        """
        complete = {Guard.PACKAGES_SET, Guard.PRIZES_SET} <= self.satisfied
        draft = self.raffle.state is RaffleState.DRAFT
        event = RaffleEvent.EDIT if draft and not complete else RaffleEvent.CONFIGURE
        return self.raffle.after(event, self.satisfied)
