"""GLI-31 2.4.1, counterfoils: one for each draw number, with what stands on its ticket."""

from riff.domain.raffles.profile import DrawMode
from riff.usecases.sales.list_counterfoils import (
    Counterfoil,
    Counterfoils,
    ListCounterfoils,
    list_counterfoils,
)
from tests.support.drawing import DrawStage


def _foils(stage: DrawStage) -> Counterfoils:
    query = ListCounterfoils(stage.manager, stage.stage.raffle.id, 2, None, 1_000)
    return list_counterfoils(query, stage.fakes.services)


def test_there_is_one_for_every_number_that_takes_part_and_for_no_other() -> None:
    stage = DrawStage.of(DrawMode.MANUAL).sealed()
    numbers = [foil.number for foil in _foils(stage).page.items]
    valid = [ticket for ticket in stage.tickets() if not ticket.void]
    assert sorted(numbers) == sorted(number for ticket in valid for number in ticket.numbers)


def test_each_states_what_stands_on_the_ticket() -> None:
    stage = DrawStage.of(DrawMode.MANUAL).sealed()
    found = _foils(stage)
    ticket = stage.tickets()[0]
    assert found.page.items[0] == Counterfoil(
        slot=ticket.order.first_slot,
        number=ticket.numbers[0],
        order_id=ticket.order.id,
        validation_number=ticket.validation_number,
        sold_at=ticket.order.sold_at,
        price=ticket.order.price,
    )
    assert found.raffle.event_number == stage.stage.raffle.event_number
