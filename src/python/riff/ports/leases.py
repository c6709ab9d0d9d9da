"""The leases that this process holds between requests."""

from typing import Protocol

from riff.domain.identifiers import RaffleId
from riff.domain.sales.leased_block import LeasedBlock


class Leases(Protocol):
    """This process's own leases: a copy of what the database knows, so losing it loses nothing."""

    @property
    def holder(self) -> str:
        """The name under which this process leases; no other process, past or present, has it."""
        ...

    def held(self, raffle_id: RaffleId) -> LeasedBlock | None:
        """The lease held for a raffle, as it was after the last sale that committed."""
        ...

    def hold(self, lease: LeasedBlock) -> None:
        """Keep a lease, in place of the one held for the same raffle."""
        ...

    def drop(self, raffle_id: RaffleId) -> None:
        """Forget the lease of a raffle; nothing happens when there is none."""
        ...
