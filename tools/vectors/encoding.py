"""Write tests/vectors/encoding.json: `python -m tools.vectors.encoding`.

`json.dumps` gives the values.
"""

import json
from typing import Any

from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "a value as records hold it",
    "Escape": "characters that a string must escape, and neighbours that it must not",
    "Order": "members arrive in another order than they are written in",
    "Number": "integers at and beyond the limits; floats",
    "Key": "keys beyond ASCII",
    "Depth": "nesting at and beyond the limit",
    "Tag": "tags at and beyond the limits",
    "Boundary": "the same bytes, divided differently among the parts",
}
TAGS = ("ab", "riff/test/1", "!~", "x" * 255)
BAD_TAGS = ("", "a", "x" * 256, "with space", "tab\there", "delete\x7f", "éé", "nul\x00", "line\n")
DIVISIONS: tuple[list[bytes], ...] = (
    [],
    [b""],
    [b"", b""],
    [b"ab"],
    [b"a", b"b"],
    [b"ab", b""],
    [b"", b"ab"],
    [bytes(300)],
)


def cases() -> Cases:
    """All cases."""
    found = Cases("Canonical JSON and frames", "tools/vectors/encoding.py", FLAGS)
    for comment, flag, value in _good_values():
        written = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        found.valid("canonical_json", comment, [flag], {"value": value}, written)
    for comment, flag, value in _bad_values():
        found.invalid("canonical_json", comment, [flag], {"value": value}, "not-canonical")
    for tag in TAGS:
        _frame(found, "Tag", tag, [b"part"])
    for parts in DIVISIONS:
        _frame(found, "Boundary", "riff/test/1", parts)
    for tag in BAD_TAGS:
        for hexadecimal in ([], ["70617274"]):
            given = {"tag": tag, "parts": hexadecimal}
            found.invalid("frame", f"tag {tag[:12]!r}", ["Tag"], given, "frame-invalid")
    return found


def _good_values() -> list[tuple[str, str, Any]]:
    return [
        ("null", "Normal", None),
        ("true and false", "Normal", [True, False]),
        ("empty containers", "Normal", [{}, [], ""]),
        ("a record", "Normal", {"kind": "SALE", "slots": [100, 110], "cents": 2000, "note": "Zürich — 10"}),
        ("quotation mark and backslash", "Escape", '"\\'),
        ("control characters", "Escape", "".join(map(chr, range(0x20)))),
        ("slash, delete, line separator, beyond the basic plane", "Escape", "/\x7f\u2028😀"),
        ("members are sorted", "Order", {"b": 1, "a": 2, "B": 3, "": 4, "aa": 5, "10": 6, "9": 7}),
        ("integers at the limits", "Number", [2**53 - 1, -(2**53) + 1, 0]),
        ("32 levels", "Depth", _nested(32)),
    ]


def _bad_values() -> list[tuple[str, str, Any]]:
    return [
        ("float", "Number", 0.5),
        ("float of an integer's value", "Number", [1.0]),
        ("integer too large", "Number", 2**53),
        ("integer too small", "Number", -(2**53)),
        ("integer too large, deep inside", "Number", {"a": [{"b": 2**64}]}),
        ("large float", "Number", 1e300),
        ("key beyond ASCII", "Key", {"é": 1}),
        ("key beyond ASCII, deep inside", "Key", [{"a": {"ß": None}}]),
        ("first key beyond ASCII", "Key", {"\x80": 1}),
        ("33 levels of arrays", "Depth", _nested(33)),
        ("33 levels, the last one a mapping", "Depth", _nested(32, innermost={})),
    ]


def _frame(found: Cases, flag: str, tag: str, parts: list[bytes]) -> None:
    expected = f"{len(tag):02x}" + tag.encode().hex() + "".join(f"{len(p):08x}{p.hex()}" for p in parts)
    given = {"tag": tag, "parts": [part.hex() for part in parts]}
    found.valid("frame", f"{len(parts)} parts, tag of {len(tag)}", [flag], given, expected)


def _nested(levels: int, innermost: Any = 0) -> Any:  # noqa: ANN401 - any JSON value
    value = innermost
    for _ in range(levels):
        value = [value]
    return value


if __name__ == "__main__":
    cases().write("encoding.json")
