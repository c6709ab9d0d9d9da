from datetime import timedelta

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.records import Approval, Decision
from riff.domain.raffles.profile import DrawMode
from riff.usecases.draws.approvals import agreed
from tests.support.drawing import DrawStage
from tests.support.fakes import NOON

WORD = Approval(1, 1, Decision.SUBSTITUTE, 0, 0, "staff:kim", "not of age", NOON)
OTHER = attrs.evolve(WORD, approved_by="staff:lee", reason="a child", approved_at=NOON + timedelta(seconds=1))


def _agreed(stage: DrawStage, word: Approval, persons: int = 2) -> tuple[Approval, ...] | None:
    with stage.fakes.transactions.begin() as work:
        return agreed(stage.stage.raffle.id, word, persons, work)


def test_two_persons_agree_and_the_first_word_comes_first() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    assert _agreed(stage, WORD) is None
    assert _agreed(stage, OTHER) == (WORD, OTHER)


def test_one_person_is_enough_where_one_is_asked_for() -> None:
    assert _agreed(DrawStage.of(DrawMode.RNG_ONLY).sealed(), WORD, persons=1) == (WORD,)


def test_the_same_person_counts_once_and_the_first_word_stands() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    for reason in ("one", "two", "three"):
        assert _agreed(stage, attrs.evolve(WORD, reason=reason)) is None
    words = _agreed(stage, OTHER)
    assert words is not None
    assert words[0].reason == "one"


def test_words_for_different_decisions_do_not_add_up() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    assert _agreed(stage, WORD) is None
    others = (
        attrs.evolve(OTHER, winner=1),
        attrs.evolve(OTHER, round=1),
        attrs.evolve(OTHER, decision=Decision.GIVE_UP),
        attrs.evolve(OTHER, attempt=2),
    )
    assert [_agreed(stage, other) for other in others] == [None] * 4


def test_a_word_that_waits_for_another_is_an_event() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    _agreed(stage, WORD)
    _agreed(stage, OTHER)
    assert stage.fakes.transactions.event_kinds().count(EventKind.DRAW_APPROVED) == 1
