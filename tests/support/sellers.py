"""Running function environments of the online channel, each with a connection and leases of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Self

import attrs

from riff.adapters.postgres import Database, PostgresTransactions
from riff.adapters.system.clock import SystemClock
from riff.adapters.system.identifiers import SystemIdentifiers
from riff.adapters.system.leases import ProcessLeases
from riff.domain.accounts.actor import GUEST
from riff.domain.checkout.checkout import Buyer, RequestKey
from riff.domain.identifiers import PackageId, RaffleId
from riff.ports.clock import Clock
from riff.ports.services import SellingSettings, Services
from riff.usecases.checkout.create_online_order import CreateOnlineOrder, create_online_order
from riff.usecases.checkout.show_online_order import OnlineOrder
from tests.support.fakes import FakePayments, Fakes, Method
from tests.support.postgres import MigratedDatabase


@attrs.frozen
class Environment:
    """One environment.

    Attributes:
        connection: its connection.
        services: what its functions use.
    """

    connection: Database
    services: Services

    @classmethod
    def started(
        cls,
        database: MigratedDatabase,
        payments: FakePayments,
        clock: Clock | None = None,
        block_slots: int = 100,
        connection: Database | None = None,
    ) -> Self:
        """A new environment, with a holder's name of its own."""
        opened = connection or database.open("riff_critical")
        services = attrs.evolve(
            Fakes(payments=payments).services,
            clock=clock or SystemClock(),
            identifiers=SystemIdentifiers(),
            leases=ProcessLeases(),
            transactions=PostgresTransactions(opened),
            selling=SellingSettings(online_block_slots=block_slots, online_lease_s=900, order_expiry_s=900),
        )
        return cls(opened, services)

    def buy(
        self,
        raffle_id: RaffleId,
        package_id: PackageId,
        key: str,
        method: str = Method.OK,
        address: str = "robin@example.org",
    ) -> OnlineOrder:
        """A guest's purchase under a key of the guest's choice."""
        return create_online_order(
            CreateOnlineOrder(
                actor=GUEST,
                raffle_id=raffle_id,
                package_id=package_id,
                buyer=Buyer("Robin Buyer", address),
                payment_method=method,
                request=RequestKey("create_online_order:guest", key, key.encode()),
            ),
            self.services,
        )


def at_once[Item, Result](work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The results of working on all items at the same moment, each in a thread of its own."""
    barrier = Barrier(len(items))

    def begin(item: Item) -> Result:
        barrier.wait()
        return work(item)

    with ThreadPoolExecutor(len(items)) as threads:
        return list(threads.map(begin, items))
