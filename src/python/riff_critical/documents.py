"""Documents: values with a declared form, written as canonical JSON and read back strictly.

Method: a document is a value (riff_critical.values).  Its JSON is an object with exactly its fields as
members, each written by the type it is declared with:
    bool, int, str, None   as in JSON;              bytes          as lower-case hexadecimal text
    Enum of str            as its value;            tuple[T, ...]  as an array
    another document       as an object;            T | None       as T or null
`Annotated[T, Between(low, high)]` bounds an int's value, or the length of a str (in characters), bytes or
tuple.  `Annotated[str, Matching(pattern)]` is a str that the regular expression matches in full.  No str has
a character below U+0020.  Types are exact: true is no int.  Bytes that are not the canonical JSON of the
value they denote are refused, so that a document has one encoding only, and one hash.

A document that exists is valid: its constructor checks the same rules, then the document's own `require`.
Out of scope: what the fields mean.
"""

from enum import Enum
from types import UnionType

from riff_critical.declarations import Annotated, Any, Final, Self, Sized, cast
from riff_critical.encoding import MAX_INTEGER, Json, canonical_json
from riff_critical.errors import InvalidInputError
from riff_critical.values import Value


class DocumentError(InvalidInputError):
    """The document has not its declared form, or its members contradict each other."""

    code = "document-invalid"


class Between(Value):
    """Inclusive bounds of a value or a length."""

    low: int
    high: int

    def holds(self, value: int | Sized) -> bool:
        """Whether the value, or its length, lies within the bounds."""
        return self.low <= (value if isinstance(value, int) else len(value)) <= self.high


class Matching(Value):
    """A regular expression that matches the whole of a text."""

    pattern: str

    def holds(self, value: str) -> bool:
        """Whether the text matches."""
        from re import fullmatch  # noqa: PLC0415  # slow to import, and who reads no document needs it not

        return fullmatch(self.pattern, value) is not None


Hash = Annotated[bytes, Between(32, 32)]
Natural = Annotated[int, Between(0, MAX_INTEGER)]
Positive = Annotated[int, Between(1, MAX_INTEGER)]
Line = Annotated[str, Between(1, 200)]
Name = Annotated[str, Matching("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")]
"""An identifier: safe in a file name's part, a log line and a URL."""

_FIRST_PRINTABLE: Final = " "


class Document(Value):
    """Base of all documents."""

    def __post_init__(self) -> None:
        """Check the declared form, then the document's own rules."""
        for name, declared in self._kinds.items():
            _check(declared, getattr(self, name), name)
        self.require()

    def require(self) -> None:
        """Check rules between fields; raises `DocumentError`."""

    def to_json(self) -> dict[str, Json]:
        """The document as a JSON value."""
        return {name: _written(getattr(self, name)) for name in self._kinds}

    def to_bytes(self) -> bytes:
        """The document as canonical JSON."""
        return canonical_json(self.to_json())

    @classmethod
    def from_json(cls, value: object, name: str = "") -> Self:
        """Read a JSON value, which a refusal calls by the name, or by its class.

        Raises:
            DocumentError: it is not such a document.
        """
        if not isinstance(value, dict) or value.keys() != cls._kinds.keys():
            raise DocumentError(
                f"{name or cls.__name__} is not an object with exactly {', '.join(cls._kinds)}"
            )
        return cls(*[_read(kind, value[field], field) for field, kind in cls._kinds.items()])

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read canonical JSON.

        Raises:
            DocumentError: it is not canonical, or not such a document.
        """
        return cls.from_json(parse(data))


def parse(data: bytes) -> Json:
    """The value whose canonical JSON is `data`.

    Raises:
        DocumentError: `data` is not the canonical JSON of any value.
    """
    from json import loads  # noqa: PLC0415  # as for `Matching`

    try:
        value: Json = loads(data.decode())
        canonical = canonical_json(value)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"not canonical JSON: {error}") from error
    if canonical != data:
        raise DocumentError("JSON in another form than the canonical one")
    return value


def _check(declared: Any, value: object, name: str) -> None:
    """Refuse a value that has not its declared form."""
    if isinstance(declared, UnionType):
        if value is not None:
            _check(_other_than_none(declared), value, name)
        return
    kind, rules = _parted(declared)
    if type(value) is not getattr(kind, "__origin__", kind):
        raise DocumentError(f"{name} is not of type {kind}")
    if isinstance(value, tuple):
        for item in value:
            _check(kind.__args__[0], item, name)
    if isinstance(value, str) and min(value, default=_FIRST_PRINTABLE) < _FIRST_PRINTABLE:
        raise DocumentError(f"{name} holds a control character")
    for rule in rules:
        if not rule.holds(value):
            raise DocumentError(f"{name} breaks its rule {rule}")


def _read(declared: Any, value: object, name: str) -> object:
    """Turn a JSON value towards its declared type; what does not fit is left for `_check` to refuse."""
    if isinstance(declared, UnionType):
        return None if value is None else _read(_other_than_none(declared), value, name)
    kind, _ = _parted(declared)
    if isinstance(value, list) and getattr(kind, "__origin__", None) is tuple:
        return tuple(_read(kind.__args__[0], item, name) for item in value)
    if isinstance(value, str) and kind is bytes:
        return _unhex(value, name)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind, value, name)
    if isinstance(kind, type) and issubclass(kind, Document):
        return kind.from_json(value, name)
    return value


def _parted(declared: Any) -> tuple[Any, tuple[Any, ...]]:
    """A declared type without its rules, and the rules."""
    if getattr(declared, "__origin__", None) is Annotated:
        kind, *rules = declared.__args__
        return kind, tuple(rules)
    return declared, ()


def _other_than_none(union: UnionType) -> object:
    (kind,) = (kind for kind in union.__args__ if kind is not type(None))
    return kind


def _member(kind: type[Enum], value: object, name: str) -> Enum:
    for member in kind:
        if member.value == value:
            return member
    raise DocumentError(f"{name} is none of {', '.join(str(member.value) for member in kind)}")


def _unhex(text: str, name: str) -> bytes:
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise DocumentError(f"{name} is not hexadecimal") from error
    if value.hex() != text:
        raise DocumentError(f"{name} is not lower-case hexadecimal without spaces")
    return value


def _written(value: object) -> Json:
    match value:
        case Document():
            return value.to_json()
        case bytes():
            return value.hex()
        case tuple():
            return [_written(item) for item in value]
        case Enum():
            return cast("str", value.value)
    return cast("Json", value)
