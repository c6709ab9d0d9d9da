"""POST /units/me/sales."""

from riff.handlers.units.sell_tickets import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth
from tests.support.gateway import KEY, Answer


def _sell(booth: Booth, key: str = KEY, tender: str = "cash") -> Answer:
    body = {"package_id": str(booth.stage.package.id), "tender": tender}
    return ask_as_unit(handler, "/units/me/sales", body, key=key)


def test_answers_with_the_ticket(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    answer = _sell(booth)
    assert answer.status == 200
    assert answer.body["ticket"]["numbers"] == list(range(100_001, 100_011))
    assert (answer.body["channel"], answer.body["tender"]) == ("sales_unit", "cash")
    assert answer.body["cash_of"] == booth.enrolment.seller
    assert "reason" not in answer.body


def test_repeating_sells_once(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    assert _sell(booth).body == _sell(booth).body
    assert _sell(booth, key="another-key").body["ticket"]["numbers"][0] == 100_011
    assert len(booth.stage.fakes.transactions.tables.orders) == 2


def test_no_validation_number_is_kept_with_the_answers_to_commands(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    number = _sell(booth).body["ticket"]["validation_number"]
    assert number not in str(booth.stage.fakes.transactions.tables.replies)


def test_a_key_belongs_to_one_sale(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    _sell(booth)
    answer = _sell(booth, tender="card")
    assert (answer.status, answer.code) == (409, "idempotency-key-reused")


def test_asks_for_a_block(booth: Booth) -> None:
    booth.enrol()
    answer = _sell(booth)
    assert (answer.status, answer.code, answer.body["numbers"]) == (409, "block-needed", 10)


def test_money_is_taken_on_the_spot(booth: Booth) -> None:
    assert _sell(booth, tender="prepaid").status == 422
