"""The seal is shown as soon as it is made."""

import pytest

from riff.errors import NotFoundError
from riff.usecases.public.show_seal import ShowSeal, show_seal
from tests.support.drawing import DrawStage


def test_shows_the_seal_before_anything_is_drawn() -> None:
    draws = DrawStage.of().sealed()
    published = show_seal(ShowSeal(draws.stage.raffle.id), draws.fakes.services)
    assert published.seal == draws.seal
    assert published.note is not None


def test_there_is_none_while_tickets_are_sold() -> None:
    draws = DrawStage.of().sell(3)
    with pytest.raises(NotFoundError):
        show_seal(ShowSeal(draws.stage.raffle.id), draws.fakes.services)
