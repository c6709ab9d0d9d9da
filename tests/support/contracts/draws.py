"""The contracts of `SealStore` and `DrawStore`."""

from datetime import timedelta

import attrs
import pytest

from riff.domain.draws.plan import DrawPlan
from riff.domain.draws.records import (
    Approval,
    CommittedSeed,
    Decision,
    Declaration,
    DrawnNumber,
    DrawStart,
)
from riff.domain.identifiers import RaffleId
from riff.domain.sales.sold_order import OrderVoid
from riff.errors import IntegrityFailureError, NotFoundError
from riff_critical.draw import (
    Attempt,
    BeaconValue,
    Commitment,
    Contribution,
    ContributionCommitment,
    EntropyMode,
    Fallback,
    Substitution,
    commit,
)
from tests.support import sealed_raffle
from tests.support.builders import a_sale
from tests.support.contracts import Stores
from tests.support.fakes import NOON

PUBLISHED = sealed_raffle.publication(EntropyMode.COMMIT_REVEAL)
MANIFEST, SEAL = PUBLISHED.transcript.manifest, PUBLISHED.transcript.seal
PLAN = DrawPlan(early_bird_until=NOON, attempts=2, seal_within_s=600, contributors=("club", "notary"))
START = DrawStart(1, 1, 1000, (Fallback(EntropyMode.BEACON, "no relay answered"),), "staff:kim", "key-1")


def _seeds() -> list[CommittedSeed]:
    places = [(draw, attempt) for draw in (2, 1) for attempt in (1, 2)]
    return [CommittedSeed(commit(MANIFEST.hash(), *place, b"s" * 32), b"c" * 40) for place in places]


def _committed(stores: Stores) -> RaffleId:
    raffle_id = stores.raffle().id
    with stores.business.begin() as work:
        work.seals.commit(raffle_id, MANIFEST, _seeds())
    return raffle_id


def _sealed(stores: Stores) -> RaffleId:
    raffle_id = _committed(stores)
    with stores.critical.begin() as work:
        work.seals.add_seal(raffle_id, SEAL)
    return raffle_id


def _started(stores: Stores, *starts: DrawStart) -> RaffleId:
    raffle_id = _sealed(stores)
    with stores.critical.begin() as work:
        for start in starts or (START,):
            assert work.draws.start(raffle_id, start)
    return raffle_id


def _drawn(draw: int = 1, attempt: int = 2) -> Attempt:
    found = (each for each in PUBLISHED.transcript.attempts if each.draw == draw and each.failure is None)
    return Attempt.from_json(next(found).to_json() | {"attempt": attempt, "substitutions": []})


def _failed(draw: int = 1, attempt: int = 1) -> Attempt:
    return sealed_raffle.failed(draw, attempt, 1000)


