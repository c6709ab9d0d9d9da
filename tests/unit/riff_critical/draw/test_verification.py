from copy import replace

import pytest

from riff_critical.draw import EntropyMode, Fault, verify
from tests.support.changes import Tampering, cosigned_by, substituting_at
from tests.support.sealed_raffle import SEALED, failed, publication
from tests.support.tamperings import TAMPERINGS
from tests.support.tamperings_by_hand import TAMPERINGS_BY_HAND

MODES = [
    ((EntropyMode.BEACON,), 0),
    ((EntropyMode.RNG_ONLY,), 0),
    ((EntropyMode.COMMIT_REVEAL,), 0),
    ((EntropyMode.MANUAL,), 0),
    ((EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.MANUAL), 1),
    ((EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.MANUAL), 2),
]


@pytest.mark.parametrize(("modes", "fallbacks"), MODES)
def test_an_honest_draw_passes_every_step(modes: tuple[EntropyMode, ...], fallbacks: int) -> None:
    published = publication(*modes, fallbacks=fallbacks)
    steps = verify(published.transcript.to_bytes(), published.pools)
    assert [step for step in steps if not step.passed] == []
    assert len(steps) > 25


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.name.replace(" ", "-"))
def test_a_tampering_is_named(tampering: Tampering) -> None:
    steps = verify(*tampering.apply(publication()))
    assert tampering.fault in [step.fault for step in steps if not step.passed]
    assert all(step.detail for step in steps if not step.passed)


@pytest.mark.parametrize(
    "tampering", TAMPERINGS_BY_HAND, ids=lambda tampering: tampering.name.replace(" ", "-")
)
def test_a_tampering_with_a_draw_by_hand_is_named(tampering: Tampering) -> None:
    steps = verify(*tampering.apply(publication(EntropyMode.MANUAL)))
    assert tampering.fault in [step.fault for step in steps if not step.passed]


SEALED_STEPS = [
    "transcript",
    "manifest",
    "time",
    "commitments",
    "tally",
    "prizes",
    "checkpoint",
    "signatures",
]
ENTROPY_STEPS = ["opening", "secret", "beacon", "contributions", "seed"]
RESULT_STEPS = ["outputs", "winners", "alternates", "substitutions"]


def test_the_steps_have_their_names_in_their_order() -> None:
    published = publication()
    names = [step.name for step in verify(published.transcript.to_bytes(), published.pools)]
    attempts = [f"draw 1.1 {step}" for step in ("plan", "start", "code")]
    for attempt in ("1.2", "2.1"):
        attempts += [
            f"draw {attempt} {step}" for step in ("plan", "start", "code", *ENTROPY_STEPS, *RESULT_STEPS)
        ]
    assert names == [*SEALED_STEPS, "pool 1", "pool 2", "order", *attempts]


def test_more_cosignatures_than_the_quorum_are_welcome() -> None:
    steps = verify(*Tampering("none", Fault.COSIGNATURE_MISSING, cosigned_by(0, 1, 2)).apply(publication()))
    assert all(step.passed for step in steps)


def test_by_hand_there_is_no_entropy_to_check() -> None:
    published = publication(EntropyMode.MANUAL)
    names = [step.name for step in verify(published.transcript.to_bytes(), published.pools)]
    assert [name for name in names if name.startswith("draw 2.1")] == [
        f"draw 2.1 {step}" for step in ("plan", "start", "code", "opening", *RESULT_STEPS)
    ]


@pytest.mark.parametrize(("instants", "in_order"), [((0, 0, 0), True), ((5, 5, 6), True), ((5, 6, 5), False)])
def test_attempts_may_start_at_one_instant_but_not_backwards(
    instants: tuple[int, int, int], in_order: bool
) -> None:
    published = publication()
    attempts = tuple(
        replace(attempt, started_at=at)
        for attempt, at in zip(published.transcript.attempts, instants, strict=True)
    )
    steps = verify(replace(published.transcript, attempts=attempts).to_bytes(), published.pools)
    assert [step.passed for step in steps if step.name == "order"] == [in_order]


@pytest.mark.parametrize("delays", [(0,), (0, 0), (1, 1), (1, 2)])
def test_substitutions_may_share_an_instant_with_each_other_and_the_start(delays: tuple[int, ...]) -> None:
    change = substituting_at(*delays)
    steps = verify(*Tampering("none", Fault.SUBSTITUTION_WRONG, change).apply(publication()))
    assert [step.passed for step in steps if step.name == "draw 1.2 substitutions"] == [True]


@pytest.mark.parametrize(
    ("turns", "in_order"),
    [
        ([(1, 1, False), (1, 2, True), (2, 1, True), (3, 1, True)], True),
        ([(1, 1, False), (1, 2, False), (2, 1, True)], True),
        ([(1, 1, False), (1, 2, False), (1, 3, True)], False),
        ([(1, 1, False), (1, 2, False), (3, 1, True)], False),
        ([(1, 1, False), (2, 1, True)], False),
        ([(1, 2, True)], False),
        ([(1, 1, True), (2, 1, True), (4, 1, True)], False),
        ([(1, 1, True), (2, 1, True), (2, 2, True)], False),
    ],
)
def test_draws_take_their_turns_and_attempts_follow_failures(
    turns: list[tuple[int, int, bool]], in_order: bool
) -> None:
    """The manifest commits to two attempts; when both have failed, the next draw comes."""
    published = publication()
    won = published.transcript.attempts[1]
    attempts = tuple(
        replace(won, draw=draw, attempt=attempt) if wins else failed(draw, attempt, SEALED)
        for draw, attempt, wins in turns
    )
    steps = verify(replace(published.transcript, attempts=attempts).to_bytes(), published.pools)
    assert [step.passed for step in steps if step.name == "order"] == [in_order]
