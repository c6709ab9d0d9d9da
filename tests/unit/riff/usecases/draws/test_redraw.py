from datetime import timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Claim
from riff.domain.draws.plan import DrawPlan
from riff.domain.identifiers import OrderId
from riff.domain.raffles.profile import ClaimRules, DrawMode, Unclaimed
from riff.domain.sales.sold_order import OrderVoid
from riff.errors import (
    AlreadyDrawnError,
    AlternatesExhaustedError,
    AttemptsExhaustedError,
    BeaconEarlyError,
    DrawPossibleError,
    NotFoundError,
    NotPermittedError,
    StateRefusesError,
    UnavailableError,
    WinnerNotValidError,
)
from riff.usecases.draws.expire_claims import ExpireClaims, expire_claims
from riff_critical.draw import EntropyMode
from riff_critical.lifecycle import ClaimState, DrawState, RaffleState
from tests.support.drawing import EARLY, PARTIES, DrawStage
from tests.support.fakes import NOON
from tests.support.stage import A_STRANGER, member


def _drawn(*, returned: bool = True) -> DrawStage:
    stage = DrawStage.of(DrawMode.RNG_ONLY, returned=returned).sealed()
    stage.start()
    return stage


def _claim(stage: DrawStage) -> Claim:
    """The claim of the first winner of the first draw."""
    with stage.fakes.transactions.begin() as work:
        claim = work.claims.lock_of_place(stage.stage.raffle.id, 1, 0)
    assert claim is not None
    return claim


def _holder(stage: DrawStage, slot: int) -> OrderId:
    with stage.fakes.transactions.begin() as work:
        order = work.orders.holding(stage.stage.raffle.id, slot)
    assert order is not None
    return order.id


