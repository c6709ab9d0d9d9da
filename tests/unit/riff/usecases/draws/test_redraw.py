import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import DrawPlan
from riff.domain.raffles.profile import DrawMode
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
)
from riff_critical.draw import EntropyMode
from riff_critical.lifecycle import DrawState
from tests.support.drawing import EARLY, PARTIES, DrawStage
from tests.support.stage import A_STRANGER, member


def _drawn() -> DrawStage:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.start()
    return stage


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

    def test_after_the_result_is_official(self) -> None:
        """Who is not eligible is often found out when the prize is claimed."""
        stage = _drawn()
        stage.declare()
        stage.redraw(winner=0)
        assert stage.redraw(winner=0, actor=stage.other).winners[0].substituted

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

    def test_by_hand_only_before_a_number_counts(self) -> None:
        stage = DrawStage.of(DrawMode.MANUAL).sealed()
        stage.start()
        ticket = stage.tickets()[0]
        stage.enter(ticket)
        stage.enter(ticket, actor=stage.other)
        with pytest.raises(DrawPossibleError):
            stage.redraw(reason="another drum")

    def test_and_tells_so_in_the_events(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed()
        stage.redraw(reason="withheld")
        kinds = stage.fakes.transactions.event_kinds()
        assert kinds.index(EventKind.DRAW_STARTED) < kinds.index(EventKind.DRAW_CONCLUDED)
