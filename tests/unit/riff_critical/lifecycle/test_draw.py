"""The arrows of a draw: forwards only."""

from riff_critical.lifecycle import DRAW, DrawEvent, DrawState, Guard, advance, is_terminal

EVERY_GUARD = frozenset(Guard)


def test_all_arrows() -> None:
    assert {
        (state.value, event.value, move.target.value) for (state, event), move in DRAW.transitions.items()
    } == {
        ("committed", "start", "started"),
        ("started", "resume", "started"),
        ("started", "record_result", "drawn"),
        ("started", "fail", "failed"),
        ("drawn", "confirm", "official"),
    }


def test_a_crash_resumes_the_same_attempt() -> None:
    assert advance(DRAW, DrawState.STARTED, DrawEvent.RESUME, EVERY_GUARD) is DrawState.STARTED


def test_an_official_or_failed_attempt_is_final() -> None:
    assert {state for state in DrawState if is_terminal(DRAW, state)} == {
        DrawState.OFFICIAL,
        DrawState.FAILED,
    }
