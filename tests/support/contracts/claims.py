"""The contract of `ClaimStore`."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.draws.claim import Claim, Claimant, Document, Payout, PayoutMethod
from riff.domain.identifiers import ClaimId, PrizeId
from riff.domain.money import Money
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import IntegrityFailureError, NotFoundError
from riff_critical.lifecycle import ClaimState
from tests.support.builders import a_sale
from tests.support.contracts import Stores, undone
from tests.support.fakes import NOON

LATER = NOON + timedelta(days=1)
CLAIMANT = Claimant("Robin Buyer", Document.PASSPORT, "X123", "receipt of the sale")
PAYOUT = Payout(PayoutMethod.CHEQUE, "000123")


def a_claim(order: SoldOrder, **changes: object) -> Claim:
    claim = Claim(
        id=ClaimId(uuid4()),
        raffle_id=order.raffle_id,
        draw=1,
        place=0,
        prize_id=PrizeId(uuid4()),
        amount=Money(5000, "CAD"),
        slot=order.first_slot,
        order_id=order.id,
        state=ClaimState.OPEN,
        opened_at=NOON,
        expires_at=LATER,
    )
    return attrs.evolve(claim, **changes)  # type: ignore[arg-type] # each test changes what it is about


def an_order(stores: Stores) -> SoldOrder:
    lease = stores.lease(stores.raffle())
    with stores.critical.begin() as work:
        return a_sale(work, lease)[0]


class ClaimStoreContract:
    def test_keeps_claims_by_draw_and_place(self, stores: Stores) -> None:
        order = an_order(stores)
        claims = [a_claim(order, draw=draw, place=place) for draw, place in ((2, 0), (1, 1), (1, 0))]
        with stores.critical.begin() as work:
            work.claims.open(claims)
        with stores.critical.begin() as work:
            assert work.claims.lock_of_order(order.id) == tuple(reversed(claims))
        with stores.reader.begin() as work:
            assert work.claims.of_raffle(order.raffle_id) == tuple(reversed(claims))

    def test_a_place_is_claimed_once(self, stores: Stores) -> None:
        order = an_order(stores)
        with stores.critical.begin() as work:
            work.claims.open([a_claim(order)])
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.claims.open([a_claim(order, draw=2), a_claim(order)])
        with stores.reader.begin() as work:
            assert len(work.claims.of_raffle(order.raffle_id)) == 1

    def test_other_orders_have_no_part(self, stores: Stores) -> None:
        order, other = an_order(stores), an_order(stores)
        with stores.critical.begin() as work:
            work.claims.open([a_claim(order)])
            assert work.claims.lock_of_order(other.id) == ()
            assert work.claims.of_raffle(other.raffle_id) == ()

    def test_a_claim_is_found_by_its_place_and_passed_on(self, stores: Stores) -> None:
        order, other = an_order(stores), an_order(stores)
        claim = a_claim(order, draw=2, place=1)
        with stores.critical.begin() as work:
            work.claims.open([claim, a_claim(order, draw=1, place=1), a_claim(order, draw=2, place=0)])
            assert work.claims.lock_of_place(order.raffle_id, 2, 1) == claim
            assert work.claims.lock_of_place(order.raffle_id, 2, 2) is None
            passed = attrs.evolve(
                claim,
                slot=other.first_slot,
                order_id=other.id,
                state=ClaimState.OPEN,
                opened_at=claim.opened_at + timedelta(days=40),
                expires_at=claim.opened_at + timedelta(days=70),
            )
            work.claims.update(attrs.evolve(claim, state=ClaimState.REDRAW))
            work.claims.pass_on(passed)
        with stores.critical.begin() as work:
            assert work.claims.lock(claim.id) == passed
            assert work.claims.lock_of_order(other.id) == (passed,)

    def test_a_claim_of_nobody_is_not_found(self, stores: Stores) -> None:
        with pytest.raises(NotFoundError), stores.critical.begin() as work:
            work.claims.lock(ClaimId(uuid4()))

    @pytest.mark.parametrize("state", list(ClaimState))
    def test_stores_the_state_alone(self, stores: Stores, state: ClaimState) -> None:
        claim = a_claim(an_order(stores))
        with stores.critical.begin() as work:
            work.claims.open([claim])
            work.claims.update(attrs.evolve(claim, state=state, amount=Money(1, "CAD")))
        with stores.critical.begin() as work:
            assert work.claims.lock(claim.id) == attrs.evolve(claim, state=state)

    def test_due_is_what_is_open_and_over(self, stores: Stores) -> None:
        order = an_order(stores)
        due = a_claim(order)
        with stores.critical.begin() as work:
            work.claims.open(
                [
                    due,
                    a_claim(order, place=1, state=ClaimState.VALIDATED),
                    a_claim(order, place=2, expires_at=None),
                    a_claim(order, place=3, expires_at=LATER + timedelta(seconds=1)),
                ]
            )
        with stores.critical.begin() as work:
            assert work.claims.lock_due(order.raffle_id, LATER) == (due,)
            assert work.claims.lock_due(order.raffle_id, LATER - timedelta(microseconds=1)) == ()

    def test_claimant_and_payout_are_kept_once(self, stores: Stores) -> None:
        claim = a_claim(an_order(stores))
        with stores.critical.begin() as work:
            work.claims.open([claim])
            work.claims.identify(claim.id, CLAIMANT, "staff:kim", NOON)
            work.claims.pay(claim.id, PAYOUT, "staff:kim", NOON)
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.claims.identify(claim.id, CLAIMANT, "staff:kim", NOON)
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.claims.pay(claim.id, PAYOUT, "staff:kim", NOON)

    def test_an_undone_transaction_leaves_nothing(self, stores: Stores) -> None:
        order = an_order(stores)
        with undone(stores.critical) as work:
            work.claims.open([a_claim(order)])
        with stores.reader.begin() as work:
            assert work.claims.of_raffle(order.raffle_id) == ()
