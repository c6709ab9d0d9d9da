"""GLI-31 2.6.4, the drawn number: random among the sold and valid ones, verified, repeated for each prize."""

from riff_critical.draw import verify
from riff_critical.ledger import Sale, Void, parse_entry
from tests.support.sealed_raffle import publication


def test_every_winner_is_sold_and_not_voided() -> None:
    """By the ledger itself, not by the pool that was made from it."""
    published = publication()
    records = [parse_entry(entry) for entry in published.entries]
    valid = {
        slot
        for each in records
        if isinstance(each, Sale)
        for slot in range(each.first, each.first + each.count)
    }
    valid -= {
        slot
        for each in records
        if isinstance(each, Void)
        for slot in range(each.first, each.first + each.count)
    }
    slots = [winner.slot for attempt in published.transcript.attempts for winner in attempt.winners]
    assert len(slots) == 4
    assert set(slots) <= valid


def test_the_draw_is_repeated_for_each_prize() -> None:
    winners = publication().transcript.attempts[2].winners
    assert [winner.prize for winner in winners] == ["first", "second", "second"]
    assert len({winner.slot for winner in winners}) == 3


def test_the_result_is_verified_by_computing_it_again() -> None:
    published = publication()
    steps = {step.name: step.passed for step in verify(published.transcript.to_bytes(), published.pools)}
    assert all(steps.values())
    assert {"draw 1.2 winners", "draw 2.1 winners", "draw 2.1 alternates"} <= steps.keys()
