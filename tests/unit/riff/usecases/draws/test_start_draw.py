import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import DrawPlan
from riff.domain.identifiers import StreamId
from riff.domain.raffles.profile import DrawMode
from riff.errors import (
    AlreadyDrawnError,
    BeaconEarlyError,
    BeaconUnavailableError,
    EntropyUnavailableError,
    IntegrityFailureError,
    NotFoundError,
    NotPermittedError,
    StateRefusesError,
    TooFewNumbersError,
    UnavailableError,
)
from riff_critical.draw import EntropyMode
from riff_critical.lifecycle import DrawState, RaffleState
from tests.support.drawing import EARLY, PARTIES, DrawStage, a_drawn_raffle
from tests.support.stage import A_STRANGER, member


def test_draws_what_can_be_verified() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    view = stage.start()
    assert (view.state, view.attempt, view.mode) == (DrawState.DRAWN, 1, EntropyMode.RNG_ONLY)
    assert (len(view.winners), len(view.alternates)) == (1, 2)
    assert stage.is_verified
    assert stage.stage.now.state is RaffleState.DRAWING


def test_records_the_start_before_the_end() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.start()
    kinds = stage.fakes.transactions.event_kinds()
    assert kinds.index(EventKind.DRAW_STARTED) < kinds.index(EventKind.DRAW_CONCLUDED)


def test_divides_a_prize_and_gives_the_remainder_to_the_first() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.start(1)
    amounts = [winner.amount_minor for winner in stage.start(2).winners]
    assert amounts == [34_000, 2_501, 2_500]


def test_publishes_the_transcript_that_the_ledger_names() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.start()
    published = stage.fakes.transactions.tables.transcripts[stage.stage.raffle.id]
    assert (stage.transcript.to_bytes(),) == published
    events = stage.fakes.transactions.tables.events[StreamId(stage.stage.raffle.id)]
    assert stage.transcript.hash().hex().encode() in events[-1].record


def test_early_birds_only_take_part_in_their_draw() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    early, grand = stage.seal.pools
    assert (early.numbers, grand.numbers) == (260, 340)
    assert stage.start(1).winners[0].slot < 300


@pytest.mark.parametrize("returned", [True, False])
def test_early_winners_win_again_where_the_rules_return_them(*, returned: bool) -> None:
    """One order of ten numbers, of which three win the early draw and ten the grand one."""
    early, grand, _ = a_drawn_raffle().prizes
    prizes = attrs.evolve(early, winners=3), attrs.evolve(grand, winners=10)
    builder = a_drawn_raffle().with_prizes(*prizes)
    stage = DrawStage.of(DrawMode.RNG_ONLY, builder=builder, returned=returned, alternates=0)
    stage.sell(1).reconciled().seal_it()
    stage.start(1)
    if returned:
        assert len(stage.start(2).winners) == 10
    else:
        with pytest.raises(TooFewNumbersError):
            stage.start(2)


def test_the_same_command_is_answered_and_another_refused() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    first = stage.start(key="key-1")
    assert first == stage.start(key="key-1")
    with pytest.raises(AlreadyDrawnError):
        stage.start(key="key-2")
    assert stage.fakes.selection.selected == [(1, 1)]


def test_draws_in_the_order_of_the_manifest() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    with pytest.raises(StateRefusesError):
        stage.start(2)
    with pytest.raises(NotFoundError):
        stage.start(3)


def test_refuses_what_is_not_sealed() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sell().reconciled()
    with pytest.raises(StateRefusesError):
        stage.start()


def test_refuses_fewer_numbers_than_winners() -> None:
    """Not one order was sold early."""
    stage = DrawStage.of(DrawMode.RNG_ONLY, plan=DrawPlan(early_bird_until=EARLY))
    stage.fakes.clock.set(EARLY)
    stage.sell(3).reconciled().seal_it()
    with pytest.raises(TooFewNumbersError):
        stage.start()
    assert stage.show().state is DrawState.COMMITTED


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    with pytest.raises(NotFoundError):
        stage.start(actor=A_STRANGER)
    with pytest.raises(NotPermittedError):
        stage.start(actor=member("operator", stage.stage.organization))


