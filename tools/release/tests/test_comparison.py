"""What a release changes, as the list of artifacts shows it."""

import copy
from typing import Any

from tools.release.comparison import certified_changes, changes

FORMER: dict[str, Any] = {
    "critical_digest": "aa",
    "functions": {
        "void_order": {
            "context": "sales",
            "name": "sales-void-order",
            "memory_mb": 512,
            "zips": {"arm64": {"sha256": "1"}, "x86_64": {"sha256": "2"}},
        },
        "select_winners": {
            "context": "critical",
            "name": "critical-select-winners",
            "memory_mb": 512,
            "zips": {"arm64": {"sha256": "3"}},
        },
    },
}


def other(**functions: object) -> dict[str, Any]:
    fresh = copy.deepcopy(FORMER)
    fresh["functions"].update(functions)
    return fresh


def test_the_same_build_changes_nothing() -> None:
    assert list(changes(FORMER, FORMER)) == []
    assert list(certified_changes(FORMER, FORMER)) == []


def test_a_first_release_is_all_new_and_changes_nothing_certified() -> None:
    assert list(changes(None, FORMER)) == ["+ critical-select-winners", "+ sales-void-order"]
    assert list(certified_changes(None, FORMER)) == []


def test_says_what_is_another_about_a_function() -> None:
    void = {
        **FORMER["functions"]["void_order"],
        "memory_mb": 1024,
        "zips": {"arm64": {"sha256": "9"}, "x86_64": {"sha256": "2"}},
    }
    assert list(changes(FORMER, other(void_order=void))) == [
        "~ sales-void-order: code for arm64, memory_mb",
    ]
    assert list(certified_changes(FORMER, other(void_order=void))) == []


def test_a_function_that_is_gone_is_named() -> None:
    fresh = other()
    del fresh["functions"]["void_order"]
    assert list(changes(FORMER, fresh)) == ["- sales-void-order"]


def test_another_core_is_a_change_of_certified_code() -> None:
    assert list(certified_changes(FORMER, {**FORMER, "critical_digest": "bb"})) == [
        "certified core: aa -> bb"
    ]


def test_another_zip_of_a_critical_function_is_too() -> None:
    winners = {**FORMER["functions"]["select_winners"], "zips": {"arm64": {"sha256": "9"}}}
    assert list(certified_changes(FORMER, other(select_winners=winners))) == [
        "critical function: critical-select-winners"
    ]


def test_and_so_is_a_critical_function_that_is_gone() -> None:
    fresh = other()
    del fresh["functions"]["select_winners"]
    assert list(certified_changes(FORMER, fresh)) == ["critical function: critical-select-winners"]