class TestWinnerGivesWay:
    def test_to_the_next_alternate_on_the_word_of_two_persons(self) -> None:
        stage = _drawn()
        before = stage.show()
        assert stage.redraw(winner=0).winners == before.winners
        after = stage.redraw(winner=0, actor=stage.other)
        assert [winner.slot for winner in after.winners] == [before.alternates[0]]
        assert after.winners[0].substituted
        assert after.alternates == before.alternates[1:]
        assert stage.is_verified

    def test_with_the_reason_and_both_persons_in_the_transcript(self) -> None:
        stage = _drawn()
        stage.redraw(winner=0, reason="sold to a child")
        stage.fakes.clock.advance(seconds=1)
        stage.redraw(winner=0, actor=stage.other)
        (substitution,) = stage.transcript.attempts[0].substitutions
        assert substitution.reason == "sold to a child"
        assert len(set(substitution.officials)) == 2
        published = stage.fakes.transactions.tables.transcripts[stage.stage.raffle.id]
        assert published[-1] == stage.transcript.to_bytes()
        assert len(published) == 2

    def test_not_on_one_person_s_word_however_often_it_is_given(self) -> None:
        stage = _drawn()
        for _ in range(3):
            assert not stage.redraw(winner=0).winners[0].substituted

    def test_once_when_the_second_word_is_repeated(self) -> None:
        stage = _drawn()
        stage.redraw(winner=0)
        first = stage.redraw(winner=0, actor=stage.other, key="key-1")
        assert first == stage.redraw(winner=0, actor=stage.other, key="key-1")
        assert len(stage.transcript.attempts[0].substitutions) == 1
        assert len(stage.fakes.transactions.tables.approvals) == 3

    def test_again_with_words_of_its_own(self) -> None:
        stage = _drawn()
        alternates = stage.show().alternates
        for _ in alternates:
            stage.redraw(winner=0)
            stage.redraw(winner=0, actor=stage.other)
        assert stage.show().winners[0].slot == alternates[-1]
        with pytest.raises(AlternatesExhaustedError):
            stage.redraw(winner=0)
        assert stage.is_verified

    def test_after_the_result_is_official_together_with_the_claim(self) -> None:
        """Who is not eligible is often found out when the prize is claimed."""
        stage = _drawn()
        stage.declare()
        before = _claim(stage)
        stage.fakes.clock.advance(days=3)
        stage.redraw(winner=0)
        assert _claim(stage) == before
        winner = stage.redraw(winner=0, actor=stage.other).winners[0]
        after = _claim(stage)
        assert winner.substituted
        assert (after.id, after.state, after.slot) == (before.id, ClaimState.OPEN, winner.slot)
        assert after.order_id == _holder(stage, winner.slot) != before.order_id
        assert after.opened_at == stage.fakes.clock.now()
        assert stage.is_verified

    def test_with_a_prize_that_nobody_claimed(self) -> None:
        stage = _drawn()
        with stage.fakes.transactions.begin() as work:
            rules = ClaimRules(expiry_days=30, unclaimed=Unclaimed.REDRAW)
            profile = attrs.evolve(work.raffles.profile(stage.stage.raffle.id), claims=rules)
            work.raffles.snapshot_profile(stage.stage.raffle.id, profile)
        stage.declare()
        stage.fakes.clock.advance(days=31)
        expire_claims(ExpireClaims(stage.manager, stage.stage.raffle.id), stage.fakes.services)
        assert _claim(stage).state is ClaimState.REDRAW
        stage.redraw(winner=0, reason="not claimed")
        winner = stage.redraw(winner=0, reason="not claimed", actor=stage.other).winners[0]
        after = _claim(stage)
        assert (after.state, after.slot) == (ClaimState.OPEN, winner.slot)
        assert after.expires_at == stage.fakes.clock.now() + timedelta(days=30)

    @pytest.mark.parametrize("state", [ClaimState.VALIDATED, ClaimState.PAID, ClaimState.TRUST])
    def test_not_once_the_prize_is_out_of_hand(self, state: ClaimState) -> None:
        stage = _drawn()
        stage.declare()
        with stage.fakes.transactions.begin() as work:
            work.claims.update(attrs.evolve(_claim(stage), state=state))
        for actor in (stage.manager, stage.other):
            with pytest.raises(StateRefusesError):
                stage.redraw(winner=0, actor=actor)
        assert stage.transcript.attempts[0].substitutions == ()

    def test_not_to_an_alternate_who_is_void_once_the_result_is_official(self) -> None:
        stage = _drawn()
        stage.declare()
        order = _holder(stage, stage.show().alternates[0])
        with stage.fakes.transactions.begin() as work:
            work.orders.void(work.orders.get(order), OrderVoid(order, "error", "staff:kim", NOON))
        stage.redraw(winner=0)
        with pytest.raises(WinnerNotValidError):
            stage.redraw(winner=0, actor=stage.other)
        assert _claim(stage).order_id != order

    def test_not_while_a_later_draw_is_held(self) -> None:
        """Its seed may be open, and who cannot win it follows from this draw."""
        stage = _drawn(returned=False)
        stage.redraw(winner=0)
        stage.fakes.selection.is_down = True
        with pytest.raises(UnavailableError):
            stage.start(draw=2)
        with pytest.raises(StateRefusesError):
            stage.redraw(winner=0, actor=stage.other)
        stage.fakes.selection.is_down = False
        stage.start(draw=2)
        assert stage.redraw(winner=0, actor=stage.other).winners[0].substituted
        assert stage.is_verified

    def test_without_changing_who_could_win_a_later_draw_of_the_same_instant(self) -> None:
        stage = _drawn(returned=False)
        stage.start(draw=2)
        before = stage.transcript.excluded(2, stage.transcript.attempts[1].started_at)
        stage.redraw(winner=0)
        stage.redraw(winner=0, actor=stage.other)
        assert stage.transcript.excluded(2, stage.transcript.attempts[1].started_at) == before
        assert stage.is_verified

    def test_refuses_what_was_not_drawn(self) -> None:
        stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
        with pytest.raises(StateRefusesError):
            stage.redraw(winner=0)
        stage.start()
        with pytest.raises(NotFoundError):
            stage.redraw(winner=1)

    def test_refuses_strangers_and_roles_that_may_not(self) -> None:
        stage = _drawn()
        with pytest.raises(NotFoundError):
            stage.redraw(winner=0, actor=A_STRANGER)
        with pytest.raises(NotPermittedError):
            stage.redraw(winner=0, actor=member("operator", stage.stage.organization))


