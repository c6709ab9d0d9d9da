"""A store of stock and caps in memory."""

from collections.abc import Iterable
from uuid import UUID

import attrs

from riff.domain.identifiers import PackageId, RaffleId
from riff.domain.raffles.package import Package
from riff.domain.sales.allowance import Allowance
from riff.errors import IntegrityFailureError
from tests.support.fakes.tables import Tables

_UNLIMITED: tuple[int | None, int] = (None, 0)


@attrs.frozen
class FakeAllowanceStore:
    """Honours `riff.ports.allowances.AllowanceStore`."""

    tables: Tables

    def open(self, raffle_id: RaffleId, packages: Iterable[Package], cap_minor: int | None) -> None:
        limits: dict[UUID, int | None] = {package.id: package.stock for package in packages}
        for subject, most in {**limits, raffle_id: cap_minor}.items():
            if most is not None:
                self.tables.allowances[raffle_id, subject] = most, 0

    def lock(self, raffle_id: RaffleId, package_id: PackageId) -> Allowance:
        stock, sold = self.tables.allowances.get((raffle_id, package_id), _UNLIMITED)
        cap_minor, valid_minor = self.tables.allowances.get((raffle_id, raffle_id), _UNLIMITED)
        return Allowance(stock=stock, sold=sold, cap_minor=cap_minor, valid_minor=valid_minor)

    def update(self, raffle_id: RaffleId, package_id: PackageId, allowance: Allowance) -> None:
        for subject, taken in ((package_id, allowance.sold), (raffle_id, allowance.valid_minor)):
            if (raffle_id, subject) not in self.tables.allowances:
                continue
            most, _ = self.tables.allowances[raffle_id, subject]
            if not 0 <= taken <= most:
                raise IntegrityFailureError("A counter leaves its limits.")
            self.tables.allowances[raffle_id, subject] = most, taken
