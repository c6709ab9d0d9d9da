"""GLI-31 4.4.1, winning number selection: only sold numbers of this draw, and every one of them can win."""

from collections import Counter
from io import BytesIO
from itertools import product

import pytest

from riff_critical.draw import DrawFaultError, EntropyMode, Fault, Plan, conduct, decode, select, slots_at
from tests.support.sealed_raffle import CODE, SEALED, opening, publication

RANGES = [(100, 3), (110, 1), (200, 5)]
SLOTS = [100, 101, 102, 110, 200, 201, 202, 203, 204]


def test_every_sold_number_wins_equally_often_and_no_other_ever() -> None:
    """All values of the byte that decides among nine numbers; those out of range are discarded."""
    drawn: Counter[int] = Counter()
    for octet in range(256):
        index = select(BytesIO(bytes([octet, 0])).read, 9, 1, 0, replacement=False)
        if len(index.outputs) == 1:
            drawn[slots_at(index.winners, RANGES)[index.winners[0]]] += 1
    assert drawn == Counter(dict.fromkeys(SLOTS, 16))


def test_every_pair_of_sold_numbers_is_drawn_equally_often() -> None:
    """Winner and alternate, over all pairs of values below sixteen."""
    drawn: Counter[tuple[int, int]] = Counter()
    for octets in product(range(16), repeat=2):
        chosen = select(BytesIO(bytes([*octets, *range(16)])).read, 9, 1, 1, replacement=False)
        if len(chosen.outputs) == 2:
            drawn[chosen.winners[0], chosen.alternates[0]] += 1
    assert drawn == Counter({(a, b): 1 for a in range(9) for b in range(9) if a != b})


def test_the_pool_of_another_draw_is_refused() -> None:
    published = publication(EntropyMode.RNG_ONLY)
    plan = Plan(published.transcript.manifest, published.transcript.seal, 1, 1, SEALED)
    other = published.pools[published.transcript.seal.pools[1].root]
    with pytest.raises(DrawFaultError) as refusal:
        conduct(plan, (), other, opening(plan), CODE)
    assert refusal.value.fault is Fault.POOL_COUNT_WRONG


def test_the_early_draw_holds_early_orders_only() -> None:
    published = publication()
    early, whole = (list(decode(published.pools[pool.root])) for pool in published.transcript.seal.pools)
    assert set(early) < set(whole)
    assert max(first for first, _ in early) < max(first for first, _ in whole)
