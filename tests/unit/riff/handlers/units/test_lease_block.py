"""POST /units/me/blocks."""

import pytest

from riff.handlers.units.lease_block import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth


def test_answers_with_the_block(booth: Booth) -> None:
    booth.enrol()
    answer = ask_as_unit(handler, "/units/me/blocks", {"numbers": 10})
    assert answer.status == 200
    assert answer.body == {
        "block_id": answer.body["block_id"],
        "raffle_id": str(booth.stage.raffle.id),
        "tag": 0,
        "first_slot": 100_000,
        "end_slot": 101_000,
        "next_slot": 100_000,
        "sell_until": "2099-12-31T00:00:00.000000Z",
    }


@pytest.mark.usefixtures("booth")
def test_refuses_a_unit_that_is_not_active() -> None:
    answer = ask_as_unit(handler, "/units/me/blocks", {"numbers": 10})
    assert (answer.status, answer.code) == (409, "state-refuses")


@pytest.mark.usefixtures("booth")
@pytest.mark.parametrize("numbers", [0, 1001, -1])
def test_refuses_a_run_that_no_package_has(numbers: int) -> None:
    assert ask_as_unit(handler, "/units/me/blocks", {"numbers": numbers}).status == 422
