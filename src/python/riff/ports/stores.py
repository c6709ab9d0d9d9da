"""What one transaction can read and write, store by store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from riff.domain.accounts.staff import StaffMember
    from riff.domain.audit.event_catalogue import EventKind
    from riff.domain.audit.significant_event import Fact, SignificantEvent, StreamHead
    from riff.domain.checkout.checkout import RequestKey
    from riff.domain.identifiers import OrderId, OrganizationId, PackageId, RaffleId, StreamId
    from riff.domain.raffles.package import Package, PriceChange
    from riff.domain.raffles.prize import Prize
    from riff.domain.raffles.profile import RuleProfile
    from riff.domain.raffles.raffle import Organization, Raffle, RaffleKeys
    from riff.domain.sales.leased_block import LeasedBlock, LeaseRequest
    from riff.domain.sales.sold_order import OrderVoid, SalesSubtotal, SoldOrder
    from riff.ports.allowances import AllowanceStore
    from riff.ports.attended import AttendedSaleStore
    from riff.ports.checkouts import CheckoutStore
    from riff.ports.claims import ClaimStore
    from riff.ports.draws import DrawStore, SealStore
    from riff.ports.due import DueStore
    from riff.ports.ledger import LedgerStore, PoolStore, TreeStore
    from riff.ports.order_book import OrderBook
    from riff.ports.pages import EventPosition, Page, RafflePosition
    from riff.ports.reconciliation import ReconciliationStore
    from riff.ports.replies import StoredReply
    from riff.ports.units import UnitStore
    from riff.ports.uploads import UploadStore


class RaffleStore(Protocol):
    """Raffles with their setup."""

    def organization(self, organization_id: OrganizationId) -> Organization:
        """A licence holder.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def take_event_number(self, organization_id: OrganizationId) -> int:
        """The organization's next event number: consecutive, never reset, taken with the transaction.

        Raises:
            NotFoundError: there is no such organization.
        """
        ...

    def add(self, raffle: Raffle, keys: RaffleKeys) -> None:
        """Store a new raffle with its ranges and its secrets."""
        ...

    def get(self, raffle_id: RaffleId) -> Raffle:
        """A raffle as it stands.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def lock(self, raffle_id: RaffleId) -> Raffle:
        """A raffle that nobody else changes, and no new block of which is leased, until the transaction ends.

        Raises:
            NotFoundError: there is none of that name.
        """
        ...

    def update(self, raffle: Raffle) -> None:
        """Store the state and the closing instant of a raffle that this transaction has locked."""
        ...

    def extend(self, raffle: Raffle) -> None:
        """Store the later close of a raffle that this transaction has locked."""
        ...

    def configure(self, raffle: Raffle) -> None:
        """Store what is decided of a raffle before its sales; this transaction has locked it.

        That is name, state, window, numbering, rule profile and cap; ranges and lists are set apart.
        """
        ...

    def change_price(self, raffle_id: RaffleId, package_id: PackageId, change: PriceChange) -> None:
        """Keep a further price of a package of a raffle that this transaction has locked."""
        ...

    def snapshot_profile(self, raffle_id: RaffleId, profile: RuleProfile) -> None:
        """Keep the rule profile with the raffle; later edits of the catalogue do not reach it."""
        ...

    def profile(self, raffle_id: RaffleId) -> RuleProfile:
        """The rule profile that the raffle follows, as it was at its activation.

        Raises:
            NotFoundError: there is no such raffle, or it was never activated.
        """
        ...

    def keys(self, raffle_id: RaffleId) -> RaffleKeys:
        """The raffle's secrets."""
        ...

    def packages(self, raffle_id: RaffleId) -> tuple[Package, ...]:
        """The packages, in the order in which they were set."""
        ...

    def set_packages(self, raffle_id: RaffleId, packages: Sequence[Package]) -> None:
        """Replace all packages."""
        ...

    def prizes(self, raffle_id: RaffleId) -> tuple[Prize, ...]:
        """The prizes, early birds first, then by rank."""
        ...

    def set_prizes(self, raffle_id: RaffleId, prizes: Sequence[Prize]) -> None:
        """Replace all prizes."""
        ...

    def set_ranges(self, raffle: Raffle) -> None:
        """Store the state and the ranges of a raffle that is locked, and of which nothing is leased."""
        ...

    def of(self, organization_id: OrganizationId, after: EventPosition | None, limit: int) -> Page[Raffle]:
        """The raffles of an organization, latest event number first."""
        ...

    def on_sale(self, at: datetime, after: RafflePosition | None, limit: int) -> Page[Raffle]:
        """Active raffles whose sales window contains `at`, soonest close first."""
        ...


