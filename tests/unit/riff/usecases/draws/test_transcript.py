from riff.domain.raffles.profile import DrawMode
from riff.usecases.draws.transcript import standing_of, transcript_of, winners_of
from tests.support.drawing import DrawStage


def test_there_is_nothing_before_the_seal() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY)
    with stage.fakes.transactions.begin() as work:
        assert standing_of(stage.stage.raffle.id, work) is None
        assert transcript_of(stage.stage.raffle.id, work) is None
        assert winners_of(stage.stage.raffle.id, work) == ()


def test_there_is_none_until_the_state_of_the_ledger_is_signed() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sell(3).reconciled()
    stage.fakes.ledgers.signer.is_down = True
    stage.seal_it()
    with stage.fakes.transactions.begin() as work:
        assert transcript_of(stage.stage.raffle.id, work) is None


def test_it_grows_with_every_attempt() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    for draw in (1, 2):
        stage.start(draw)
        with stage.fakes.transactions.begin() as work:
            transcript = transcript_of(stage.stage.raffle.id, work)
        assert transcript is not None
        assert len(transcript.attempts) == draw


def test_winners_come_draw_by_draw_with_those_who_were_promoted() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    alternate = stage.start(1).alternates[0]
    stage.start(2)
    stage.redraw(winner=0)
    stage.redraw(winner=0, actor=stage.other)
    with stage.fakes.transactions.begin() as work:
        winners = winners_of(stage.stage.raffle.id, work)
    assert [(each.draw, each.place) for each in winners] == [(1, 0), (2, 0), (2, 1), (2, 2)]
    assert (winners[0].slot, winners[0].substituted) == (alternate, True)
