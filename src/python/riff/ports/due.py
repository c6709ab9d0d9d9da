"""What the clock looks for: things whose time has come, in lists that are short however much is stored."""

from datetime import datetime
from typing import Protocol

from riff.domain.identifiers import BlockId, OrderId, RaffleId
from riff.ports.pages import JobPosition, Page


class DueStore(Protocol):
    """Lists of names without locks: whoever works on an entry locks it and looks again."""

    def unsettled(self, opened_by: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Pending online orders opened at that instant or before, by opening."""
        ...

    def expired(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Pending online orders that expired at that instant or before, by opening."""
        ...

    def owing(self, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Online orders whose money is owed back, by their conclusion."""
        ...

    def to_open(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Active raffles whose sales window has begun and is not on record as begun, by opening."""
        ...

    def to_close(self, at: datetime, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Active and suspended raffles whose sales window has ended, by close."""
        ...

    def cancelled(self, after: JobPosition | None, limit: int) -> Page[JobPosition]:
        """Blocks of the online channel with valid orders, of raffles that were cancelled, by cancellation."""
        ...

    def valid_orders(self, block_id: BlockId) -> tuple[OrderId, ...]:
        """Orders of a block that were not taken back, in the order of their slots."""
        ...

    def record_opening(self, raffle_id: RaffleId, at: datetime) -> bool:
        """Put on record that sales of a raffle have begun; False when that was on record before."""
        ...
