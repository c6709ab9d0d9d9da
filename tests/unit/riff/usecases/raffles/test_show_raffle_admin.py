import pytest

from riff.errors import NotFoundError
from riff.usecases.raffles.show_raffle_admin import ShowRaffleAdmin, show_raffle_admin
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.stage import A_STRANGER, Stage, member


@pytest.mark.parametrize("state", list(RaffleState), ids=lambda state: state.value)
def test_shows_a_raffle_in_every_state(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    query = ShowRaffleAdmin(member("viewer", stage.organization), stage.raffle.id)
    assert stage.raffle == show_raffle_admin(query, stage.fakes.services).setup.raffle


def test_shows_what_was_sold() -> None:
    stage = Stage.of()
    for n in range(3):
        stage.buy(f"key-{n}")
    sales = show_raffle_admin(ShowRaffleAdmin(stage.manager, stage.raffle.id), stage.fakes.services).sales
    assert (sales.orders, sales.subtotal.valid_slots, sales.subtotal.valid_cents) == (3, 30, 6000)


def test_hides_the_raffle_from_strangers() -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        show_raffle_admin(ShowRaffleAdmin(A_STRANGER, stage.raffle.id), stage.fakes.services)
