"""The transcript is shown as it was published last."""

import pytest

from riff.errors import NotFoundError
from riff.usecases.public.show_transcript import ShowTranscript, show_transcript
from tests.support.drawing import DrawStage


def test_grows_with_every_draw() -> None:
    draws = DrawStage.of().sealed()
    for draw in (1, 2):
        draws.start(draw)
        shown = show_transcript(ShowTranscript(draws.stage.raffle.id), draws.fakes.services)
        assert [attempt.draw for attempt in shown.attempts] == list(range(1, draw + 1))
        draws.declare(draw)


def test_there_is_none_before_a_draw() -> None:
    draws = DrawStage.of().sealed()
    with pytest.raises(NotFoundError):
        show_transcript(ShowTranscript(draws.stage.raffle.id), draws.fakes.services)
