"""Conducting an attempt: from M, S, the pool and the opening to the winners, without side effects.

Method: check S against M, the attempt, its pool and its opening against both; make the generator's input;
select; look up the slots; give each winner its part of its prize (riff_critical.selling.divide), in the order
of drawing. Calling it again with the same arguments gives the same attempt, so that a crash resumes a draw
and never repeats it. Before it is called, the start of (draw, attempt) is recorded once and for all, and only
then s is opened.

By hand: two officials enter the same slots, winners first and then at most the planned number of alternates.
Every slot is in the pool and not excluded; none stands twice, unless a number may win several prizes.

Requirement: SD/1, steps 6 to 9; GLI-31 2.6.4, 4.4.1-2.
Out of scope: recording the start and the result.
"""

from riff_critical.declarations import Collection, Iterable, Mapping, Sequence
from riff_critical.draw.attempt import Plan, check_code, check_pool, check_start
from riff_critical.draw.entropy import (
    Opening,
    check_beacon,
    check_contributions,
    check_manual,
    check_secret,
    make_seed,
)
from riff_critical.draw.faults import Fault, require
from riff_critical.draw.manifest import EntropyMode
from riff_critical.draw.pool import decode, indices_of, slots_at
from riff_critical.draw.seal import CHECKS, prize_amounts
from riff_critical.draw.selection import Selection, select
from riff_critical.draw.transcript import Attempt, Entry, Fallback, Place, Winner
from riff_critical.selling import divide
from riff_critical.values import Value


class Result(Value):
    """What an attempt must show for its result to be right; by hand there is no block of a generator."""

    outputs: tuple[bytes, ...]
    winners: tuple[Winner, ...]
    alternates: tuple[Place, ...]


def conduct(
    plan: Plan,
    fallbacks: Sequence[Fallback],
    pool: bytes,
    opening: Opening,
    critical_digest: bytes,
    excluded: Collection[int] = (),
) -> Attempt:
    """Draw by the generator; `excluded` are slots that cannot win.

    Raises:
        DrawFaultError: something contradicts M or S; there is no result.
    """
    _check(plan, pool, critical_digest)
    require(plan.mode is not EntropyMode.MANUAL, Fault.OPENING_UNEXPECTED, "the draw is by hand")
    check_secret(plan, opening)
    check_beacon(plan, opening)
    check_contributions(plan, opening)
    seed = make_seed(plan.seal, plan.draw, plan.attempt, opening)
    result = generated(plan, pool, opening, excluded)
    return Attempt(
        draw=plan.draw,
        attempt=plan.attempt,
        started_at=plan.started_at,
        critical_digest=critical_digest,
        fallbacks=tuple(fallbacks),
        failure=None,
        opening=opening,
        nonce=seed.nonce,
        personalization=seed.personalization,
        outputs=result.outputs,
        entries=(),
        winners=result.winners,
        alternates=result.alternates,
        substitutions=(),
    )


def conduct_by_hand(
    plan: Plan,
    fallbacks: Sequence[Fallback],
    pool: bytes,
    entries: Sequence[Entry],
    critical_digest: bytes,
    excluded: Collection[int] = (),
) -> Attempt:
    """Record a draw by hand; `excluded` are slots that cannot win.

    Raises:
        DrawFaultError: something contradicts M or S, or the entries each other; there is no result.
    """
    _check(plan, pool, critical_digest)
    check_manual(plan)
    result = entered(plan, pool, entries, excluded)
    return Attempt(
        draw=plan.draw,
        attempt=plan.attempt,
        started_at=plan.started_at,
        critical_digest=critical_digest,
        fallbacks=tuple(fallbacks),
        failure=None,
        opening=None,
        nonce=None,
        personalization=None,
        outputs=(),
        entries=tuple(entries),
        winners=result.winners,
        alternates=result.alternates,
        substitutions=(),
    )


def generated(plan: Plan, pool: bytes, opening: Opening, excluded: Collection[int]) -> Result:
    """The result of a draw by the generator.

    Raises:
        DrawFaultError: there are too few numbers.
    """
    seed = make_seed(plan.seal, plan.draw, plan.attempt, opening)
    selection = select(
        seed.generator().generate,
        plan.pool.numbers,
        plan.planned.winners,
        plan.planned.alternates,
        replacement=plan.planned.replacement,
        excluded=indices_of(excluded, decode(pool)).values(),
    )
    slots = slots_at((*selection.winners, *selection.alternates), decode(pool))
    return _result(plan, selection, slots)


def entered(plan: Plan, pool: bytes, entries: Sequence[Entry], excluded: Collection[int]) -> Result:
    """The result of a draw by hand.

    Raises:
        DrawFaultError: entries-differ, numbers-too-few or entry-not-in-pool.
    """
    two = len(entries) == 2 and entries[0].official != entries[1].official  # noqa: PLR2004 - two persons
    require(two, Fault.ENTRIES_DIFFER, "not two entries by different officials")
    entry, other = entries
    require(entry.slots == other.slots, Fault.ENTRIES_DIFFER, "the officials entered different slots")
    winners, alternates = entry.slots[: plan.planned.winners], entry.slots[plan.planned.winners :]
    right = len(winners) == plan.planned.winners and len(alternates) <= plan.planned.alternates
    require(right, Fault.NUMBERS_TOO_FEW, f"{len(entry.slots)} slots entered")
    indices = indices_of(entry.slots, decode(pool))
    for slot in entry.slots:
        require(slot in indices and slot not in excluded, Fault.ENTRY_NOT_IN_POOL, f"slot {slot}")
    distinct = len(set(winners)) if plan.planned.replacement else len(winners)
    once = len(set(entry.slots)) == distinct + len(alternates)
    require(once, Fault.ENTRY_NOT_IN_POOL, "a slot was entered twice")
    selection = Selection((), _places(winners, indices), _places(alternates, indices))
    return _result(plan, selection, {index: slot for slot, index in indices.items()})


def _check(plan: Plan, pool: bytes, critical_digest: bytes) -> None:
    for check in CHECKS:
        check(plan.manifest, plan.seal)
    check_start(plan)
    check_code(plan, critical_digest)
    check_pool(plan.pool, pool, plan.manifest.slots)


def _places(slots: Iterable[int], indices: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(indices[slot] for slot in slots)


def _result(plan: Plan, selection: Selection, slots: Mapping[int, int]) -> Result:
    amounts = prize_amounts(plan.planned.prizes, plan.seal.tally)
    prizes = [
        (prize.id, part)
        for prize, each in zip(plan.planned.prizes, amounts, strict=True)
        for part in divide(each.amount, prize.winners)
    ]
    won = zip(prizes, selection.winners, strict=True)
    winners = (Winner(prize, part, index, slots[index]) for (prize, part), index in won)
    alternates = (Place(index, slots[index]) for index in selection.alternates)
    return Result(selection.outputs, tuple(winners), tuple(alternates))
