"""Canonical JSON and frames."""

import json
from base64 import b64encode
from enum import IntEnum, StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical import encoding
from riff_critical.encoding import (
    FrameError,
    Json,
    NotBase64Error,
    NotCanonicalError,
    base64,
    canonical_json,
    frame,
    unbase64,
)
from tests.support import vectors
from tools.vectors.encoding import cases

OPERATIONS = {
    "canonical_json": lambda given: canonical_json(given["value"]).decode(),
    "frame": lambda given: frame(given["tag"], *map(bytes.fromhex, given["parts"])).hex(),
}

SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
KEYS = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)
FRAMES = st.tuples(st.text("abc", min_size=2, max_size=4), st.lists(st.binary(max_size=3), max_size=3))


class Word(StrEnum):
    SALE = "sale"


class Number(IntEnum):
    FIVE = 5


class HugeBytes(bytes):
    def __len__(self) -> int:
        return encoding.MAX_PART_BYTES + 1


@pytest.mark.parametrize("case", vectors.cases("encoding.json"))
def test_vector(case: dict[str, Any]) -> None:
    vectors.run(case, OPERATIONS)


def test_vectors_are_what_their_tool_writes() -> None:
    vectors.check_file("encoding.json", cases().text())


@given(VALUES)
def test_agrees_with_the_library_and_can_be_read_back(value: Json) -> None:
    encoded = canonical_json(value)
    library = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert library.encode() == encoded
    assert value == json.loads(encoded)


def test_writes_tuples_proxies_and_enumerations_as_what_they_hold() -> None:
    value: Json = MappingProxyType({"b": (1, 2), "a": Word.SALE, "c": Number.FIVE})
    assert canonical_json(value) == b'{"a":"sale","b":[1,2],"c":5}'


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, object(), 1j, bytearray(), iter([])])
def test_refuses_other_types(value: object) -> None:
    with pytest.raises(NotCanonicalError, match=f"^{type(value).__name__} has no canonical form$"):
        canonical_json(cast("Json", value))


@pytest.mark.parametrize("key", [1, None, True, b"a", Word.SALE])
def test_refuses_keys_that_are_not_plain_strings(key: object) -> None:
    with pytest.raises(NotCanonicalError, match=r"^a key is an ASCII string: "):
        canonical_json(cast("Json", {key: 1}))


def test_refuses_a_lone_surrogate() -> None:
    with pytest.raises(NotCanonicalError, match=r"^a string holds a lone surrogate$"):
        canonical_json(["\ud800"])


def test_refuses_a_value_inside_itself() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(NotCanonicalError, match=r"^more than 32 levels of nesting$"):
        canonical_json(value)


@given(st.lists(FRAMES, min_size=2, max_size=8, unique_by=lambda named: (named[0], tuple(named[1]))))
def test_different_frames_differ(frames: list[tuple[str, list[bytes]]]) -> None:
    encoded = [frame(tag, *parts) for tag, parts in frames]
    assert len(frames) == len(set(encoded))


@given(FRAMES)
def test_a_frame_never_begins_like_a_node_of_a_merkle_tree(named: tuple[str, list[bytes]]) -> None:
    tag, parts = named
    assert frame(tag, *parts)[0] not in {0x00, 0x01}


def test_a_frame_can_be_taken_apart() -> None:
    framed = frame("riff/x", b"one", b"", b"three")
    assert framed == b"\x06riff/x" + b"\0\0\0\x03one" + b"\0\0\0\0" + b"\0\0\0\x05three"


def test_refuses_a_part_whose_length_does_not_fit() -> None:
    with pytest.raises(FrameError, match=r"^a part has at most 4294967295 bytes$"):
        frame("riff/x", HugeBytes())


def test_escapes_exactly_what_must_be_escaped() -> None:
    written = [canonical_json(chr(code)).decode() for code in range(0x300)]
    longer = [code for code, text in enumerate(written) if len(text) > len('"x"')]
    assert longer == [*range(0x20), ord('"'), ord("\\")]
    assert all(first != second for first, second in pairwise(written))


@given(st.binary(max_size=100))
def test_base64_agrees_with_the_library_and_is_read_back(data: bytes) -> None:
    assert base64(data) == b64encode(data).decode()
    assert unbase64(base64(data)) == data


@pytest.mark.parametrize(
    "text",
    ["A", "AA", "AA=", "AAA", "AB==", "AAE=\n", " AAA=", "AAA=AAA=", "AA\nAA", "-_8=", "ÄÄÄÄ", "AAAA===="],
)
def test_refuses_base64_that_no_bytes_have(text: str) -> None:
    with pytest.raises(NotBase64Error, match="base64"):
        unbase64(text)
