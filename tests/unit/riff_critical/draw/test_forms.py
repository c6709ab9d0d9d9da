"""What a published document may hold: the core's declarations against the independent verifier's."""

import re
from collections.abc import Iterable
from dataclasses import FrozenInstanceError, fields, is_dataclass
from enum import Enum
from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import iter_modules
from types import ModuleType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest

from riff_critical import draw, ledger
from riff_critical.documents import Between, Document
from riff_critical.draw.transcript import Transcript
from riff_critical.ledger import Sale, Void
from tests.support.sealed_raffle import publication
from tools import verify as tool

MODULES = [
    import_module(f"{package.__name__}.{module.name}")
    for package in (draw, ledger)
    for module in iter_modules(package.__path__)
]


def form(declared: Any) -> Any:  # noqa: ANN401 - a type form, and the tool's notation of it
    """A declared type in the notation of tools/verify.py, patterns as their texts."""
    kind, *rules = get_args(declared) if get_origin(declared) is Annotated else (declared,)
    if get_origin(kind) in {Union, UnionType}:
        return "maybe", form(get_args(kind)[0])
    bounds = next(((rule.low, rule.high) for rule in rules if isinstance(rule, Between)), None)
    if get_origin(kind) is tuple:
        return [form(get_args(kind)[0]), *(bounds or (0, tool.LARGEST))]
    if kind is bool or (isinstance(kind, type) and issubclass(kind, Enum | Document)):
        return bool if kind is bool else members(kind)
    if kind is int:
        return bounds
    if bounds is not None:
        return {str: "text", bytes: "bytes"}[kind], *bounds
    return re.sub(r"\\", "", rules[0].pattern)


def members(kind: Any) -> Any:  # noqa: ANN401 - as above
    """The members of a document, or the values of an enumeration."""
    if issubclass(kind, Enum):
        return "|".join(member.value for member in kind)
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: form(hints[field.name]) for field in fields(kind)}


def plain(noted: Any) -> Any:  # noqa: ANN401 - as above
    """The tool's notation with patterns as their texts."""
    if isinstance(noted, dict):
        return {name: plain(inner) for name, inner in noted.items()}
    if isinstance(noted, list):
        return [plain(noted[0]), *noted[1:]]
    if isinstance(noted, tuple) and noted[0] == "maybe":
        return "maybe", plain(noted[1])
    return re.sub(r"\\", "", noted.pattern) if isinstance(noted, re.Pattern) else noted


def test_the_verifier_and_the_core_accept_the_same_transcripts() -> None:
    assert members(Transcript) == plain(tool.TRANSCRIPT)


@pytest.mark.parametrize(("record", "noted"), [(Sale, tool.SALE), (Void, tool.VOID)])
def test_the_verifier_and_the_core_accept_the_same_records(record: type, noted: dict[str, Any]) -> None:
    assert {"kind": record.KIND} | members(record) == plain(noted)  # type: ignore[attr-defined] # of records


def dataclasses_of(modules: Iterable[ModuleType]) -> list[type]:
    found = {kind for module in modules for _, kind in getmembers(module, isclass) if is_dataclass(kind)}
    return sorted(found, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", dataclasses_of(MODULES), ids=lambda kind: kind.__name__)
def test_every_value_is_frozen_and_holds_nothing_else(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined] # of dataclasses
    assert "__slots__" in vars(kind)


def test_a_seal_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        publication().transcript.seal.sealed_at = 0  # type: ignore[misc] # meant
