"""GLI-31 4.4.1, only numbers sold for the draw: by the sealed list of each draw of a raffle."""

from datetime import UTC, datetime

from riff.domain.raffles.profile import DrawMode
from riff_critical.draw import decode
from tests.support.drawing import DrawStage


def test_each_draw_has_the_numbers_that_were_sold_in_time_for_it() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    for planned, pool in zip(stage.manifest.draws, stage.seal.pools, strict=True):
        limit = planned.sold_before
        expected = [
            (ticket.order.first_slot, ticket.order.count)
            for ticket in stage.tickets()
            if not ticket.void
            and (limit is None or ticket.order.sold_at < datetime.fromtimestamp(limit / 1000, UTC))
        ]
        assert list(decode(stage.pools[pool.root])) == expected


def test_winners_that_are_not_returned_take_no_part_in_the_next_draw() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY, returned=False).sealed()
    early = stage.start(1).winners[0].slot
    view = stage.start(2)
    assert early not in {winner.slot for winner in view.winners} | set(view.alternates)
    assert stage.is_verified
