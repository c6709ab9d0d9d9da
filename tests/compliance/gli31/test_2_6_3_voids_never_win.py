"""GLI-31 2.6.3, voided tickets: they never win, and they are accounted for before a number is accepted."""

import pytest

from riff.domain.raffles.profile import DrawMode
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import DrawnNumberRefusedError, StateRefusesError
from riff_critical.draw import decode
from riff_critical.lifecycle import RaffleState
from tests.support.drawing import DrawStage

BY_GENERATOR = pytest.mark.parametrize(
    "mode", [DrawMode.RNG_ONLY, DrawMode.MANUAL], ids=lambda mode: mode.value
)


@BY_GENERATOR
def test_no_void_number_is_on_the_list_that_is_drawn_from(mode: DrawMode) -> None:
    stage = DrawStage.of(mode).sealed()
    void = {slot for ticket in stage.tickets() if ticket.void for slot in _slots(ticket.order)}
    assert len(void) == 60
    for data in stage.pools.values():
        assert void.isdisjoint(slot for first, count in decode(data) for slot in range(first, first + count))


def test_a_void_counterfoil_is_refused_though_it_was_in_the_drum() -> None:
    stage = DrawStage.of(DrawMode.MANUAL).sealed()
    stage.start()
    with pytest.raises(DrawnNumberRefusedError):
        stage.enter(next(ticket for ticket in stage.tickets() if ticket.void))


@pytest.mark.parametrize("state", [RaffleState.SALES_CLOSED, RaffleState.RECONCILING], ids=lambda s: s.value)
def test_nothing_is_drawn_before_the_voids_are_reconciled(state: RaffleState) -> None:
    """The state that a seal asks for is reached only with the acknowledgement of all voids."""
    stage = DrawStage.of(DrawMode.RNG_ONLY).sell(3).reconciled()
    stage.stage.put_in(state)
    with pytest.raises(StateRefusesError):
        stage.seal_it()
    with pytest.raises(StateRefusesError):
        stage.start()


def test_nothing_is_voided_once_the_list_is_sealed() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    valid = next(ticket for ticket in stage.tickets() if not ticket.void)
    with pytest.raises(StateRefusesError):
        stage.void(valid.order.id)


def _slots(order: SoldOrder) -> range:
    return range(order.first_slot, order.end_slot)
