"""Values: objects of named fields that compare by what they hold, and never change.

Method: a class that derives from `Value` declares fields as annotations, with or without a default.  They are
given by position or by name; those of the class it derives from come first.  When all are set,
`__post_init__` refuses what cannot be, so that a value that exists is right.  Two values are equal if they
are of one class and their fields are.  `copy.replace(value, field=other)` makes a new value; it, `copy` and
`pickle` call the class with all fields, so that whatever they make is checked as well.

`__match_args__` names all fields.  Each is a slot: there is no room for anything else.

The library's dataclasses do the same, and take most of the time of importing the core (docs/adr/0014).
Out of scope: fields whose contents change.  A list in a field breaks the promise; use a tuple.
"""

from riff_critical.declarations import Any, Callable, ClassVar, Mapping, Self, dataclass_transform
from riff_critical.errors import InvalidInputError, RefusedError


class FrozenValueError(RefusedError, AttributeError):
    """A field of a value is never set again, nor deleted."""

    code = "value-frozen"


class FieldsError(InvalidInputError, TypeError):
    """A value was to be made with a field missing, unknown or given twice."""

    code = "value-fields"


class _ValueClass(type):
    """The class of a class of values: makes slots of its annotations, except those that say `ClassVar`."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> "_ValueClass":
        annotated = body.get("__annotations__", {})
        own = {
            field: kind
            for field, kind in annotated.items()
            if getattr(kind, "__origin__", None) is not ClassVar
        }
        kinds: dict[str, object] = {}
        defaults: dict[str, object] = {}
        for base in bases:
            kinds |= getattr(base, "_kinds", {})
            defaults |= getattr(base, "_defaults", {})
        kinds |= own
        defaults |= {field: body.pop(field) for field in own if field in body}
        body |= {
            "__slots__": tuple(own),
            "__match_args__": tuple(kinds),
            "_kinds": kinds,
            "_defaults": defaults,
        }
        return super().__new__(cls, name, bases, body)

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> None:
        super().__init__(name, bases, body)
        cls._setters = tuple(getattr(cls, field).__set__ for field in body["__match_args__"])


@dataclass_transform(frozen_default=True)
class Value(metaclass=_ValueClass):
    """Base of all values."""

    __match_args__: ClassVar[tuple[str, ...]]
    _kinds: ClassVar[Mapping[str, object]]
    """The fields, each with the type that it is declared with."""
    _defaults: ClassVar[Mapping[str, object]]
    _setters: ClassVar[tuple[Callable[[object, object], None], ...]]
    """Of the slots: they alone can set a field, because `__setattr__` refuses."""

    def __init__(self, *values: object, **named: object) -> None:
        """Take the fields.

        Raises:
            FieldsError: they are not the fields of the class, each once.
        """
        if named or len(values) != len(self._setters):
            values = self._completed(values, named)
        for put, value in zip(self._setters, values, strict=True):
            put(self, value)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Check what the fields hold; a class that has something to check does it here."""

    def _completed(self, values: tuple[object, ...], named: dict[str, object]) -> tuple[object, ...]:
        """All fields in their order: those by position, then by name or by default."""
        names = self.__match_args__
        known = {**self._defaults, **named}
        rest = names[len(values) :]
        if len(values) > len(names) or not named.keys() <= set(rest) <= known.keys():
            raise FieldsError(f"{type(self).__name__} has the fields {', '.join(names)}")
        return (*values, *[known[name] for name in rest])

    def _fields(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in self.__match_args__])

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenValueError(f"{type(self).__name__}.{name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise FrozenValueError(f"{type(self).__name__}.{name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash(self._fields())

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __reduce__(self) -> tuple[type[Self], tuple[object, ...]]:
        return type(self), self._fields()

    def __replace__(self, **changes: object) -> Self:
        """Another value, with other fields; this one stays as it is."""
        return type(self)(**dict(zip(self.__match_args__, self._fields(), strict=True)) | changes)
