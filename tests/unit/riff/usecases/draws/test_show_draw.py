import pytest

from riff.domain.raffles.profile import DrawMode
from riff.errors import NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.draws.show_draw import ShowDraw, show_draw
from riff_critical.lifecycle import DrawState
from tests.support.drawing import DrawStage
from tests.support.stage import A_NOBODY, A_STRANGER, member


def test_shows_a_draw_from_its_commitment_to_its_official_result() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    states = [stage.show().state]
    stage.start()
    states.append(stage.show().state)
    stage.declare()
    states.append(stage.show().state)
    assert states == [DrawState.COMMITTED, DrawState.DRAWN, DrawState.OFFICIAL]


def test_shows_printed_numbers() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    view = stage.start()
    held = {number for ticket in stage.tickets() for number in ticket.numbers if not ticket.void}
    assert set(view.numbers.values()) <= held
    assert view.numbers.keys() == {view.winners[0].slot, *view.alternates}


def test_refuses_before_the_seal_and_draws_that_are_not_planned() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY)
    with pytest.raises(StateRefusesError):
        stage.show()
    with pytest.raises(NotFoundError):
        stage.sealed().show(3)


def test_everybody_of_the_organization_may_see_it() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    for role in ("viewer", "regulator", "operator"):
        query = ShowDraw(member(role, stage.stage.organization), stage.stage.raffle.id, 1)
        assert show_draw(query, stage.fakes.services).draw == 1
    for actor in (A_STRANGER, A_NOBODY):
        with pytest.raises((NotFoundError, NotPermittedError)):
            show_draw(ShowDraw(actor, stage.stage.raffle.id, 1), stage.fakes.services)
