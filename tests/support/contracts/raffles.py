"""The contract of `RaffleStore`."""

from datetime import datetime, timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.identifiers import OrganizationId, RaffleId
from riff.domain.raffles.package import PriceChange
from riff.domain.raffles.prize import DrawKind
from riff.domain.raffles.profile import DrawMode, Gates, Texts
from riff.domain.raffles.purchase_limit import LimitWindow, PurchaseLimit
from riff.domain.raffles.raffle import ChannelRange, NumberingKind, Raffle
from riff.domain.raffles.window import SalesWindow
from riff.errors import NotFoundError
from riff.ports.pages import EventPosition, RafflePosition
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_package, a_prize, a_raffle, raffle_keys
from tests.support.contracts import Stores, undone
from tests.support.fakes import NOON, PERMISSIVE

# A time of its own, in which no other test has a raffle on sale.
LONG_AGO = NOON - timedelta(days=3650)


class RaffleStoreContract:
    def test_gives_an_organization(self, stores: Stores) -> None:
        organization = stores.organization()
        with stores.reader.begin() as work:
            assert work.raffles.organization(organization.id) == organization

    def test_refuses_an_unknown_organization(self, stores: Stores) -> None:
        with stores.business.begin() as work, pytest.raises(NotFoundError):
            work.raffles.organization(OrganizationId(uuid4()))
        with stores.business.begin() as work, pytest.raises(NotFoundError):
            work.raffles.take_event_number(OrganizationId(uuid4()))

    def test_numbers_events_from_one_without_gap(self, stores: Stores) -> None:
        organization = stores.organization()
        with stores.business.begin() as work:
            assert work.raffles.take_event_number(organization.id) == 1
        with undone(stores.business) as work:
            work.raffles.take_event_number(organization.id)
        with stores.business.begin() as work:
            assert work.raffles.take_event_number(organization.id) == 2

    @pytest.mark.parametrize("state", RaffleState)
    def test_gives_a_raffle_as_it_was_stored(self, stores: Stores, state: RaffleState) -> None:
        raffle = stores.raffle(a_raffle().in_state(state).randomly_numbered())
        with stores.reader.begin() as work:
            assert work.raffles.get(raffle.id) == raffle

    def test_refuses_an_unknown_raffle(self, stores: Stores) -> None:
        unknown = RaffleId(uuid4())
        with stores.critical.begin() as work:
            with pytest.raises(NotFoundError):
                work.raffles.get(unknown)
            with pytest.raises(NotFoundError):
                work.raffles.lock(unknown)
            with pytest.raises(NotFoundError):
                work.raffles.keys(unknown)

    def test_stores_state_and_close_of_a_locked_raffle(self, stores: Stores) -> None:
        raffle = stores.raffle()
        closed = attrs.evolve(raffle, state=RaffleState.SALES_CLOSED, closed_at=NOON)
        with stores.critical.begin() as work:
            assert work.raffles.lock(raffle.id) == raffle
            work.raffles.update(closed)
        with stores.reader.begin() as work:
            assert work.raffles.get(raffle.id) == closed

    def test_changes_nothing_else_of_a_raffle(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            work.raffles.update(attrs.evolve(work.raffles.lock(raffle.id), name="Another name"))
        with stores.reader.begin() as work:
            assert work.raffles.get(raffle.id).name == raffle.name

    def test_gives_the_keys_to_those_who_sell(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.critical.begin() as work:
            assert work.raffles.keys(raffle.id) == raffle_keys()

    def test_keeps_the_whole_profile(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().configured())
        strict = attrs.evolve(
            PERMISSIVE,
            draw_modes=(DrawMode.BEACON, DrawMode.COMMIT_REVEAL),
            purchase_limits=(PurchaseLimit(window=LimitWindow.ROLLING, hours=24, numbers=50),),
            gates=Gates(minimum_age=18, buyer_regions=frozenset({"CA-ON", "CA-QC"})),
            texts=Texts(rules="Tous les billets participent : « 18+ »."),
        )
        with stores.business.begin() as work:
            work.raffles.snapshot_profile(work.raffles.lock(raffle.id).id, strict)
        for readers in (stores.business, stores.critical, stores.reader):
            with readers.begin() as work:
                assert work.raffles.profile(raffle.id) == strict

    def test_has_no_profile_before_activation(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().configured())
        with stores.reader.begin() as work:
            for raffle_id in (raffle.id, RaffleId(uuid4())):
                with pytest.raises(NotFoundError):
                    work.raffles.profile(raffle_id)

    def test_decides_anew_what_was_decided_at_creation(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().draft())
        other = attrs.evolve(
            raffle,
            name="Another name",
            state=RaffleState.CONFIGURED,
            window=SalesWindow(NOON, NOON + timedelta(days=1)),
            numbering=NumberingKind.RANDOM,
            first_number=1000,
            rule_profile="ontario-like",
            sales_cap_minor=5_000_000,
        )
        with stores.business.begin() as work:
            work.raffles.configure(attrs.evolve(other, id=work.raffles.lock(raffle.id).id))
        with stores.reader.begin() as work:
            assert work.raffles.get(raffle.id) == other

    def test_moves_the_close_and_nothing_else(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().on_sale(NOON, NOON + timedelta(hours=1)))
        window = SalesWindow(NOON, NOON + timedelta(hours=2))
        with stores.critical.begin() as work:
            work.raffles.lock(raffle.id)
            work.raffles.extend(attrs.evolve(raffle, window=window, name="Another name"))
        with stores.reader.begin() as work:
            assert work.raffles.get(raffle.id) == attrs.evolve(raffle, window=window)

    def test_keeps_every_price_of_a_package(self, stores: Stores) -> None:
        package, other = a_package(10, 2000, stock=7), a_package(1, 500)
        raffle = stores.raffle(a_raffle().active().with_packages(package, other))
        changes = [PriceChange(1500, NOON, "staff:kim"), PriceChange(900, NOON + timedelta(1), "staff:lou")]
        for change in changes:
            with stores.business.begin() as work:
                work.raffles.lock(raffle.id)
                work.raffles.change_price(raffle.id, package.id, change)
        with stores.reader.begin() as work:
            assert work.raffles.packages(raffle.id) == (
                package.changed(changes[0]).changed(changes[1]),
                other,
            )

    def test_replaces_packages_and_keeps_their_order(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().draft())
        limited = a_package(
            3,
            1000,
            channels=frozenset({Channel.ONLINE}),
            on_sale_from=NOON,
            on_sale_until=NOON + timedelta(1),
        )
        with stores.business.begin() as work:
            assert work.raffles.packages(raffle.id) == ()
            work.raffles.set_packages(raffle.id, [a_package(), a_package(100, 5000)])
            work.raffles.set_packages(raffle.id, [limited, a_package(1, 500)])
        with stores.reader.begin() as work:
            assert [p.numbers for p in work.raffles.packages(raffle.id)] == [3, 1]
            assert work.raffles.packages(raffle.id)[0] == limited

    def test_sets_a_package_again_under_its_name(self, stores: Stores) -> None:
        package = a_package()
        raffle = stores.raffle(a_raffle().draft().with_packages(package))
        dearer = attrs.evolve(package, price_minor=2500)
        with stores.business.begin() as work:
            work.raffles.set_packages(raffle.id, [dearer])
            assert work.raffles.packages(raffle.id) == (dearer,)

    def test_empties_packages_and_prizes(self, stores: Stores) -> None:
        raffle = stores.raffle()
        with stores.business.begin() as work:
            work.raffles.set_packages(raffle.id, [])
            work.raffles.set_prizes(raffle.id, [])
            assert work.raffles.packages(raffle.id) == ()
            assert work.raffles.prizes(raffle.id) == ()

    def test_gives_prizes_early_birds_first_then_by_rank(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().draft())
        first, second = a_prize(rank=1, cap_minor=100_000, winners=2), a_prize(rank=2)
        early = a_prize(rank=1, draw=DrawKind.EARLY_BIRD)
        with stores.business.begin() as work:
            work.raffles.set_prizes(raffle.id, [second, first, early])
        with stores.reader.begin() as work:
            assert work.raffles.prizes(raffle.id) == (early, first, second)

    def test_divides_the_number_space_anew(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().draft())
        ranges = (ChannelRange(Channel.RESERVE, 0, 5), ChannelRange(Channel.ONLINE, 5, 20_000))
        divided = attrs.evolve(raffle, ranges=ranges)
        with stores.business.begin() as work:
            work.raffles.lock(raffle.id)
            work.raffles.set_ranges(divided)
        with stores.reader.begin() as work:
            assert work.raffles.get(raffle.id) == divided

    def test_lists_the_raffles_of_an_organization_latest_first(self, stores: Stores) -> None:
        organization = stores.organization()
        with stores.business.begin() as work:
            first, second, third = (a_raffle().of(organization).stored(work) for _ in range(3))
        stores.raffle()
        with stores.reader.begin() as work:
            page = work.raffles.of(organization.id, None, limit=2)
            assert (page.items, page.more) == ((third, second), True)
            rest = work.raffles.of(organization.id, EventPosition(second.event_number), limit=2)
            assert (rest.items, rest.more) == ((first,), False)

    def test_lists_what_is_on_sale_soonest_close_first(self, stores: Stores) -> None:
        late = _on_sale(stores, LONG_AGO, hours=3)
        soon = _on_sale(stores, LONG_AGO, hours=1)
        with stores.reader.begin() as work:
            page = work.raffles.on_sale(LONG_AGO, None, limit=10)
        assert [soon, late] == list(page.items)
        assert not page.more

    def test_lists_only_active_raffles_within_their_window(self, stores: Stores) -> None:
        opens_at = LONG_AGO + timedelta(days=100)
        closes_at = opens_at + timedelta(hours=1)
        raffle = stores.raffle(a_raffle().active().on_sale(opens_at, closes_at))
        stores.raffle(a_raffle().configured().on_sale(opens_at, closes_at))
        with stores.reader.begin() as work:
            assert work.raffles.on_sale(opens_at, None, limit=10).items == (raffle,)
            assert work.raffles.on_sale(opens_at - timedelta(microseconds=1), None, limit=10).items == ()
            assert work.raffles.on_sale(closes_at - timedelta(microseconds=1), None, 10).items == (raffle,)
            assert work.raffles.on_sale(closes_at, None, limit=10).items == ()

    def test_pages_through_raffles_that_close_together(self, stores: Stores) -> None:
        at = LONG_AGO + timedelta(days=200)
        stored = {_on_sale(stores, at, hours=1).id for _ in range(5)}
        seen: list[RaffleId] = []
        after = None
        with stores.reader.begin() as work:
            for expected_more in (True, True, False):
                page = work.raffles.on_sale(at, after, limit=2)
                assert page.more is expected_more
                seen += [raffle.id for raffle in page.items]
                after = RafflePosition(page.items[-1].window.closes_at, page.items[-1].id)
        assert sorted(stored) == seen


def _on_sale(stores: Stores, at: datetime, hours: int) -> Raffle:
    return stores.raffle(a_raffle().active().on_sale(at, at + timedelta(hours=hours)))
