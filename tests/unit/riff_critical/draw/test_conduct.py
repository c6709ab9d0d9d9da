from collections.abc import Callable
from copy import replace
from functools import partial
from typing import Any

import pytest

from riff_critical.draw import (
    DrawFaultError,
    EntropyMode,
    Entry,
    Fallback,
    Fault,
    Manifest,
    Opening,
    Plan,
    Transcript,
    commit,
    conduct,
    conduct_by_hand,
    decode,
    encode,
    measure,
    seal,
)
from riff_critical.draw.attempt import check_pool
from riff_critical.draw.commitments import commit_contribution
from riff_critical.draw.entropy import check_beacon, check_contributions
from riff_critical.ledger import Checkpoint
from tests.support.sealed_raffle import (
    CODE,
    LOG_KEY,
    SEALED,
    Publication,
    contributions,
    opening,
    publication,
    secret,
)

BEACON = publication()
MANUAL = publication(EntropyMode.MANUAL)


def plan(published: Publication = BEACON, draw: int = 2, **changes: Any) -> Plan:  # noqa: ANN401 - members of a plan
    transcript = published.transcript
    given = {"draw": draw, "attempt": 1, "started_at": SEALED + 6000} | changes
    return Plan(transcript.manifest, transcript.seal, **given)


def pool(published: Publication = BEACON, draw: int = 2) -> bytes:
    return published.pools[published.transcript.seal.pools[draw - 1].root]


def excluded(published: Publication = BEACON) -> frozenset[int]:
    return published.transcript.excluded(2, SEALED + 6000)


def fault_of(call: Callable[[], object]) -> Fault:
    with pytest.raises(DrawFaultError) as refusal:
        call()
    return refusal.value.fault


def test_the_same_arguments_give_the_same_attempt() -> None:
    again = conduct(plan(), (), pool(), opening(plan()), CODE, excluded())
    assert again == BEACON.transcript.attempts[2]


def test_what_is_excluded_does_not_win() -> None:
    winner = BEACON.transcript.attempts[2].winners[0].slot
    other = conduct(plan(), (), pool(), opening(plan()), CODE, {winner})
    slots = [place.slot for place in other.winners] + [place.slot for place in other.alternates]
    assert winner not in slots
    assert other.outputs[0] == BEACON.transcript.attempts[2].outputs[0]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"draw": 0}, Fault.ATTEMPT_OUT_OF_ORDER),
        ({"draw": 3}, Fault.ATTEMPT_OUT_OF_ORDER),
        ({"attempt": 0}, Fault.ATTEMPT_OUT_OF_ORDER),
        ({"attempt": 3}, Fault.ATTEMPT_OUT_OF_ORDER),
        ({"passed_over": (EntropyMode.BEACON,)}, Fault.FALLBACK_NOT_PLANNED),
        ({"passed_over": (EntropyMode.MANUAL,)}, Fault.FALLBACK_NOT_PLANNED),
    ],
)
def test_refuses_what_is_not_planned(changes: dict[str, Any], fault: Fault) -> None:
    assert fault_of(lambda: plan(**changes)) is fault


@pytest.mark.parametrize(
    "passed_over", [(EntropyMode.BEACON,), (EntropyMode.MANUAL,), (EntropyMode.RNG_ONLY,)]
)
def test_refuses_to_pass_over_another_mode(passed_over: tuple[EntropyMode, ...]) -> None:
    published = publication(EntropyMode.COMMIT_REVEAL, EntropyMode.MANUAL)
    assert plan(published, passed_over=(EntropyMode.COMMIT_REVEAL,)).mode is EntropyMode.MANUAL
    assert fault_of(lambda: plan(published, passed_over=passed_over)) is Fault.FALLBACK_NOT_PLANNED


def round_instant() -> int:
    """When the round of the grand draw comes."""
    beacon = BEACON.transcript.manifest.beacon
    assert beacon is not None
    return beacon.instant(BEACON.transcript.manifest.draws[1].rounds[0])


def opened_at(*instants: int) -> Opening:
    """The opening of the grand draw, its contributions opened at these instants."""
    given = opening(plan())
    pairs = zip(given.contributions, instants, strict=True)
    return replace(given, contributions=tuple(replace(each, opened_at=at) for each, at in pairs))


@pytest.mark.parametrize(
    ("started_at", "instants"),
    [
        (SEALED + 5, (SEALED, SEALED + 5)),
        (round_instant() + 9000, (SEALED, round_instant() - 1)),
    ],
)
def test_contributions_may_open_from_the_seal_until_the_start_and_before_the_round(
    started_at: int, instants: tuple[int, int]
) -> None:
    drawn = conduct(plan(started_at=started_at), (), pool(), opened_at(*instants), CODE, excluded())
    assert drawn.outputs == BEACON.transcript.attempts[2].outputs


