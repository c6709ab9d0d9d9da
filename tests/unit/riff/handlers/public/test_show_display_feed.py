"""GET /raffles/{raffle_id}/display-feed."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from riff.handlers.public.show_display_feed import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import an_event
from tests.support.stage import Stage


def _asked(stage: Stage, accept: str | None = None, **more: Any) -> Mapping[str, Any]:  # noqa: ANN401 - parts of an event
    headers = {**more.pop("headers", {}), **({} if accept is None else {"Accept": accept})}
    variables = {"raffle_id": str(stage.raffle.id)}
    event = an_event("GET", "/raffles/{raffle_id}/display-feed", variables=variables, headers=headers, **more)
    return handler(event, None)


@pytest.fixture(name="selling")
def _selling(stage: Stage) -> Stage:
    stage.buy()
    stage.fakes.clock.set(stage.raffle.window.closes_at - timedelta(hours=1, minutes=4, seconds=9))
    return stage


def test_is_ready_to_print(selling: Stage) -> None:
    reply = _asked(selling)
    body = json.loads(reply["body"])
    assert (reply["statusCode"], reply["headers"]["Content-Type"]) == (200, "application/json")
    assert (body["countdown"], body["jackpot"]["formatted"]) == ("1:04:09", "CAD 10.00")
    assert [prize["amount"]["formatted"] for prize in body["prizes"]] == ["CAD 10.00"]
    assert (reply["headers"]["Cache-Control"], body["max_age_s"]) == ("public, max-age=2", 2)


@pytest.mark.parametrize("asked", [{"accept": "application/xml"}, {"query": {"format": ["xml"]}}])
def test_says_the_same_in_xml(selling: Stage, asked: dict[str, Any]) -> None:
    reply = _asked(selling, **asked)
    assert reply["headers"]["Content-Type"] == "application/xml; charset=utf-8"
    feed = ET.fromstring(reply["body"])  # noqa: S314 - our own
    assert (feed.tag, feed.findtext("countdown")) == ("display_feed", "1:04:09")
    assert feed.findtext("prizes/prize/amount/formatted") == "CAD 10.00"
    assert feed.findtext("estimate") == "true"


def test_refuses_a_format_that_it_does_not_know(selling: Stage) -> None:
    reply = _asked(selling, query={"format": ["csv"]})
    assert (reply["statusCode"], json.loads(reply["body"])["code"]) == (422, "invalid-request")


def test_tells_who_has_it_already_just_that(selling: Stage) -> None:
    selling.fakes.clock.advance(milliseconds=100)
    tag = _asked(selling)["headers"]["ETag"]
    selling.fakes.clock.advance(milliseconds=500)
    again = _asked(selling, headers={"If-None-Match": f'"other", {tag}'})
    assert (again["statusCode"], again["body"], again["headers"]["ETag"]) == (304, "", tag)


def test_a_sale_and_a_second_make_another_answer(selling: Stage) -> None:
    tag = _asked(selling)["headers"]["ETag"]
    selling.fakes.clock.advance(seconds=1)
    assert _asked(selling, headers={"If-None-Match": tag})["statusCode"] == 200
    selling.fakes.clock.advance(seconds=-1)
    selling.buy("key-2")
    assert _asked(selling, headers={"If-None-Match": tag})["statusCode"] == 200


def test_xml_and_json_are_different_answers(selling: Stage) -> None:
    tags = {_asked(selling, accept)["headers"]["ETag"] for accept in ("application/json", "application/xml")}
    assert len(tags) == 2
    assert _asked(selling)["headers"]["Vary"] == "Accept"


def test_shows_who_won_once_it_is_official(draws: DrawStage) -> None:
    draws.sealed().start()
    assert json.loads(_asked(draws.stage)["body"])["results"] == []
    official = draws.declare()
    (number,) = (official.numbers[winner.slot] for winner in official.winners)
    (shown,) = json.loads(_asked(draws.stage)["body"])["results"]
    assert (shown["prize"], shown["draw"], shown["number"]) == ("Early bird", "early_bird", number)
    assert shown["amount"]["formatted"] == "CAD 100.00"
    feed = ET.fromstring(_asked(draws.stage, "application/xml")["body"])  # noqa: S314 - our own
    assert feed.findtext("results/result/number") == str(number)
