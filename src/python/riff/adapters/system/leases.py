"""The leases of this process, in its memory."""

from os import urandom

from riff.domain.identifiers import RaffleId
from riff.domain.sales.leased_block import LeasedBlock


class ProcessLeases:
    """Honours `riff.ports.leases.Leases`; a process that ends forgets them, and they expire."""

    def __init__(self) -> None:
        self._holder = f"online-{urandom(12).hex()}"
        self._held: dict[RaffleId, LeasedBlock] = {}

    @property
    def holder(self) -> str:
        """The name under which this process leases."""
        return self._holder

    def held(self, raffle_id: RaffleId) -> LeasedBlock | None:
        """The lease held for a raffle."""
        return self._held.get(raffle_id)

    def hold(self, lease: LeasedBlock) -> None:
        """Keep a lease, in place of the one held for the same raffle."""
        self._held[lease.raffle_id] = lease

    def drop(self, raffle_id: RaffleId) -> None:
        """Forget the lease of a raffle."""
        self._held.pop(raffle_id, None)
