"""GLI-31 4.2.5, activity between draws: every attempt of every draw has a seed of its own, used once."""

from riff.domain.raffles.profile import DrawMode
from tests.support.drawing import DrawStage


def test_no_two_attempts_share_a_seed() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY)
    with stage.fakes.transactions.begin() as work:
        commitments = work.seals.commitments(stage.stage.raffle.id)
    assert len({each.value for each in commitments}) == len(commitments) == 6


def test_each_draw_opens_its_own_seed_alone() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    stage.start(1)
    stage.start(2)
    raffle_id = stage.stage.raffle.id
    assert stage.fakes.seeds.opened == [(raffle_id, 1, 1), (raffle_id, 2, 1)]
    first, second = stage.transcript.attempts
    assert first.opening is not None
    assert second.opening is not None
    assert first.opening.secret != second.opening.secret
    assert first.nonce != second.nonce
