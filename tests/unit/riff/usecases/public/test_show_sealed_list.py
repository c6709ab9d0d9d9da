import pytest

from riff.errors import NotFoundError
from riff.usecases.public.show_sealed_list import SealedList, ShowSealedList, show_sealed_list
from riff_critical.draw import decode, measure
from tests.support.drawing import DrawStage


def _show(drawn: DrawStage, draw: int) -> SealedList:
    return show_sealed_list(ShowSealedList(drawn.stage.raffle.id, draw), drawn.fakes.services)


@pytest.mark.parametrize("draw", [1, 2])
def test_shows_what_the_seal_states(draw: int) -> None:
    drawn = DrawStage.of().sealed()
    found = _show(drawn, draw)
    assert found.pool == drawn.seal.pools[draw - 1] == measure(decode(found.data))
    assert found.data == drawn.pools[found.pool.root]


@pytest.mark.parametrize("draw", [0, 3, 100])
def test_there_is_no_list_of_another_draw(draw: int) -> None:
    with pytest.raises(NotFoundError):
        _show(DrawStage.of().sealed(), draw)


def test_there_is_no_list_before_the_seal() -> None:
    with pytest.raises(NotFoundError):
        _show(DrawStage.of().sell(), 1)