def test_two_persons_start_a_draw_where_the_rules_say_so() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY, two_persons=True).sealed()
    assert stage.start().state is DrawState.COMMITTED
    assert stage.start().state is DrawState.COMMITTED
    assert stage.fakes.seeds.opened == []
    assert stage.start(actor=stage.other).state is DrawState.DRAWN


def test_opens_a_seed_only_for_a_started_attempt() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    with stage.fakes.transactions.begin() as work, pytest.raises(NotFoundError):
        work.seals.sealed_seed(stage.stage.raffle.id, 1, 1)
    stage.start()
    assert stage.fakes.seeds.opened == [(stage.stage.raffle.id, 1, 1)]


@pytest.mark.parametrize("broken", ["seeds", "selection"])
def test_goes_on_with_the_same_attempt_when_something_was_down(broken: str) -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    part = getattr(stage.fakes, broken)
    part.is_down = True
    with pytest.raises(UnavailableError):
        stage.start(key="key-1")
    assert stage.show().state is DrawState.STARTED
    started_at = stage.show().start
    part.is_down = False
    stage.fakes.clock.advance(minutes=5)
    view = stage.start(key="key-2", actor=stage.other)
    assert (DrawState.DRAWN, 1, started_at) == (view.state, view.attempt, view.start)


@pytest.mark.parametrize("stored", [True, False])
def test_a_lost_commit_of_the_result_changes_no_winner(*, stored: bool) -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.fakes.selection.is_down = True
    with pytest.raises(UnavailableError):
        stage.start(key="key-1")
    stage.fakes.selection.is_down = False
    drawn = stage.fakes.selection.select

    def lose(request: object) -> object:
        attempt = drawn(request)  # type: ignore[arg-type] - passed through
        stage.fakes.transactions.lose_next_commit(stored=stored)
        return attempt

    stage.fakes.selection.select = lose  # type: ignore[assignment, method-assign] - loses the commit that follows
    with pytest.raises(UnavailableError):
        stage.start(key="key-1")
    stage.fakes.selection.select = drawn  # type: ignore[method-assign]
    before = stage.fakes.transactions.tables.draw_results.copy()
    view = stage.start(key="key-1")
    assert view.state is DrawState.DRAWN
    assert stored == bool(before)
    assert stage.is_verified
    assert stage.fakes.transactions.event_kinds().count(EventKind.DRAW_CONCLUDED) == 1


def test_fails_visibly_when_the_seed_is_gone() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.fakes.seeds.is_lost = True
    view = stage.start()
    assert (view.state, view.attempt, view.winners) == (DrawState.COMMITTED, 2, ())
    assert view.failures[0].failure == "the seed of this attempt cannot be opened"
    assert stage.is_verified
    stage.fakes.seeds.is_lost = False
    assert stage.start().state is DrawState.DRAWN
    assert stage.is_verified


def test_fails_visibly_when_the_seed_is_not_the_one_committed_to() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    opened = stage.fakes.seeds.open
    stage.fakes.seeds.open = lambda *args: opened(*args)[::-1]  # type: ignore[method-assign] - another seed
    view = stage.start()
    assert view.failures[0].failure == "the seed does not open the commitment of this attempt"


def test_stops_with_an_alarm_when_other_code_would_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    monkeypatch.setattr("riff_critical.handlers.invocation.critical_digest", lambda: "0" * 64)
    with pytest.raises(IntegrityFailureError):
        stage.start()
    assert stage.show().state is DrawState.STARTED
    monkeypatch.undo()
    assert stage.start().state is DrawState.DRAWN


