"""A raffle on its way to its draws: activated, sold, closed, reconciled; what each operation is tried on."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Self, cast
from uuid import uuid4

import attrs

from riff.adapters.system.identifiers import SystemIdentifiers
from riff.domain.accounts.actor import Actor, ActorKind, Grant
from riff.domain.checkout.checkout import RequestKey
from riff.domain.draws.instants import milliseconds
from riff.domain.draws.plan import DrawPlan
from riff.domain.identifiers import OrderId, PrizeId
from riff.domain.raffles.prize import DrawKind, PrizeKind
from riff.domain.raffles.profile import DrawMode, PrizeRules, RuleProfile
from riff.domain.raffles.raffle import RaffleKeys
from riff.domain.sales.sold_order import SoldOrder
from riff.domain.sales.ticket import Ticket, ticket_of
from riff.ports.stores import Transactions
from riff.usecases.draws.commit_contribution import CommitContribution, commit_contribution
from riff.usecases.draws.declare_official import DeclareOfficial, declare_official
from riff.usecases.draws.enter_drawn_number import EnterDrawnNumber, enter_drawn_number
from riff.usecases.draws.open_contribution import OpenContribution, open_contribution
from riff.usecases.draws.plan_draws import PlanDraws, plan_draws
from riff.usecases.draws.pool_storage import compact_pool
from riff.usecases.draws.redraw import Redraw, redraw
from riff.usecases.draws.seal_raffle import SealedRaffle, SealRaffle, seal_raffle
from riff.usecases.draws.show_draw import DrawView, ShowDraw, show_draw
from riff.usecases.draws.start_draw import StartDraw, start_draw
from riff.usecases.draws.transcript import standing_of
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.draw import Manifest, Seal, Transcript, verify
from riff_critical.draw import commit_contribution as committed
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.builders import RaffleBuilder, a_package, a_prize, a_raffle
from tests.support.builders.changes import changed
from tests.support.builders.raffles import FAR_CLOSE
from tests.support.contracts import Stores
from tests.support.fakes import NOON, FakeIdentifiers, FakeProfiles, Fakes, FakeTransactions
from tests.support.stage import Stage, member

CLOSES = NOON + timedelta(hours=5)
EARLY = NOON + timedelta(minutes=30)
PARTIES = ("club", "notary")

_keys = count(1)


def a_profile(*modes: DrawMode, two_persons: bool = False, **prizes: object) -> RuleProfile:
    """The permissive profile with these modes; two alternates for every draw."""
    return RuleProfile(
        "permissive",
        "Permissive",
        frozenset(Channel),
        modes or (DrawMode.RNG_ONLY,),
        two_person_draws=two_persons,
        prizes=changed(PrizeRules(alternates=2), prizes),
    )


def a_drawn_raffle() -> RaffleBuilder:
    """An early-bird prize, a shared first prize, and two winners of a fixed one."""
    fixed = attrs.evolve(a_prize(), kind=PrizeKind.FIXED, share_bp=0, amount_minor=5_001)
    early = attrs.evolve(
        fixed, id=PrizeId(uuid4()), draw=DrawKind.EARLY_BIRD, amount_minor=10_000, name="Early bird"
    )
    second = attrs.evolve(fixed, rank=2, winners=2, name="Second")
    return (
        a_raffle()
        .configured()
        .on_sale(NOON - timedelta(hours=1), CLOSES)
        .with_slots(online=4_000)
        .with_packages(a_package(10, 2_000))
        .with_prizes(early, a_prize(5_000), second)
    )


def secret(party: str, draw: int, attempt: int) -> bytes:
    """What a party contributes."""
    return sha256(f"{party} {draw} {attempt}".encode()).digest()


def _plan_for(*modes: DrawMode) -> DrawPlan:
    contributing = {DrawMode.COMMIT_REVEAL, DrawMode.BEACON} & set(modes)
    return DrawPlan(early_bird_until=EARLY, contributors=PARTIES if contributing else ())


def _activate(stage: Stage, plan: DrawPlan) -> None:
    plan_draws(PlanDraws(stage.manager, stage.raffle.id, plan), stage.fakes.services)
    activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)


@attrs.frozen
class DrawStage:
    """A raffle whose draws are tried, and everybody who takes part."""

    stage: Stage

    @classmethod
    def of(
        cls,
        *modes: DrawMode,
        builder: RaffleBuilder | None = None,
        plan: DrawPlan | None = None,
        two_persons: bool = False,
        fakes: Fakes | None = None,
        **prizes: object,
    ) -> Self:
        """An activated raffle."""
        profiles = FakeProfiles(a_profile(*modes, two_persons=two_persons, **prizes))
        stage = Stage.of(builder or a_drawn_raffle(), fakes or Fakes(profiles=profiles))
        _activate(stage, plan or _plan_for(*modes))
        return cls(stage)

    @classmethod
    def stored(
        cls,
        stores: Stores,
        *modes: DrawMode,
        builder: RaffleBuilder | None = None,
        two_persons: bool = False,
        **prizes: object,
    ) -> Self:
        """An activated raffle in a database, each step under the role of the functions that take it."""
        profiles = FakeProfiles(a_profile(*modes, two_persons=two_persons, **prizes))
        # The database compares the close with its own clock.
        raffle = stores.raffle((builder or a_drawn_raffle()).on_sale(NOON - timedelta(hours=1), FAR_CLOSE))
        with stores.reader.begin() as work:
            organization = work.raffles.organization(raffle.organization_id)
        manager = member("raffle_manager", organization)
        business = Fakes(
            profiles=profiles,
            # Other raffles are in the database too.
            identifiers=cast("FakeIdentifiers", SystemIdentifiers()),
            transactions=cast("FakeTransactions", stores.business),
        )
        _activate(Stage(business, organization, manager, raffle), _plan_for(*modes))
        critical = attrs.evolve(business, transactions=cast("FakeTransactions", stores.critical))
        return cls(Stage(critical, organization, manager, raffle))

    def under(self, transactions: Transactions) -> Self:
        """The same raffle, reached another way."""
        fakes = attrs.evolve(self.fakes, transactions=cast("FakeTransactions", transactions))
        return type(self)(attrs.evolve(self.stage, fakes=fakes))

    @property
    def fakes(self) -> Fakes:
        """What everything runs on."""
        return self.stage.fakes

    @property
    def manager(self) -> Actor:
        """The first official."""
        return self.stage.manager

    @property
    def other(self) -> Actor:
        """The second official."""
        grant = Grant("raffle_manager", self.stage.organization.id)
        return Actor(ActorKind.STAFF, "other", (grant,))

    @property
    def manifest(self) -> Manifest:
        """M."""
        with self.fakes.transactions.begin() as work:
            found = work.seals.manifest(self.stage.raffle.id)
        assert found is not None
        return found

    @property
    def seal(self) -> Seal:
        """S."""
        with self.fakes.transactions.begin() as work:
            found = work.seals.seal(self.stage.raffle.id)
        assert found is not None
        return found

    @property
    def transcript(self) -> Transcript:
        """T as it stands."""
        with self.fakes.transactions.begin() as work:
            standing = standing_of(self.stage.raffle.id, work)
        assert standing is not None
        return standing.transcript()

    @property
    def pools(self) -> dict[bytes, bytes]:
        """Every pool of S in its compact form, by root."""
        with self.fakes.transactions.begin() as work:
            return {
                pool.root: compact_pool(self.stage.raffle.id, draw, work)
                for draw, pool in enumerate(self.seal.pools, start=1)
            }

    @property
    def is_verified(self) -> bool:
        """Whether T, with the pools, passes every step."""
        return all(step.passed for step in verify(self.transcript.to_bytes(), self.pools))

    def sell(self, orders: int = 40) -> Self:
        """So many orders of ten numbers, one a minute; every seventh is voided."""
        for number in range(orders):
            bought = self.stage.buy(f"{self.stage.raffle.id}-{number}")
            if number % 7 == 3:
                self.void(bought.checkout.id)
            self.fakes.clock.advance(minutes=1)
        return self

    def void(self, order_id: OrderId) -> None:
        """Void an order, as an official does."""
        void_order(VoidOrder(self.manager, order_id, "Sold twice"), self.fakes.services)

    def reconciled(self) -> Self:
        """Sales have ended, and everything is accounted for."""
        self.fakes.clock.set(self.stage.raffle.window.closes_at + timedelta(minutes=10))
        self.stage.put_in(RaffleState.RECONCILED)
        return self

    def committed(self) -> Self:
        """Every party is committed to its contributions to every attempt."""
        digest = self.manifest.hash()
        commitments = [
            committed(digest, party, draw, attempt, secret(party, draw, attempt))
            for draw in range(1, len(self.manifest.draws) + 1)
            for attempt in range(1, self.manifest.attempts + 1)
            for party in self.manifest.contributors
        ]
        commit_contribution(
            CommitContribution(self.manager, self.stage.raffle.id, commitments), self.fakes.services
        )
        return self

    def sealed(self) -> Self:
        """The list is sealed, whatever has to come before."""
        self.sell().committed().reconciled().seal_it()
        return self

    def seal_it(self, actor: Actor | None = None) -> SealedRaffle:
        """Seal."""
        return seal_raffle(SealRaffle(actor or self.manager, self.stage.raffle.id), self.fakes.services)

    def opened(self, draw: int = 1, attempt: int = 1, parties: tuple[str, ...] = PARTIES) -> Self:
        """These parties have opened what they contribute to an attempt."""
        for party in parties:
            self.open_it(party, draw, attempt, secret(party, draw, attempt))
        return self

    def open_it(self, party: str, draw: int, attempt: int, value: bytes) -> None:
        """Open a contribution."""
        command = OpenContribution(self.manager, self.stage.raffle.id, party, draw, attempt, value)
        open_contribution(command, self.fakes.services)

    def at_round(self, draw: int = 1, attempt: int = 1, **later: float) -> Self:
        """The beacon's round of an attempt comes now, or came a while ago."""
        beacon = self.manifest.beacon
        assert beacon is not None
        comes = beacon.instant(self.manifest.draws[draw - 1].rounds[attempt - 1])
        self.fakes.clock.set(datetime.fromtimestamp(comes / 1000, UTC) + timedelta(**later))
        return self

    def start(
        self, draw: int = 1, actor: Actor | None = None, reason: str | None = None, key: str | None = None
    ) -> DrawView:
        """Start a draw, by a command of its own unless a key is given."""
        request = RequestKey("start_draw staff", key or f"key-{next(_keys)}", b"d" * 32)
        command = StartDraw(actor or self.manager, self.stage.raffle.id, draw, reason, request)
        return start_draw(command, self.fakes.services)

    def show(self, draw: int = 1) -> DrawView:
        """The draw as it stands."""
        return show_draw(ShowDraw(self.manager, self.stage.raffle.id, draw), self.fakes.services)

    def declare(self, draw: int = 1, actor: Actor | None = None) -> DrawView:
        """Declare the result official, by the second official unless told otherwise."""
        command = DeclareOfficial(actor or self.other, self.stage.raffle.id, draw)
        return declare_official(command, self.fakes.services)

    def redraw(
        self,
        draw: int = 1,
        winner: int | None = None,
        actor: Actor | None = None,
        reason: str = "not of age",
        key: str | None = None,
    ) -> DrawView:
        """Promote an alternate, or give an attempt up."""
        request = RequestKey("redraw staff", key or f"key-{next(_keys)}", b"d" * 32)
        command = Redraw(actor or self.manager, self.stage.raffle.id, draw, winner, reason, request)
        return redraw(command, self.fakes.services)

    def tickets(self) -> list[Ticket]:
        """The tickets of all orders, in the order of their numbers."""
        tables = self.fakes.transactions.tables
        raffle = self.stage.raffle
        orders = sorted(tables.orders.values(), key=lambda each: each.first_slot)
        return [
            ticket_of(each, raffle, tables.keys[raffle.id], tables.voids.get(each.id))
            for each in orders
            if each.raffle_id == raffle.id
        ]

    def tickets_of(self, orders: Iterable[SoldOrder], keys: RaffleKeys) -> list[Ticket]:
        """The tickets of these orders."""
        return [ticket_of(order, self.stage.raffle, keys) for order in orders]

    def enter(
        self, ticket: Ticket, place: int = 0, draw: int = 1, actor: Actor | None = None, **changes: object
    ) -> DrawView:
        """Enter a number of a ticket as it was drawn by hand."""
        command = EnterDrawnNumber(
            actor or self.manager,
            self.stage.raffle.id,
            draw,
            ticket.numbers[place],
            ticket.validation_number,
        )
        return enter_drawn_number(changed(command, changes), self.fakes.services)

    @property
    def now_ms(self) -> int:
        """The present instant, in milliseconds."""
        return milliseconds(self.fakes.clock.now())
