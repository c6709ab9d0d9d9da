"""POST /staff/raffles/{raffle_id}/cash-counts."""

from typing import Any

import pytest

from riff.handlers.reconciliation.record_cash_count import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.closed_books import sold_out_booth
from tests.support.gateway import KEY, Answer


def _count(booth: Booth, counted: int, key: str = KEY, **more: Any) -> Answer:  # noqa: ANN401 - members of a body
    body = {"seller": booth.enrolment.seller, "counted_minor": counted, **more}
    route = "/staff/raffles/{raffle_id}/cash-counts"
    return ask_as_staff(handler, route, {"raffle_id": booth.stage.raffle.id}, body, key=key)


@pytest.fixture(name="closed")
def _closed(booth: Booth) -> Booth:
    booth.enrol()
    booth.lease()
    return sold_out_booth(booth)


def test_answers_with_the_accounts(closed: Booth) -> None:
    answer = _count(closed, 3500, explanation="a torn note")
    assert answer.status == 200
    (seller,) = answer.body["sellers"]
    assert not seller["outstanding"]
    (counted,) = seller["counts"]
    assert (counted["difference_minor"], counted["explanation"]) == (-500, "a torn note")
    assert counted["expected"]["minor"] == 4000


def test_repeating_counts_once_and_a_recount_is_kept(closed: Booth) -> None:
    assert _count(closed, 4000).body == _count(closed, 4000).body
    recount = _count(closed, 4001, key="another-key", explanation="a coin was found")
    assert [c["sequence"] for c in recount.body["sellers"][0]["counts"]] == [1, 2]


def test_refuses_a_difference_without_explanation(closed: Booth) -> None:
    answer = _count(closed, 3500)
    assert (answer.status, answer.code) == (422, "cash-difference-unexplained")
    assert answer.body["errors"] == [{"detail": "is missing", "pointer": "#/explanation"}]


def test_refuses_sellers_that_are_none(closed: Booth) -> None:
    assert _count(closed, 0, seller="staff:nobody").status == 404
