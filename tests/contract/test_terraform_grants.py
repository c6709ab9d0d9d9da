"""What functions may do is written in words, and every word means exact permissions."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.operations import plugged

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


def _settings() -> dict[str, dict[str, Any]]:
    """What every function says of itself."""
    described = (_ROOT / "src/python").rglob("functions.yaml")
    return {
        name: entry for path in described for name, entry in (yaml.safe_load(path.read_text()) or {}).items()
    }


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
    asked = {grant for entry in _settings().values() for grant in entry.get("grants", [])}
    assert asked - set(_CATALOGUE) == set()


def test_one_function_alone_works_as_the_owner_of_the_schema() -> None:
    owners = [name for name, entry in _settings().items() if entry.get("database") == "owner"]
    assert owners == ["migrate_database"]
    assert owners == [
        name for name, entry in _settings().items() if "schema:migrate" in entry.get("grants", ())
    ]


@pytest.mark.parametrize(
    ("grant", "plugins"),
    [("payments:ask", "riff.adapters.payments."), ("ledger:sign", "riff.adapters.signing.")],
)
def test_who_carries_what_uses_a_secret_may_read_it_and_nobody_else(grant: str, plugins: str) -> None:
    carriers = {name for name, carried in plugged() if any(each.startswith(plugins) for each in carried)}
    assert carriers == {name for name, entry in _settings().items() if grant in entry.get("grants", ())}


@pytest.mark.parametrize(
    ("grant", "function"), [("seeds:decrypt", "start_draw"), ("seeds:encrypt", "activate_raffle")]
)
def test_one_function_alone_may_use_the_key_of_seeds_each_way(grant: str, function: str) -> None:
    assert [function] == [name for name, entry in _settings().items() if grant in entry.get("grants", ())]
