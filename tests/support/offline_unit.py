"""A sales unit out of reach: it knows what it was told last, sells from its block, and keeps what it sold."""

from datetime import datetime
from uuid import uuid4

from riff.domain.accounts.actor import Actor
from riff.domain.identifiers import OrderId
from riff.domain.units.offline_sale import OfflineSale
from riff.ports.services import Services
from riff.usecases.units.sync_unit import SyncUnit, UnitService, sync_unit
from riff.usecases.units.upload_sales import UploadedSales, UploadSales, upload_sales
from riff_critical.memory import Mark, Store, acknowledge, append, empty
from riff_critical.selling import Block, issue
from tests.support.builders.changes import changed


class OfflineUnit:
    """The program of a unit, without its printer.

    Attributes:
        told: what it was told at its last synchronisation.
        memory: its critical memory.
        sales: what it sold out of reach.
    """

    def __init__(self, services: Services, actor: Actor) -> None:
        self.services = services
        self.actor = actor
        self.told = self._synced()
        self.memory: Store = empty(self.told.enrolment.memory_identity)
        self.sales: list[OfflineSale] = []
        self._block: Block = self.told.blocks[0].lease.block

    def sell(self, at: datetime, **changes: object) -> OfflineSale:
        """Sell the first package for cash, and keep it; nobody is told."""
        package = self.told.offline[0]
        run, self._block = issue(self._block, package.numbers)
        sale = OfflineSale(
            order_id=OrderId(uuid4()),
            block_id=self.told.blocks[0].lease.id,
            package_id=package.id,
            first_slot=run.first_slot,
            numbers=package.numbers,
            price_minor=package.price_minor,
            sold_at=at,
        )
        return self.keep(changed(sale, changes))

    def keep(self, sale: OfflineSale) -> OfflineSale:
        """Write a sale into the critical memory."""
        self.memory = append(self.memory, sale.record, limit=500)
        self.sales.append(sale)
        return sale

    def upload(self, services: Services | None = None, **changes: object) -> UploadedSales:
        """Hand in everything that the memory holds."""
        command = UploadSales(self.actor, self.memory.base.position, self.memory.records, self.mark)
        return upload_sales(changed(command, changes), services or self.services)

    def forget(self, mark: Mark) -> None:
        """Drop what the system has acknowledged."""
        self.memory = acknowledge(self.memory, mark)

    @property
    def mark(self) -> Mark:
        """Of the end of the chain."""
        return self.memory.end.mark

    def _synced(self) -> UnitService:
        served = sync_unit(SyncUnit(self.actor), self.services).service
        assert served
        return served
