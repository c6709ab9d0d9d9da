"""POST /units/me/uploads."""

import pytest

from riff.handlers.units.upload_sales import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth
from tests.support.fakes import NOON
from tests.support.gateway import KEY, Answer
from tests.support.offline_unit import OfflineUnit


@pytest.fixture(name="unit")
def _unit(booth: Booth) -> OfflineUnit:
    booth.enrol()
    booth.lease()
    return OfflineUnit(booth.stage.fakes.services, booth.actor)


def _upload(unit: OfflineUnit, tag: str | None = None, position: int | None = None, key: str = KEY) -> Answer:
    body = {
        "position": unit.memory.base.position if position is None else position,
        "records": [record.decode() for record in unit.memory.records],
        "tag": tag or unit.mark.tag.hex(),
    }
    return ask_as_unit(handler, "/units/me/uploads", body, key=key)


def test_answers_with_the_mark_up_to_which_the_unit_may_forget(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(NOON)
    unit.sell(NOON)
    answer = _upload(unit)
    assert answer.status == 200
    assert answer.body == {"position": 2, "tag": unit.mark.tag.hex(), "taken": 2, "state": "active"}
    assert _upload(unit).body == answer.body
    assert _upload(unit, key="another-key").body["taken"] == 0
    assert len(booth.stage.fakes.transactions.tables.orders) == 2


def test_tells_where_and_why_it_stopped(unit: OfflineUnit) -> None:
    unit.sell(NOON)
    unit.sell(NOON, price_minor=1)
    answer = _upload(unit)
    assert (answer.status, answer.body["taken"], answer.body["state"]) == (200, 1, "error")
    assert (answer.body["refused_position"], answer.body["refused_because"]) == (2, "unknown-price")


def test_refuses_a_gap(unit: OfflineUnit) -> None:
    unit.sell(NOON)
    answer = _upload(unit, position=4)
    assert (answer.status, answer.code, answer.body["expected"]) == (409, "upload-gap", 0)


def test_refuses_what_is_no_tag(unit: OfflineUnit) -> None:
    unit.sell(NOON)
    assert _upload(unit, tag="0").status == 422