@pytest.mark.parametrize(
    ("started_at", "instants", "fault"),
    [
        (SEALED + 5, (SEALED, SEALED + 6), Fault.CONTRIBUTION_LATE),
        (SEALED + 5, (SEALED + 6, SEALED), Fault.CONTRIBUTION_LATE),
        (SEALED + 5, (SEALED, SEALED - 1), Fault.CONTRIBUTION_EARLY),
        (round_instant() + 9000, (SEALED, round_instant()), Fault.CONTRIBUTION_LATE),
        (round_instant() + 9000, (round_instant() + 1, SEALED), Fault.CONTRIBUTION_LATE),
    ],
)
def test_contributions_open_in_no_other_time(
    started_at: int, instants: tuple[int, int], fault: Fault
) -> None:
    late = plan(started_at=started_at)
    assert fault_of(lambda: conduct(late, (), pool(), opened_at(*instants), CODE)) is fault


def of_three(draw: int, attempt: int) -> Plan:
    """A plan for one of three draws in one of three attempts, each with a pool and a round of its own."""
    transcript = BEACON.transcript
    early, grand = transcript.manifest.draws
    draws = tuple(
        replace(
            planned,
            name=f"draw-{number}",
            prizes=tuple(replace(prize, id=f"{prize.id}-{number}") for prize in planned.prizes),
            rounds=tuple(planned.rounds[0] + 10 * number + later for later in (1, 3, 6)),
        )
        for number, planned in enumerate((early, grand, grand), start=1)
    )
    committed = tuple(
        commit_contribution(transcript.seal.manifest, each.party, draw, attempt, each.value)
        for each in contributions(draw, attempt, SEALED)
    )
    pools = tuple(replace(transcript.seal.pools[0], numbers=number) for number in (11, 12, 13))
    sealed = replace(transcript.seal, pools=pools, contributions=committed)
    late = round_instant() + 1_000_000
    return Plan(replace(transcript.manifest, attempts=3, draws=draws), sealed, draw, attempt, late)


@pytest.mark.parametrize("attempt", [1, 2, 3])
@pytest.mark.parametrize(("draw", "numbers"), [(1, 11), (2, 12), (3, 13)])
def test_each_draw_has_its_pool_and_each_attempt_its_round(draw: int, numbers: int, attempt: int) -> None:
    three = of_three(draw, attempt)
    assert (three.planned.name, three.pool.numbers) == (f"draw-{draw}", numbers)
    assert three.manifest.beacon is not None
    rounds = three.planned.rounds
    comes = three.manifest.beacon.instant({1: rounds[0], 2: rounds[1], 3: rounds[2]}[attempt])
    given = opening(three)
    check_beacon(three, given)
    for other in set(rounds) - {rounds[attempt - 1]}:
        assert given.beacon is not None
        wrong = replace(given, beacon=replace(given.beacon, round=other))
        assert fault_of(partial(check_beacon, three, wrong)) is Fault.BEACON_OF_OTHER_ROUND
    in_time = replace(given, contributions=contributions(draw, attempt, comes - 1))
    check_contributions(three, in_time)
    too_late = replace(given, contributions=contributions(draw, attempt, comes))
    assert fault_of(partial(check_contributions, three, too_late)) is Fault.CONTRIBUTION_LATE


def test_a_draw_excludes_the_winners_of_all_draws_before_it_and_of_no_other() -> None:
    three = of_three(1, 1).manifest
    kept = tuple(replace(planned, returned=False) for planned in three.draws)
    transcript = replace(BEACON.transcript, manifest=replace(three, draws=kept))
    _, early, grand = transcript.attempts
    late = grand.started_at + 9000
    assert transcript.excluded(1, late) == frozenset()
    assert transcript.excluded(2, late) == frozenset(early.taken(late))
    assert transcript.excluded(3, late) == frozenset(early.taken(late)) | frozenset(grand.taken(late))


def test_without_a_beacon_a_contribution_may_open_until_the_start() -> None:
    """A ladder names the beacon, but the attempt passed it over: the round does not matter."""
    published = publication(EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.MANUAL)
    late = plan(published, started_at=round_instant() + 9000, passed_over=(EntropyMode.BEACON,))
    given = opening(late)
    last = replace(given.contributions[1], opened_at=late.started_at)
    drawn = conduct(
        late, (), pool(published), replace(given, contributions=(given.contributions[0], last)), CODE
    )
    assert drawn.started_at == late.started_at


