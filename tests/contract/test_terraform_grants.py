"""What functions may do is written in words, and every word means exact permissions."""

from pathlib import Path
from typing import Any

import pytest
import yaml

_ROOT = Path(__file__).parents[2]
_CATALOGUE: dict[str, dict[str, Any]] = yaml.safe_load(
    (_ROOT / "terraform/modules/grants/grants.yaml").read_text()
)
_STATEMENTS = [
    pytest.param(statement, id=f"{grant}-{number}")
    for grant, entry in _CATALOGUE.items()
    for number, statement in enumerate(entry["statements"])
]
# Patterns that were argued for. A new one is a decision: here, in grants.yaml and in the module's README.
_ARGUED = {"/*", "/events/*", "/exports/*"}


@pytest.mark.parametrize("statement", _STATEMENTS)
def test_writes_every_action_out(statement: dict[str, Any]) -> None:
    assert [action for action in statement["actions"] if "*" in action or action.count(":") != 1] == []


@pytest.mark.parametrize("statement", _STATEMENTS)
def test_names_exact_resources_or_says_why_not(statement: dict[str, Any]) -> None:
    suffix = statement.get("suffix", "")
    assert "*" not in suffix or (suffix in _ARGUED and statement["reason"])


@pytest.mark.parametrize("grant", _CATALOGUE)
def test_says_what_each_word_means(grant: str) -> None:
    assert _CATALOGUE[grant]["meaning"].endswith(".")


def test_keeps_the_catalogue_in_order() -> None:
    assert sorted(_CATALOGUE) == list(_CATALOGUE)


def test_knows_every_grant_that_a_handler_asks_for() -> None:
    described = (_ROOT / "src/python").rglob("functions.yaml")
    asked = {
        grant
        for path in described
        for function in (yaml.safe_load(path.read_text()) or {}).values()
        for grant in function.get("grants", [])
    }
    assert asked - set(_CATALOGUE) == set()


@pytest.mark.parametrize(
    ("grant", "function"), [("seeds:decrypt", "start_draw"), ("seeds:encrypt", "activate_raffle")]
)
def test_one_function_alone_may_use_the_key_of_seeds_each_way(grant: str, function: str) -> None:
    described = (_ROOT / "src/python").rglob("functions.yaml")
    settings = {name: entry for path in described for name, entry in yaml.safe_load(path.read_text()).items()}
    assert [function] == [name for name, entry in settings.items() if grant in entry.get("grants", ())]
