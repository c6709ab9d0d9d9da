"""Stock and caps: rows that exist only where something is limited."""

from collections.abc import Iterable
from typing import Final

import attrs

from riff.adapters.postgres.connection import Database
from riff.domain.identifiers import PackageId, RaffleId
from riff.domain.raffles.package import Package
from riff.domain.sales.allowance import Allowance

_OPEN: Final = """
    INSERT INTO allowance (raffle_id, subject, most) VALUES (%(raffle_id)s, %(subject)s, %(most)s)
"""

# Rows are locked in the order of their names, so that two that want both never wait for each other.
_LOCK: Final = """
    SELECT subject, most, taken FROM allowance
    WHERE raffle_id = %(raffle_id)s AND subject IN (%(raffle_id)s, %(package_id)s)
    ORDER BY subject
    FOR NO KEY UPDATE
"""

_UPDATE: Final = """
    UPDATE allowance SET taken = CASE subject WHEN raffle_id THEN %(valid_minor)s ELSE %(sold)s END
    WHERE raffle_id = %(raffle_id)s AND subject IN (%(raffle_id)s, %(package_id)s)
"""


@attrs.frozen
class PostgresAllowanceStore:
    """Honours `riff.ports.allowances.AllowanceStore`."""

    _database: Database

    def open(self, raffle_id: RaffleId, packages: Iterable[Package], cap_minor: int | None) -> None:
        """Begin to count what is limited, once, with nothing sold."""
        limits: dict[PackageId | RaffleId, int | None] = {package.id: package.stock for package in packages}
        for subject, most in {**limits, raffle_id: cap_minor}.items():
            if most is not None:
                self._database.run(_OPEN, {"raffle_id": raffle_id, "subject": subject, "most": most})

    def lock(self, raffle_id: RaffleId, package_id: PackageId) -> Allowance:
        """What may be sold of a package; nobody else takes of it until the transaction ends."""
        rows = self._database.rows(_LOCK, {"raffle_id": raffle_id, "package_id": package_id})
        counters = {row["subject"]: (row["most"], row["taken"]) for row in rows}
        stock, sold = counters.get(package_id, (None, 0))
        cap_minor, valid_minor = counters.get(raffle_id, (None, 0))
        return Allowance(stock=stock, sold=sold, cap_minor=cap_minor, valid_minor=valid_minor)

    def update(self, raffle_id: RaffleId, package_id: PackageId, allowance: Allowance) -> None:
        """Store the counters of an allowance that this transaction has locked.

        Raises:
            IntegrityFailureError: a counter would leave its limits.
        """
        self._database.run(
            _UPDATE,
            {
                "raffle_id": raffle_id,
                "package_id": package_id,
                "sold": allowance.sold,
                "valid_minor": allowance.valid_minor,
            },
        )