def test_refuses_to_start_before_the_seal() -> None:
    early = plan(started_at=SEALED - 1)
    assert fault_of(lambda: conduct(early, (), pool(), opening(early), CODE)) is Fault.DRAWN_BEFORE_SEAL


def test_may_start_at_the_instant_of_the_seal() -> None:
    at_once = plan(publication(EntropyMode.RNG_ONLY), started_at=SEALED)
    data = pool(publication(EntropyMode.RNG_ONLY))
    assert conduct(at_once, (), data, opening(at_once), CODE).started_at == SEALED


def test_refuses_other_code() -> None:
    assert fault_of(lambda: conduct(plan(), (), pool(), opening(plan()), bytes(32))) is Fault.CODE_CHANGED


def test_refuses_another_pool() -> None:
    other = pool(draw=1)
    assert fault_of(lambda: conduct(plan(), (), other, opening(plan()), CODE)) is Fault.POOL_COUNT_WRONG


@pytest.mark.parametrize("root", [bytes(32), b"\xff" * 32])
def test_refuses_a_pool_of_another_root(root: bytes) -> None:
    data = pool()
    sealed = replace(measure(decode(data)), root=root)
    assert fault_of(lambda: check_pool(sealed, data, 1000)) is Fault.POOL_ROOT_WRONG


def test_refuses_a_seal_of_another_manifest() -> None:
    seal_of_other = Plan(replace(BEACON.transcript.manifest, event=18), BEACON.transcript.seal, 2, 1, SEALED)
    call = partial(conduct, seal_of_other, (), pool(), opening(plan()), CODE)
    assert fault_of(call) is Fault.SEAL_OF_OTHER_MANIFEST


@pytest.mark.parametrize(
    ("member", "value", "fault"),
    [
        ("secret", bytes(32), Fault.SECRET_NOT_COMMITTED),
        ("beacon", None, Fault.BEACON_MISSING),
        ("contributions", (), Fault.CONTRIBUTION_MISSING),
    ],
)
def test_refuses_another_opening(member: str, value: object, fault: Fault) -> None:
    other = replace(opening(plan()), **{member: value})  # type: ignore[arg-type] # one of three members
    assert fault_of(lambda: conduct(plan(), (), pool(), other, CODE)) is fault


def test_the_generator_does_not_draw_in_manual_mode() -> None:
    by_hand, opened = plan(MANUAL), opening(plan(publication(EntropyMode.RNG_ONLY)))
    assert fault_of(lambda: conduct(by_hand, (), pool(MANUAL), opened, CODE)) is Fault.OPENING_UNEXPECTED


@pytest.mark.parametrize("mode", [EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.RNG_ONLY])
def test_nobody_draws_by_hand_in_another_mode(mode: EntropyMode) -> None:
    entries, published = MANUAL.transcript.attempts[2].entries, publication(mode)
    call = partial(conduct_by_hand, plan(published), (), pool(published), entries, CODE)
    assert fault_of(call) is Fault.OPENING_MISSING


def test_a_fallback_to_manual_keeps_its_reasons() -> None:
    published = publication(EntropyMode.BEACON, EntropyMode.MANUAL, fallbacks=1)
    assert published.transcript.attempts[2].fallbacks == (Fallback(EntropyMode.BEACON, "no relay answered"),)


# By hand


def entered(*slots: int, others: tuple[int, ...] | None = None, official: str = "b") -> tuple[Entry, ...]:
    first = Entry(secret("a"), slots)
    return first, Entry(secret(official), slots if others is None else others)


def by_hand(entries: tuple[Entry, ...]) -> Fault:
    return fault_of(lambda: conduct_by_hand(plan(MANUAL), (), pool(MANUAL), entries, CODE, excluded(MANUAL)))


SLOTS = MANUAL.transcript.attempts[2].entries[0].slots


def test_what_two_officials_enter_is_the_result() -> None:
    drawn = conduct_by_hand(plan(MANUAL), (), pool(MANUAL), entered(*SLOTS), CODE, excluded(MANUAL))
    assert [winner.slot for winner in drawn.winners] == list(SLOTS[:3])
    assert [place.slot for place in drawn.alternates] == list(SLOTS[3:])
    assert (drawn.opening, drawn.nonce, drawn.personalization, drawn.outputs) == (None, None, None, ())