class TestContributions:
    def test_mixes_them_in(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed().opened()
        assert stage.start().mode is EntropyMode.COMMIT_REVEAL
        opening = stage.transcript.attempts[0].opening
        assert opening is not None
        assert [each.party for each in opening.contributions] == list(PARTIES)
        assert stage.is_verified

    def test_waits_for_every_one(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed().opened(parties=("club",))
        with pytest.raises(EntropyUnavailableError, match="notary"):
            stage.start()
        assert stage.opened(parties=("notary",)).start().state is DrawState.DRAWN

    def test_falls_back_with_a_reason_where_the_manifest_plans_it(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed()
        with pytest.raises(EntropyUnavailableError):
            stage.start()
        view = stage.start(reason="the notary is ill")
        assert view.mode is EntropyMode.RNG_ONLY
        assert view.start is not None
        assert [each.reason for each in view.start.fallbacks] == ["the notary is ill"]
        assert stage.is_verified

    def test_never_falls_back_while_they_are_there(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed().opened()
        assert stage.start(reason="no wish to use them").mode is EntropyMode.COMMIT_REVEAL


class TestBeacon:
    def test_waits_for_its_round(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON).sealed().opened()
        with pytest.raises(BeaconEarlyError):
            stage.start()
        view = stage.at_round().start()
        assert (view.state, view.mode) == (DrawState.DRAWN, EntropyMode.BEACON)
        assert stage.is_verified

    @pytest.mark.parametrize(
        "fault", ["a: no answer; b: no answer", "a: late; b: late", "a: forged; b: forged"]
    )
    def test_falls_back_only_after_waiting(self, fault: str) -> None:
        """Dead, late and lying relays are the same: there is no value, until there is one."""
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.RNG_ONLY).sealed().opened().at_round()
        stage.fakes.beacon.fault = fault
        with pytest.raises(BeaconUnavailableError):
            stage.start(reason="no relay answers")
        stage.fakes.clock.advance(minutes=31)
        with pytest.raises(EntropyUnavailableError):
            stage.start()
        assert stage.start(reason="no relay answers").mode is EntropyMode.RNG_ONLY
        assert stage.is_verified

    def test_uses_a_value_that_comes_late(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.RNG_ONLY).sealed().opened().at_round()
        stage.fakes.beacon.fault = "a: late"
        with pytest.raises(BeaconUnavailableError):
            stage.start()
        stage.fakes.beacon.fault = None
        stage.fakes.clock.advance(hours=2)
        assert stage.start(reason="we waited too long").mode is EntropyMode.BEACON

    def test_never_falls_back_once_the_value_was_seen(self) -> None:
        """The value was there while a contribution was missing; the relays die afterwards."""
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.RNG_ONLY).sealed().opened(parties=("club",)).at_round()
        with pytest.raises(EntropyUnavailableError, match="held with it or not at all"):
            stage.start(reason="the notary is ill")
        stage.fakes.beacon.fault = "a: no answer"
        stage.fakes.clock.advance(hours=2)
        with pytest.raises(EntropyUnavailableError, match="held with it or not at all"):
            stage.start(reason="the notary is ill")

    def test_falls_back_step_by_step(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed()
        stage.at_round(hours=1)
        stage.fakes.beacon.fault = "a: no answer"
        with pytest.raises(EntropyUnavailableError, match="beacon"):
            stage.start()
        assert stage.opened().start(reason="no relay answers").mode is EntropyMode.COMMIT_REVEAL
        assert stage.is_verified

    def test_takes_a_round_of_its_own_for_the_next_attempt(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON).sealed().opened().at_round()
        stage.fakes.seeds.is_lost = True
        assert stage.start().attempt == 2
        stage.fakes.seeds.is_lost = False
        stage.fakes.clock.advance(minutes=5)
        stage.opened(attempt=2).at_round(attempt=2, seconds=5)
        assert stage.start().state is DrawState.DRAWN
        rounds = stage.manifest.draws[0].rounds
        assert stage.fakes.beacon.asked == [rounds[0], rounds[1]]
        assert stage.is_verified
