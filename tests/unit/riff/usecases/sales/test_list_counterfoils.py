import pytest

from riff.domain.raffles.profile import DrawMode
from riff.errors import NotFoundError, NotPermittedError, StateRefusesError
from riff.ports.pages import CounterfoilPosition
from riff.usecases.sales.list_counterfoils import Counterfoil, ListCounterfoils, list_counterfoils
from tests.support.drawing import DrawStage
from tests.support.stage import A_STRANGER, member


def _page(
    stage: DrawStage, draw: int = 2, after: int | None = None, limit: int = 100
) -> tuple[tuple[Counterfoil, ...], bool]:
    position = None if after is None else CounterfoilPosition(after)
    query = ListCounterfoils(stage.manager, stage.stage.raffle.id, draw, position, limit)
    page = list_counterfoils(query, stage.fakes.services).page
    return page.items, page.more


def _all(stage: DrawStage, draw: int, limit: int) -> list[Counterfoil]:
    found: list[Counterfoil] = []
    more, after = True, None
    while more:
        items, more = _page(stage, draw, after, limit)
        found += items
        after = items[-1].slot + 1
    return found


@pytest.mark.parametrize("limit", [1, 7, 10, 100])
def test_one_for_every_number_that_takes_part(limit: int) -> None:
    stage = DrawStage.of(DrawMode.MANUAL).sell(5).reconciled()
    stage.seal_it()
    foils = _all(stage, 2, limit)
    expected = [
        (number, ticket.validation_number, ticket.order.price.minor)
        for ticket in stage.tickets()
        if not ticket.void
        for number in ticket.numbers
    ]
    assert expected == [(foil.number, foil.validation_number, foil.price.minor) for foil in foils]


def test_of_the_early_bird_draw_only_what_was_sold_early() -> None:
    stage = DrawStage.of(DrawMode.MANUAL).sealed()
    assert len(_all(stage, 1, 100)) == stage.seal.pools[0].numbers
    assert len(_all(stage, 2, 100)) == stage.seal.pools[1].numbers


def test_refuses_before_the_seal_and_draws_that_are_not_planned() -> None:
    stage = DrawStage.of(DrawMode.MANUAL)
    with pytest.raises(StateRefusesError):
        _page(stage)
    stage.sealed()
    with pytest.raises(NotFoundError):
        _page(stage, draw=3)


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = DrawStage.of(DrawMode.MANUAL).sealed()
    for actor, error in (
        (A_STRANGER, NotFoundError),
        (member("operator", stage.stage.organization), NotPermittedError),
    ):
        with pytest.raises(error):
            list_counterfoils(
                ListCounterfoils(actor, stage.stage.raffle.id, 1, None, 10), stage.fakes.services
            )
