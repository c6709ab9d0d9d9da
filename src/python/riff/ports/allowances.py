"""Stock and caps: the counters of what is limited."""

from collections.abc import Iterable
from typing import Protocol

from riff.domain.identifiers import PackageId, RaffleId
from riff.domain.raffles.package import Package
from riff.domain.sales.allowance import Allowance


class AllowanceStore(Protocol):
    """What raffles may still sell; raffles and packages without a limit are not counted at all."""

    def open(self, raffle_id: RaffleId, packages: Iterable[Package], cap_minor: int | None) -> None:
        """Begin to count what is limited, once, with nothing sold."""
        ...

    def lock(self, raffle_id: RaffleId, package_id: PackageId) -> Allowance:
        """What may be sold of a package; nobody else takes of it until the transaction ends."""
        ...

    def update(self, raffle_id: RaffleId, package_id: PackageId, allowance: Allowance) -> None:
        """Store the counters of an allowance that this transaction has locked.

        Raises:
            IntegrityFailureError: a counter would leave its limits.
        """
        ...
