"""What every implementation of the stores must do: test classes that fakes and PostgreSQL both run (H18)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import attrs

from riff.domain.accounts.staff import StaffMember
from riff.domain.raffles.raffle import Organization, Raffle
from riff.domain.sales.leased_block import LeasedBlock
from riff.ports.stores import Transactions, Work
from tests.support.builders import RaffleBuilder, a_lease_request, a_raffle, an_organization


class _FailureError(Exception):
    """Something went wrong at the end of a transaction."""


@contextmanager
def undone(transactions: Transactions) -> Iterator[Work]:
    """A transaction, or part of one, that fails at its end."""
    with suppress(_FailureError), transactions.begin() as work:
        yield work
        raise _FailureError


@attrs.frozen
class Stores:
    """The stores under test, as functions with different database roles see them.

    Attributes:
        business: sets raffles up.
        critical: sells.
        reader: shows.
        add_organization: stores a licence holder.
        add_staff: stores a member of staff.
    """

    business: Transactions
    critical: Transactions
    reader: Transactions
    add_organization: Callable[[Organization], None]
    add_staff: Callable[[StaffMember], None]

    def organization(self) -> Organization:
        """A stored licence holder."""
        organization = an_organization()
        self.add_organization(organization)
        return organization

    def raffle(self, builder: RaffleBuilder | None = None) -> Raffle:
        """A stored raffle, on sale unless the builder says otherwise, of an organization of its own."""
        prepared = (builder or a_raffle().active()).of(self.organization())
        with self.business.begin() as work:
            return prepared.stored(work)

    def lease(self, raffle: Raffle, holder: str = "environment-1", **changes: object) -> LeasedBlock:
        """A lease that was committed."""
        with self.critical.begin() as work:
            return work.blocks.lease(a_lease_request(raffle.id, holder, **changes))