class BlockStore(Protocol):
    """Blocks and their leases."""

    def lease(self, wanted: LeaseRequest) -> LeasedBlock:
        """Lease a block with room for the wanted run.

        An expired or released lease with enough room is taken over before a new block is cut from the range,
        so that no gap is lost; of the channel of sales units, which sell offline too, a released one only.

        Raises:
            NotFoundError: there is no such raffle.
            SalesClosedError: the raffle is not active.
            RangeExhaustedError: no run of that length is left.
        """
        ...

    def release(self, lease: LeasedBlock, at: datetime) -> None:
        """End a lease early, so that another seller may take the block over at once."""
        ...

    def release_all(self, raffle_id: RaffleId, holder: str, at: datetime) -> None:
        """End every lease of a holder, who has nothing more to sell from them."""
        ...

    def held(self, raffle_id: RaffleId, holder: str, count: int, at: datetime) -> LeasedBlock | None:
        """The first block that a holder may sell a run of that length from, or None."""
        ...

    def holdings(self, raffle_id: RaffleId, holder: str) -> tuple[LeasedBlock, ...]:
        """Every block of a holder, whether or not anything may still be sold from it, by slots."""
        ...

    def stop(self, raffle_id: RaffleId) -> None:
        """Refuse sales from every block of a raffle that this transaction has locked."""
        ...

    def pause(self, raffle_id: RaffleId) -> None:
        """Refuse sales, until `unpause`, from every block of a raffle that this transaction has locked."""
        ...

    def unpause(self, raffle_id: RaffleId) -> None:
        """Let those blocks sell again that `pause` stopped; what was closed for good stays closed."""
        ...

    def extend(self, raffle_id: RaffleId, closed_at: datetime, closes_at: datetime) -> None:
        """Let every block of a raffle that this transaction has locked sell until a later close.

        A lease that a unit or the reserve held until the earlier close lasts as long.
        """
        ...

    def subtotal(self, raffle_id: RaffleId) -> SalesSubtotal:
        """What the raffle's blocks add up to."""
        ...


class OrderStore(Protocol):
    """Orders that have numbers."""

    def sell(self, order: SoldOrder, lease: LeasedBlock, event: SignificantEvent) -> None:
        """Move the block forward, store the order and its event: one statement, all or nothing.

        Args:
            order: the order, whose run starts at the lease's next slot.
            lease: the lease as the seller knows it, before the sale.
            event: the next event of the block's stream.

        Raises:
            LeaseLostError: the block has moved on, was taken over, or sells no more; nothing was written.
        """
        ...

    def get(self, order_id: OrderId) -> SoldOrder:
        """An order.

        Raises:
            NotFoundError: no order of that name has numbers.
        """
        ...

    def at(self, raffle_id: RaffleId, tag: int, ordinal: int) -> SoldOrder:
        """The order that a validation number names: by its block, and by the offset of its first slot there.

        Raises:
            NotFoundError: no order begins there.
        """
        ...

    def holding(self, raffle_id: RaffleId, slot: int) -> SoldOrder | None:
        """The order that holds a slot, void or not, or None where it was not sold."""
        ...

    def void_of(self, order_id: OrderId) -> OrderVoid | None:
        """The void of an order, or None while the order is valid."""
        ...

    def void(self, order: SoldOrder, void: OrderVoid) -> None:
        """Store a void and take the order off its block's subtotals.

        Raises:
            AlreadyVoidedError: the order is void already.
        """
        ...


class EventStore(Protocol):
    """Significant events: written once, never changed."""

    def append(
        self, stream: StreamId, kind: EventKind, at: datetime, actor: str, facts: Mapping[str, Fact]
    ) -> StreamHead:
        """Chain an event to the end of its stream, alone among all transactions; the stream's new head."""
        ...

    def last(self, stream: StreamId) -> SignificantEvent | None:
        """The last event of a stream, or None while there is none."""
        ...


class CommandStore(Protocol):
    """Answers to commands, by idempotency key."""

    def claim(self, request: RequestKey, at: datetime) -> StoredReply | None:
        """Claim a key for this transaction, or return the reply that was stored under it.

        A second caller waits until the first one's transaction has ended.

        Raises:
            KeyReusedError: the key belongs to another request.
        """
        ...

    def answer(self, request: RequestKey, reply: StoredReply) -> None:
        """Store the reply under a key that this transaction has claimed."""
        ...


class StaffStore(Protocol):
    """People who work with the system."""

    def find(self, subject: str) -> StaffMember | None:
        """The active member whom the identity provider knows by this subject, or None."""
        ...


class Work(Protocol):
    """One transaction: all of it is stored, or none."""

    @property
    def raffles(self) -> RaffleStore: ...  # noqa: D102 - the stores describe themselves

    @property
    def blocks(self) -> BlockStore: ...  # noqa: D102

    @property
    def orders(self) -> OrderStore: ...  # noqa: D102

    @property
    def checkouts(self) -> CheckoutStore: ...  # noqa: D102

    @property
    def events(self) -> EventStore: ...  # noqa: D102

    @property
    def ledger(self) -> LedgerStore: ...  # noqa: D102

    @property
    def trees(self) -> TreeStore: ...  # noqa: D102

    @property
    def pools(self) -> PoolStore: ...  # noqa: D102

    @property
    def seals(self) -> SealStore: ...  # noqa: D102

    @property
    def draws(self) -> DrawStore: ...  # noqa: D102

    @property
    def commands(self) -> CommandStore: ...  # noqa: D102

    @property
    def staff(self) -> StaffStore: ...  # noqa: D102

    @property
    def allowances(self) -> AllowanceStore: ...  # noqa: D102

    @property
    def units(self) -> UnitStore: ...  # noqa: D102

    @property
    def attended(self) -> AttendedSaleStore: ...  # noqa: D102

    @property
    def uploads(self) -> UploadStore: ...  # noqa: D102

    @property
    def reconciliation(self) -> ReconciliationStore: ...  # noqa: D102

    @property
    def claims(self) -> ClaimStore: ...  # noqa: D102

    @property
    def due(self) -> DueStore: ...  # noqa: D102

    @property
    def order_book(self) -> OrderBook: ...  # noqa: D102


class Transactions(Protocol):
    """Where transactions come from."""

    def begin(self) -> AbstractContextManager[Work]:
        """Begin a transaction, or take part in the one that this request has begun already.

        Leaving the block without an exception commits (with the outermost block); an exception undoes what
        the block wrote.

        Raises:
            UnavailableError: the database cannot be reached, or the outcome of the commit is unknown.
        """
        ...