class SealStoreContract:
    def test_gives_the_default_plan_and_then_the_last_one(self, stores: Stores) -> None:
        raffle_id = stores.raffle().id
        with stores.business.begin() as work:
            assert work.seals.plan(raffle_id) == DrawPlan()
            work.seals.set_plan(raffle_id, attrs.evolve(PLAN, attempts=9))
            work.seals.set_plan(raffle_id, PLAN)
        with stores.business.begin() as work:
            assert work.seals.plan(raffle_id) == PLAN

    def test_fixes_the_manifest_and_commitments_once(self, stores: Stores) -> None:
        raffle_id = _committed(stores)
        with stores.reader.begin() as work:
            assert work.seals.manifest(raffle_id) == MANIFEST
            places = [(each.draw, each.attempt) for each in work.seals.commitments(raffle_id)]
            assert isinstance(work.seals.commitments(raffle_id)[0], Commitment)
        assert places == [(1, 1), (1, 2), (2, 1), (2, 2)]
        with pytest.raises(IntegrityFailureError), stores.business.begin() as work:
            work.seals.commit(raffle_id, MANIFEST, [])

    def test_has_no_manifest_and_no_seal_before_they_are_made(self, stores: Stores) -> None:
        raffle_id = stores.raffle().id
        with stores.reader.begin() as work:
            assert work.seals.manifest(raffle_id) is None
            assert work.seals.seal(raffle_id) is None
            assert work.seals.commitments(raffle_id) == ()

    def test_gives_a_seed_only_for_a_started_attempt(self, stores: Stores) -> None:
        raffle_id = _started(stores)
        with stores.critical.begin() as work:
            assert work.seals.sealed_seed(raffle_id, 1, 1) == b"c" * 40
            for place in ((1, 2), (2, 1), (3, 1)):
                with pytest.raises(NotFoundError):
                    work.seals.sealed_seed(raffle_id, *place)

    def test_commits_a_party_once_for_an_attempt(self, stores: Stores) -> None:
        raffle_id = _committed(stores)
        one = ContributionCommitment("notary", 1, 1, b"n" * 32)
        other = ContributionCommitment("club", 1, 1, b"c" * 32)
        later = ContributionCommitment("club", 2, 1, b"c" * 32)
        with stores.critical.begin() as work:
            for each in (later, one, other):
                assert work.seals.commit_contribution(raffle_id, each, "staff:kim", NOON)
            changed = ContributionCommitment("club", 1, 1, b"d" * 32)
            assert not work.seals.commit_contribution(raffle_id, changed, "staff:kim", NOON)
            assert work.seals.contribution_commitments(raffle_id) == (other, one, later)

    def test_stores_the_seal_once(self, stores: Stores) -> None:
        raffle_id = _sealed(stores)
        with stores.reader.begin() as work:
            assert work.seals.seal(raffle_id) == SEAL
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.seals.add_seal(raffle_id, SEAL)

    def test_gives_the_runs_of_valid_orders_in_the_order_of_slots(self, stores: Stores) -> None:
        raffle = stores.raffle()
        second = stores.lease(raffle, "environment-2")
        first = stores.lease(raffle, "environment-1")
        with stores.critical.begin() as work:
            late, _ = a_sale(work, second, 5, 500, sold_at=NOON + timedelta(seconds=1))
            early, _ = a_sale(work, first, 3, 300, sold_at=NOON)
            runs = list(work.seals.valid_runs(raffle.id, None))
            before = list(work.seals.valid_runs(raffle.id, NOON + timedelta(seconds=1)))
        assert runs == sorted([(late.first_slot, 5), (early.first_slot, 3)])
        assert before == [(early.first_slot, 3)]

    def test_leaves_void_orders_out(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        with stores.critical.begin() as work:
            void, after = a_sale(work, lease, 5, 500)
            kept, _ = a_sale(work, after, 2, 200)
            work.orders.void(void, OrderVoid(void.id, "mistake", "staff:kim", NOON))
            assert list(work.seals.valid_runs(raffle.id, None)) == [(kept.first_slot, 2)]
            assert [each.id for each in work.seals.valid_orders(raffle.id, 0, 10, None)] == [kept.id]
            assert work.orders.holding(raffle.id, void.first_slot) == void

    def test_pages_through_valid_orders(self, stores: Stores) -> None:
        raffle = stores.raffle()
        lease = stores.lease(raffle)
        with stores.critical.begin() as work:
            one, after = a_sale(work, lease, 5, 500)
            other, _ = a_sale(work, after, 1, 100)
            for start, limit, expected in ((0, 1, [one]), (4, 2, [one, other]), (5, 2, [other]), (6, 2, [])):
                assert list(work.seals.valid_orders(raffle.id, start, limit, None)) == expected
            assert work.seals.valid_orders(raffle.id, 0, 9, one.sold_at) == ()


class DrawStoreContract:
    def test_starts_an_attempt_once(self, stores: Stores) -> None:
        raffle_id = _started(stores)
        with stores.critical.begin() as work:
            assert not work.draws.start(raffle_id, attrs.evolve(START, started_by="staff:lee"))
            assert work.draws.started(raffle_id, 1, 1) == START
            assert work.draws.started(raffle_id, 1, 2) is None

    def test_keeps_the_first_value_of_the_beacon(self, stores: Stores) -> None:
        raffle_id = _sealed(stores)
        value = BeaconValue(b"c" * 32, 7, b"s" * 48, b"r" * 32)
        with stores.critical.begin() as work:
            assert work.draws.kept_value(raffle_id, 1, 1) is None
            work.draws.keep_value(raffle_id, 1, 1, value)
            work.draws.keep_value(raffle_id, 1, 1, BeaconValue(b"c" * 32, 7, b"t" * 48, b"r" * 32))
        with stores.critical.begin() as work:
            assert work.draws.kept_value(raffle_id, 1, 1) == value

    def test_opens_a_contribution_once(self, stores: Stores) -> None:
        raffle_id = _committed(stores)
        with stores.critical.begin() as work:
            for party in ("notary", "club"):
                commitment = ContributionCommitment(party, 1, 1, b"n" * 32)
                work.seals.commit_contribution(raffle_id, commitment, "staff:kim", NOON)
            work.seals.add_seal(raffle_id, SEAL)
            one, other = Contribution("notary", b"v" * 33, 5), Contribution("club", b"w" * 64, 6)
            assert work.draws.open_contribution(raffle_id, 1, 1, one, "staff:kim")
            assert work.draws.open_contribution(raffle_id, 1, 1, other, "staff:kim")
            again = Contribution("club", b"x" * 64, 7)
            assert not work.draws.open_contribution(raffle_id, 1, 1, again, "staff:kim")
            assert work.draws.contributions(raffle_id, 1, 1) == (other, one)
            assert work.draws.contributions(raffle_id, 1, 2) == ()

    def test_keeps_what_was_entered_by_place_round_and_official(self, stores: Stores) -> None:
        raffle_id = _started(stores)
        numbers = [
            DrawnNumber(1, 1, place, round_, official, 7)
            for place, round_ in ((0, 0), (0, 1), (1, 0))
            for official in ("staff:kim", "staff:lee")
        ]
        with stores.critical.begin() as work:
            assert all(work.draws.enter(raffle_id, number) for number in reversed(numbers))
            assert not work.draws.enter(raffle_id, attrs.evolve(numbers[0], slot=8))
            assert list(work.draws.entered(raffle_id, 1, 1)) == numbers

    def test_ends_an_attempt_once_and_a_draw_with_one_result(self, stores: Stores) -> None:
        raffle_id = _started(stores, START, attrs.evolve(START, attempt=2))
        with stores.critical.begin() as work:
            work.draws.conclude(raffle_id, _failed(), NOON)
            work.draws.conclude(raffle_id, _drawn(), NOON)
        with stores.reader.begin() as work:
            assert work.draws.attempts(raffle_id) == (_failed(), _drawn())
        for again in (_failed(), _drawn(), _drawn(attempt=1)):
            with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
                work.draws.conclude(raffle_id, again, NOON)

    def test_gives_substitutions_with_their_attempt(self, stores: Stores) -> None:
        raffle_id = _started(stores, START, attrs.evolve(START, attempt=2))
        officials = b"k" * 32, b"l" * 32
        promoted = [Substitution(9, 0, rank, "not of age", officials) for rank in (0, 1)]
        with stores.critical.begin() as work:
            work.draws.conclude(raffle_id, _failed(), NOON)
            work.draws.conclude(raffle_id, _drawn(), NOON)
            for each in promoted:
                work.draws.substitute(raffle_id, 1, each)
        with stores.reader.begin() as work:
            failed, drawn = work.draws.attempts(raffle_id)
        assert (failed.substitutions, list(drawn.substitutions)) == ((), promoted)

    def test_counts_a_person_s_word_once(self, stores: Stores) -> None:
        raffle_id = _sealed(stores)
        word = Approval(1, 1, Decision.START, -1, 0, "staff:kim", "", NOON)
        other = attrs.evolve(word, approved_by="staff:lee", approved_at=NOON + timedelta(seconds=1))
        with stores.critical.begin() as work:
            for each in (other, word, attrs.evolve(word, reason="again", approved_at=other.approved_at)):
                work.draws.approve(raffle_id, each)
            assert work.draws.approvals(raffle_id, 1, 1) == (word, other)
            assert work.draws.approvals(raffle_id, 1, 2) == ()

    def test_declares_a_draw_once(self, stores: Stores) -> None:
        raffle_id = _started(stores, attrs.evolve(START, attempt=2))
        declaration = Declaration(1, 2, "staff:kim", NOON)
        with stores.critical.begin() as work:
            work.draws.conclude(raffle_id, _drawn(), NOON)
            work.draws.declare(raffle_id, declaration)
        with stores.reader.begin() as work:
            assert work.draws.declarations(raffle_id) == (declaration,)
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.draws.declare(raffle_id, attrs.evolve(declaration, declared_by="staff:lee"))

    def test_gives_the_transcript_that_was_published_last(self, stores: Stores) -> None:
        raffle_id = _sealed(stores)
        with stores.critical.begin() as work:
            assert work.draws.transcript(raffle_id) is None
            work.draws.publish(raffle_id, b"{}", b"h" * 32, NOON)
            work.draws.publish(raffle_id, b"[]", b"i" * 32, NOON)
        with stores.reader.begin() as work:
            assert work.draws.transcript(raffle_id) == b"[]"