def test_all_planned_alternates_may_be_entered() -> None:
    drawn = conduct_by_hand(plan(MANUAL), (), pool(MANUAL), entered(*SLOTS, 41, 42), CODE, excluded(MANUAL))
    assert [place.slot for place in drawn.alternates] == [*SLOTS[3:], 41, 42]


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ((), Fault.ENTRIES_DIFFER),
        (entered(*SLOTS)[:1], Fault.ENTRIES_DIFFER),
        (entered(*SLOTS, official="a"), Fault.ENTRIES_DIFFER),
        (entered(*SLOTS, others=SLOTS[::-1]), Fault.ENTRIES_DIFFER),
        (entered(*SLOTS[::-1], others=SLOTS), Fault.ENTRIES_DIFFER),
        (entered(*SLOTS, others=SLOTS[:-1]), Fault.ENTRIES_DIFFER),
        (entered(*SLOTS[:2]), Fault.NUMBERS_TOO_FEW),
        (entered(*SLOTS, 5, 6, 7), Fault.NUMBERS_TOO_FEW),
        (entered(*SLOTS[:2], 0), Fault.ENTRY_NOT_IN_POOL),
        (entered(*SLOTS[:2], SLOTS[0]), Fault.ENTRY_NOT_IN_POOL),
        (entered(*SLOTS[:3], SLOTS[0]), Fault.ENTRY_NOT_IN_POOL),
        (entered(*SLOTS[:2], *excluded(MANUAL)), Fault.ENTRY_NOT_IN_POOL),
    ],
)
def test_refuses_what_was_not_drawn(entries: tuple[Entry, ...], fault: Fault) -> None:
    assert len(excluded(MANUAL)) in {1, 2}
    assert by_hand(entries) is fault


def test_one_entry_is_refused_even_if_nobody_entered_the_other() -> None:
    assert by_hand((*entered(*SLOTS), Entry(secret("c"), SLOTS))) is Fault.ENTRIES_DIFFER


# A raffle in which a number may win several prizes


def repeating(mode: EntropyMode) -> tuple[Manifest, Plan, bytes]:
    """A pool of two numbers for three prizes with replacement."""
    original = publication(mode).transcript
    draws = (original.manifest.draws[0], replace(original.manifest.draws[1], replacement=True))
    manifest = replace(original.manifest, draws=draws)
    ranges = [(7, 2)]
    pools = (measure(ranges), measure(ranges))
    tally = replace(original.seal.tally, sold=2, unsold=998 - original.seal.tally.voided)
    digest = manifest.hash()
    renewed = [
        replace(each, value=publication_commitment(digest, each.draw, each.attempt))
        for each in original.seal.commitments
    ]
    ledger = Checkpoint(LOG_KEY.name, 1, bytes(32))
    sealed = seal(manifest, SEALED, renewed, (), pools, ledger, tally)
    return manifest, Plan(manifest, sealed, 2, 1, SEALED), encode(ranges)


def publication_commitment(digest: bytes, draw: int, attempt: int) -> bytes:
    return commit(digest, draw, attempt, secret("s", draw, attempt)).value


def test_with_replacement_a_number_may_win_again_but_not_as_an_alternate() -> None:
    _, planned, data = repeating(EntropyMode.RNG_ONLY)
    drawn = conduct(planned, (), data, opening(planned), CODE)
    assert {winner.slot for winner in drawn.winners} <= {7, 8}
    assert len(drawn.winners) == 3
    assert len(drawn.alternates) == 2 - len({winner.slot for winner in drawn.winners})


@pytest.mark.parametrize(("slots", "right"), [((7, 7, 8), True), ((7, 7, 7, 8), True), ((7, 7, 8, 8), False)])
def test_by_hand_with_replacement(slots: tuple[int, ...], right: bool) -> None:
    _, planned, data = repeating(EntropyMode.MANUAL)
    if right:
        drawn = conduct_by_hand(planned, (), data, entered(*slots), CODE)
        assert [winner.slot for winner in drawn.winners] == list(slots[:3])
    else:
        call = partial(conduct_by_hand, planned, (), data, entered(*slots), CODE)
        assert fault_of(call) is Fault.ENTRY_NOT_IN_POOL


# The transcript


def test_a_promotion_counts_from_its_instant() -> None:
    transcript = BEACON.transcript
    drawn = transcript.attempts[1]
    winner, promoted = drawn.winners[0].slot, drawn.alternates[0].slot
    at = drawn.substitutions[0].at
    assert transcript.excluded(2, at - 1) == {winner}
    assert transcript.excluded(2, at) == {winner, promoted}
    assert transcript.excluded(2, at + 1) == {winner, promoted}
    assert transcript.excluded(1, at) == frozenset()


def test_returned_winners_are_not_excluded() -> None:
    transcript = BEACON.transcript
    draws = tuple(replace(draw, returned=True) for draw in transcript.manifest.draws)
    returned = replace(transcript, manifest=replace(transcript.manifest, draws=draws))
    assert returned.excluded(2, SEALED + 10**6) == frozenset()


def test_is_read_back_as_written() -> None:
    assert Transcript.from_bytes(BEACON.transcript.to_bytes()) == BEACON.transcript
