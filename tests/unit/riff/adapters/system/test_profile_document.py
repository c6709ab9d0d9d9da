"""Rule profiles as plain data: what is refused, by which key."""

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.adapters.system.profile_catalogue import PROFILES
from riff.adapters.system.profile_document import read_catalogued, read_profile, write_profile
from riff.domain.raffles.profile import AtCap, DrawMode, RuleProfile, Unclaimed
from riff.domain.raffles.purchase_limit import LimitWindow
from riff.errors import ConfigurationError
from riff_critical.selling import Channel

LEAST = {"name": "least", "title": "Least", "channels": ["online"], "draw_modes": ["manual"]}


def refused(document: Any) -> str:  # noqa: ANN401 - plain data
    """The key that is refused, with what is wrong with it."""
    with pytest.raises(ConfigurationError) as caught:
        read_profile(document, "file")
    return str(caught.value.__notes__[0]).removeprefix("setting file").removeprefix(", key ")


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_reads_as_it_was_written(name: str) -> None:
    profile = read_catalogued(name, PROFILES[name])
    assert profile == read_profile(write_profile(profile), "snapshot")


def test_an_absent_key_has_its_default() -> None:
    assert read_profile(LEAST, "file") == RuleProfile(
        "least", "Least", frozenset({Channel.ONLINE}), (DrawMode.MANUAL,)
    )


def test_reads_values_and_not_texts() -> None:
    profile = read_catalogued("north-dakota-like", PROFILES["north-dakota-like"])
    assert (profile.prizes.at_cap, profile.claims.unclaimed) == (AtCap.END_SALES, Unclaimed.REDRAW)
    limit = read_catalogued("ontario-like", PROFILES["ontario-like"]).purchase_limits[0]
    assert (limit.window, limit.amount_minor) == (LimitWindow.DAY, 100_000)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"colour": "red"}, "colour is not known"),
        ({"sales": {"colour": 1}}, "sales.colour is not known"),
        ({"title": None}, "title must be a string"),
        ({"title": ""}, " is refused"),
        ({"title": 3}, "title must be a string"),
        ({"channels": "online"}, "channels must be a list"),
        ({"channels": ["post"]}, "channels[0] must be one of sales_unit, online, reserve"),
        ({"channels": ["online", "online"]}, "channels names something twice"),
        ({"channels": []}, " is refused"),
        ({"draw_modes": []}, " is refused"),
        ({"draw_modes": ["manual", "beacon"]}, " is refused: draw_modes: nothing follows manual"),
        ({"draw_modes": ["beacon", "beacon"]}, " is refused: draw_modes names a mode twice"),
        ({"two_person_draws": 1}, "two_person_draws must be true or false"),
        ({"retention_years": 2}, " is refused"),
        ({"retention_years": True}, "retention_years must be an integer"),
        ({"retention_years": "3"}, "retention_years must be an integer"),
        ({"prices": []}, "prices must be a table"),
        ({"prices": {"changes": "sometimes"}}, "prices.changes must be one of allowed, frozen"),
        ({"sales": {"cap_minor": 0}}, "sales is refused"),
        ({"prizes": {"at_cap": "end_sales"}}, "prizes is refused: at_cap end_sales needs cap_minor"),
        ({"prizes": {"alternates": -1}}, "prizes is refused"),
        ({"claims": {"unclaimed": "redraw"}}, "claims is refused: unclaimed redraw needs expiry_days"),
        ({"gates": {"buyer_regions": ["Ontario"]}}, "gates is refused"),
        ({"gates": {"minimum_age": 0}}, "gates is refused"),
        ({"purchase_limits": {}}, "purchase_limits must be a list"),
        ({"purchase_limits": [{"window": "day"}]}, "purchase_limits[0] is refused: a purchase limit limits"),
        ({"purchase_limits": [{"numbers": 1}]}, "purchase_limits[0].window is missing"),
        (
            {"purchase_limits": [{"window": "rolling", "numbers": 1}]},
            "purchase_limits[0] is refused: a rolling window has hours",
        ),
        (
            {"purchase_limits": [{"window": "day", "numbers": 1, "hours": 2}]},
            "purchase_limits[0] is refused: a rolling window has hours",
        ),
        (
            {"purchase_limits": [{"window": "day", "numbers": 1}, {"window": "day", "amount_minor": 5}]},
            " is refused: purchase_limits: two of them concern the same window",
        ),
        (
            {"channels": ["reserve"], "purchase_limits": [{"window": "day", "numbers": 1}]},
            " is refused: purchase_limits and gates.buyer_regions need the channel online",
        ),
        (
            {"channels": ["reserve"], "gates": {"buyer_regions": ["CA"]}},
            " is refused: purchase_limits and gates.buyer_regions need the channel online",
        ),
    ],
)
def test_refuses_what_the_schema_does_not_know(change: dict[str, object], fault: str) -> None:
    assert refused({**LEAST, **change}).startswith(fault)


@pytest.mark.parametrize("key", ["title", "channels", "draw_modes"])
def test_refuses_a_profile_without_its_necessary_keys(key: str) -> None:
    assert refused({name: value for name, value in LEAST.items() if name != key}) == f"{key} is missing"


def test_refuses_a_name_in_a_file() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_catalogued("least", LEAST)
    assert "catalogue/profiles/least.toml, key name" in caught.value.__notes__[0]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_no_value_of_any_kind_breaks_the_reading(value: object) -> None:
    document: dict[str, Any] = copy.deepcopy(dict(PROFILES["ontario-like"]))
    for key in (*document, "name", "unknown"):
        with suppress(ConfigurationError):
            read_profile({**document, "name": "ontario-like", key: value}, "file")