class TestAttemptIsGivenUp:
    def test_when_contributions_do_not_come(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed().opened(parties=("club",))
        view = stage.redraw(reason="the notary withholds it")
        assert (view.state, view.attempt) == (DrawState.COMMITTED, 2)
        assert [each.failure for each in view.failures] == ["the notary withholds it"]
        assert stage.fakes.seeds.opened == []
        assert stage.is_verified
        assert stage.opened(attempt=2).start().state is DrawState.DRAWN
        assert stage.is_verified

    def test_when_the_value_came_and_contributions_did_not(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.RNG_ONLY).sealed().at_round()
        assert stage.redraw(reason="nobody opened in time").attempt == 2
        stage.opened(attempt=2).at_round(attempt=2)
        assert stage.start().mode is EntropyMode.BEACON
        assert stage.is_verified

    def test_not_while_it_can_be_held(self) -> None:
        stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
        with pytest.raises(DrawPossibleError):
            stage.redraw(reason="another try")
        assert stage.show().state is DrawState.COMMITTED

    def test_not_while_a_fallback_is_left(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed()
        with pytest.raises(DrawPossibleError):
            stage.redraw(reason="another try")

    def test_not_before_the_beacon_s_round(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON).sealed()
        with pytest.raises(BeaconEarlyError):
            stage.redraw(reason="another try")

    def test_not_once_its_seed_may_have_been_opened(self) -> None:
        """The process died after the start: whoever starts the draw again goes on with it."""
        stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
        stage.fakes.selection.is_down = True
        with pytest.raises(UnavailableError):
            stage.start()
        for _ in range(2):
            with pytest.raises(DrawPossibleError):
                stage.redraw(reason="I do not like it")
            stage.fakes.selection.is_down = False
        stage.start()
        with pytest.raises(AlreadyDrawnError):
            stage.redraw(reason="I do not like it")
        assert (stage.show().state, stage.show().attempt) == (DrawState.DRAWN, 1)

    def test_without_opening_any_seed(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed()
        stage.fakes.seeds.is_down = True
        assert stage.redraw(reason="withheld").attempt == 2

    def test_by_two_persons_where_the_rules_say_so(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL, two_persons=True).sealed()
        assert stage.redraw(reason="withheld").attempt == 1
        assert stage.redraw(reason="withheld", actor=stage.other).attempt == 2

    def test_and_its_repetition_does_not_give_up_the_next_one(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed()
        assert stage.redraw(reason="withheld", key="key-1").attempt == 2
        assert stage.redraw(reason="withheld", key="key-1").attempt == 2

    def test_until_none_is_left(self) -> None:
        plan = DrawPlan(early_bird_until=EARLY, attempts=1, contributors=PARTIES)
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL, plan=plan).sealed()
        assert stage.redraw(reason="withheld").state is DrawState.FAILED
        with pytest.raises(AttemptsExhaustedError):
            stage.start()
        assert stage.is_verified

    @pytest.mark.parametrize("mode", [DrawMode.RNG_ONLY, DrawMode.BEACON])
    def test_when_too_few_numbers_take_part_and_the_next_draw_completes_the_raffle(
        self, mode: DrawMode
    ) -> None:
        """Not one order was sold early, which neither a contribution nor a beacon will change."""
        parties = PARTIES if mode is DrawMode.BEACON else ()
        plan = DrawPlan(early_bird_until=EARLY, attempts=2, contributors=parties)
        stage = DrawStage.of(mode, plan=plan)
        stage.fakes.clock.set(EARLY)
        stage.sell(3).committed().reconciled().seal_it()
        assert stage.redraw(reason="nobody bought early").attempt == 2
        with pytest.raises(StateRefusesError):
            stage.start(2)
        assert stage.redraw(reason="nobody bought early").state is DrawState.FAILED
        with pytest.raises(AttemptsExhaustedError):
            stage.redraw(reason="nobody bought early")
        if mode is DrawMode.BEACON:
            stage.opened(draw=2).at_round(draw=2)
        stage.start(2)
        assert stage.declare(2).raffle.state is RaffleState.COMPLETED
        assert stage.is_verified

    def test_never_for_the_last_draw_so_that_the_raffle_is_complete(self) -> None:
        plan = DrawPlan(early_bird_until=EARLY, attempts=1, contributors=PARTIES)
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL, plan=plan).sealed().opened()
        stage.start()
        stage.declare()
        assert stage.redraw(draw=2, reason="withheld").state is DrawState.FAILED
        assert stage.show().raffle.state is RaffleState.DRAWING

    def test_by_hand_only_before_a_number_is_known(self) -> None:
        stage = DrawStage.of(DrawMode.MANUAL).sealed()
        stage.start()
        ticket = stage.tickets()[0]
        for actor in (stage.manager, stage.other):
            stage.enter(ticket, actor=actor)
            with pytest.raises(DrawPossibleError):
                stage.redraw(reason="another drum")

    def test_by_hand_while_nothing_was_entered(self) -> None:
        stage = DrawStage.of(DrawMode.MANUAL).sealed()
        stage.start()
        assert stage.redraw(reason="the drum broke").attempt == 2

    def test_and_tells_so_in_the_events(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed()
        stage.redraw(reason="withheld")
        kinds = stage.fakes.transactions.event_kinds()
        assert kinds.index(EventKind.DRAW_STARTED) < kinds.index(EventKind.DRAW_CONCLUDED)
