"""What a published document may hold: the core's declarations against the independent verifier's."""

import re
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from riff_critical.declarations import Annotated
from riff_critical.documents import Between, Document
from riff_critical.draw.transcript import Transcript
from riff_critical.ledger import Sale, Void
from riff_critical.values import FrozenValueError
from tests.support.sealed_raffle import publication
from tools import verify as tool


def form(declared: Any) -> Any:  # noqa: ANN401 - a type form, and the tool's notation of it
    """A declared type in the notation of tools/verify.py, patterns as their texts."""
    kind, *rules = get_args(declared) if get_origin(declared) is Annotated else (declared,)
    if isinstance(kind, UnionType):
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
    return {name: form(hints[name]) for name in kind.__match_args__}


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


def test_a_seal_cannot_be_changed() -> None:
    with pytest.raises(FrozenValueError):
        publication().transcript.seal.sealed_at = 0  # type: ignore[misc] # meant
