"""JSON at the edge, type by type."""

import json
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import attrs
import pytest

from riff.errors import InvalidRequestError
from riff.handlers._runtime.limits import Between, Items
from riff.handlers._runtime.wire import parse_id, prepare, read, write

ID = "0196f1d2-7b1c-7c3e-9a10-5b5f0e3c2a44"


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@attrs.frozen
class Window:
    opens: datetime
    closes: datetime

    def __attrs_post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError("closes must be later than opens")


@attrs.frozen
class Offer:
    count: Annotated[int, Between(1, 9)]
    colours: frozenset[Colour] = frozenset()


@attrs.frozen
class Catalogue:
    offers: Annotated[tuple[Offer, ...], Items(1, 3)]
    id: UUID | None = None
    window: Window | None = None


def _violations(value: object, kind: type) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRequestError) as caught:
        read(value, kind)
    return list(caught.value.violations)


def test_reads_what_it_writes() -> None:
    window = Window(datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC))
    catalogue = Catalogue((Offer(1, frozenset(Colour)), Offer(2)), UUID(ID), window)
    assert read(json.loads(write(catalogue)), Catalogue) == catalogue


def test_writes_instants_in_utc_sets_in_order_and_leaves_none_out() -> None:
    at = datetime(2026, 5, 1, 20, 0, tzinfo=timezone(timedelta(hours=2)))
    written = json.loads(
        write(Catalogue((Offer(1, frozenset(Colour)),), None, Window(at, at + timedelta(1))))
    )
    assert written == {
        "offers": [{"count": 1, "colours": ["blue", "red"]}],
        "window": {"opens": "2026-05-01T18:00:00.000000Z", "closes": "2026-05-02T18:00:00.000000Z"},
    }


def test_enums_are_read_as_members_and_not_as_text() -> None:
    assert all(type(colour) is Colour for colour in read({"count": 1, "colours": ["red"]}, Offer).colours)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-05-01T18:00:00Z", 18),
        ("2026-05-01T18:00:00.123456Z", 18),
        ("2026-05-01T18:00:00-04:00", 22),
        ("2026-05-01T18:00:00+02:00", 16),
    ],
)
def test_reads_instants_with_any_offset(text: str, hour: int) -> None:
    assert read({"opens": text, "closes": "2027-01-01T00:00:00Z"}, Window).opens.hour == hour


@pytest.mark.parametrize(
    "value",
    [
        "2026-05-01",
        "2026-05-01T18:00:00",
        "2026-05-01 18:00:00Z",
        "20260501T180000Z",
        "2026-W18-5T18:00:00Z",
        "2026-02-30T18:00:00Z",
        "2026-05-01T24:00:01Z",
        "2026-05-01T18:00:60Z",
        "0001-01-01T00:00:00+14:00",
        "2026-05-01T18:00:00.1234567Z",
        "2026-05-01T18:00:00Z\n",
        "٢٠٢٦-05-01T18:00:00Z",
        1777658400,
        None,
        "",
    ],
)
def test_refuses_what_is_no_instant(value: object) -> None:
    assert [
        place for place, _ in _violations({"opens": value, "closes": "2027-01-01T00:00:00Z"}, Window)
    ] == ["/opens"]


@pytest.mark.parametrize(
    "value", ["", "x", ID[:-1], ID + "a", "{" + ID + "}", ID.replace("-", ""), 5, None, ID + "\n"]
)
def test_refuses_what_is_no_identifier(value: object) -> None:
    assert [place for place, _ in _violations({"offers": [{"count": 1}], "id": value}, Catalogue)] == ["/id"]


def test_takes_identifiers_in_either_case() -> None:
    assert parse_id(ID.upper()) == parse_id(ID) == UUID(ID)


CASES: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "place in a list": (
        {"offers": [{"count": 1}, {"count": 0}, {}]},
        [("/offers/1/count", "must be between 1 and 9"), ("/offers/2/count", "is missing")],
    ),
    "list too short": ({"offers": []}, [("/offers", "must have 1 to 3 entries")]),
    "list too long": ({"offers": [{"count": 1}] * 4}, [("/offers", "must have 1 to 3 entries")]),
    "object for a list": ({"offers": {"0": {"count": 1}}}, [("/offers", "must be an array")]),
    "text for a list": ({"offers": "offers"}, [("/offers", "must be an array")]),
    "text for an object": ({"offers": ["offer"]}, [("/offers/0", "must be an object")]),
    "enum unknown": (
        {"offers": [{"count": 1, "colours": ["green"]}]},
        [("/offers/0/colours/0", "must be one of red, blue")],
    ),
    "enum by name": (
        {"offers": [{"count": 1, "colours": ["RED"]}]},
        [("/offers/0/colours/0", "must be one of red, blue")],
    ),
    "set with a repetition": (
        {"offers": [{"count": 1, "colours": ["red", "red"]}]},
        [("/offers/0/colours", "must not repeat an entry")],
    ),
    "null for an optional member": (
        {"offers": [{"count": 1}], "window": None},
        [("/window", "must be left out rather than null")],
    ),
    "rule between members": (
        {
            "offers": [{"count": 1}],
            "window": {"opens": "2026-05-02T00:00:00Z", "closes": "2026-05-01T00:00:00Z"},
        },
        [("/window", "closes must be later than opens")],
    ),
    "odd name": ({"offers": [{"count": 1}], "a/b~c": 1}, [("/a~1b~0c", "is not known here")]),
}


@pytest.mark.parametrize("name", CASES)
def test_points_at_each_violation(name: str) -> None:
    value, expected = CASES[name]
    assert _violations(value, Catalogue) == expected


def test_lists_a_bounded_number_of_violations() -> None:
    assert len(_violations({f"unknown{number}": 1 for number in range(500)}, Catalogue)) == 20


def test_refuses_ahead_a_class_that_json_cannot_carry() -> None:
    @attrs.frozen
    class Odd:
        pattern: complex

    with pytest.raises(Exception, match="complex"):
        prepare(Odd)
