r"""Encodings: the ways in which values become the bytes that are hashed, signed or published.

Canonical JSON, for records and documents that people and browsers read.
    Method: a value is null, true, false, an integer, a string, a sequence or a mapping.  Text is UTF-8
    without white space.  An integer lies in -(2^53 - 1) .. 2^53 - 1, which every JSON reader represents
    exactly, and is written in decimal.  In a string `"` and `\` are preceded by `\`; U+0008, U+0009, U+000A,
    U+000C and U+000D become `\b \t \n \f \r`; any other character below U+0020 becomes `\u00xx` with
    lower-case digits; all others stand for themselves.  A mapping's keys are ASCII strings in ascending
    order. Within these limits the result equals that of RFC 8785 (JCS).  Floats, other types, lone
    surrogates and more than 32 levels of nesting are refused.

Frames, for the input of a hash or a key derivation.
    Method: frame(tag, p1, p2, ...) = len(tag) as 1 byte || tag || len(p1) as 4 bytes big-endian || p1 || ...
    The tag is 2 to 255 printable ASCII characters without space and names the purpose.  Two different
    sequences of tag and parts never give the same bytes, and a frame never begins with 0x00 or 0x01, the
    prefixes of RFC 6962.

Base64, for bytes in a line of text: RFC 4648, section 4, padded.  Only what encoding gives is decoded.

Vectors: tests/vectors/encoding.json.
Out of scope: parsing JSON.  A reader parses with any JSON reader, encodes again and compares.
"""

from binascii import a2b_base64, b2a_base64

from riff_critical.declarations import Final, Mapping, Sequence
from riff_critical.errors import InvalidInputError

type Json = bool | int | str | Sequence[Json] | Mapping[str, Json] | None

MAX_INTEGER: Final = 2**53 - 1  # RFC 7493 (I-JSON), section 2.2
MAX_DEPTH: Final = 32
MIN_TAG_BYTES: Final = 2
MAX_TAG_BYTES: Final = 255
MAX_PART_BYTES: Final = 2**32 - 1

_ESCAPES: Final = {code: f"\\u{code:04x}" for code in range(0x20)} | {
    ord('"'): '\\"',
    ord("\\"): "\\\\",
    ord("\b"): "\\b",
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\f"): "\\f",
    ord("\r"): "\\r",
}


class NotCanonicalError(InvalidInputError):
    """The value has no canonical JSON form."""

    code = "not-canonical"


class NotBase64Error(InvalidInputError):
    """The text is not the base64 of any bytes."""

    code = "not-base64"


class FrameError(InvalidInputError):
    """The tag or a part cannot be framed."""

    code = "frame-invalid"


def canonical_json(value: Json) -> bytes:
    """Encode `value` as canonical JSON.

    Raises:
        NotCanonicalError: the value, or something inside it, has no canonical form.
    """
    try:
        return _written(value, MAX_DEPTH).encode()
    except UnicodeEncodeError as error:
        raise NotCanonicalError("a string holds a lone surrogate") from error


def frame(tag: str, *parts: bytes) -> bytes:
    """Join `tag` and `parts` so that no other tag and parts give the same bytes.

    Raises:
        FrameError: the tag is not 2 to 255 printable ASCII characters, or a part is too long.
    """
    if not (MIN_TAG_BYTES <= len(tag) <= MAX_TAG_BYTES and all("!" <= character <= "~" for character in tag)):
        raise FrameError(f"a tag is {MIN_TAG_BYTES} to {MAX_TAG_BYTES} printable ASCII characters: {tag!r}")
    pieces = [len(tag).to_bytes(1), tag.encode()]
    for part in parts:
        if len(part) > MAX_PART_BYTES:
            raise FrameError(f"a part has at most {MAX_PART_BYTES} bytes")
        pieces += (len(part).to_bytes(4), part)
    return b"".join(pieces)


def base64(data: bytes) -> str:
    """Encode `data` as base64."""
    return b2a_base64(data, newline=False).decode()


def unbase64(text: str) -> bytes:
    """The bytes whose base64 is `text`.

    Raises:
        NotBase64Error: there are none.
    """
    try:
        data = a2b_base64(text)
    except ValueError as error:
        raise NotBase64Error(f"not base64: {error}") from error
    if base64(data) != text:
        raise NotBase64Error("base64 in another form than the canonical one")
    return data


def _written(value: object, levels: int) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return _integer(value)
        case str():
            return _string(value)
    if levels == 0:
        raise NotCanonicalError(f"more than {MAX_DEPTH} levels of nesting")
    match value:
        case list() | tuple():
            return f"[{','.join(_written(item, levels - 1) for item in value)}]"
        case Mapping():
            members = (f"{_string(key)}:{_written(value[key], levels - 1)}" for key in _sorted_keys(value))
            return f"{{{','.join(members)}}}"
    raise NotCanonicalError(f"{type(value).__name__} has no canonical form")


def _integer(value: int) -> str:
    if abs(value) > MAX_INTEGER:
        raise NotCanonicalError(f"an integer lies in -{MAX_INTEGER} .. {MAX_INTEGER}")
    return int.__repr__(value)


def _string(value: str) -> str:
    return f'"{value.translate(_ESCAPES)}"'


def _sorted_keys(mapping: Mapping[str, object]) -> list[str]:
    for key in mapping:
        if type(key) is not str or not key.isascii():
            raise NotCanonicalError(f"a key is an ASCII string: {key!r}")
    return sorted(mapping)
