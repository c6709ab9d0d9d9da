import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import DrawMode
from riff.errors import (
    IntegrityFailureError,
    NotFoundError,
    UnavailableError,
)
from riff.ports.selection import SelectionRequest
from riff_critical.draw import Attempt
from riff_critical.lifecycle import DrawState
from tests.support.drawing import DrawStage


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
def test_a_lost_commit_of_the_result_changes_no_winner(
    *, stored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.fakes.selection.is_down = True
    with pytest.raises(UnavailableError):
        stage.start(key="key-1")
    stage.fakes.selection.is_down = False
    drawn = stage.fakes.selection.select

    def lose(request: SelectionRequest) -> Attempt:
        """The commit that follows is the one of the result."""
        attempt = drawn(request)
        stage.fakes.transactions.lose_next_commit(stored=stored)
        return attempt

    monkeypatch.setattr(stage.fakes.selection, "select", lose)
    with pytest.raises(UnavailableError):
        stage.start(key="key-1")
    monkeypatch.undo()
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


def test_fails_visibly_when_the_seed_is_not_the_one_committed_to(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    opened = stage.fakes.seeds.open
    monkeypatch.setattr(stage.fakes.seeds, "open", lambda *args: opened(*args)[::-1])
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
