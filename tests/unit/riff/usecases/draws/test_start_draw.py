import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import DrawPlan
from riff.domain.identifiers import StreamId
from riff.domain.raffles.profile import DrawMode
from riff.errors import (
    AlreadyDrawnError,
    NotFoundError,
    NotPermittedError,
    StateRefusesError,
    TooFewNumbersError,
)
from riff_critical.draw import EntropyMode
from riff_critical.lifecycle import DrawState, RaffleState
from tests.support.drawing import EARLY, DrawStage, a_drawn_raffle
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
