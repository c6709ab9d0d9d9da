"""The words of declarations: `Final`, `Annotated`, `Callable` and their like.

For what checks types they are the library's own.  When the core runs they are stand-ins that say nothing,
except that `Annotated` and `ClassVar` can be told from a type and keep what they were given, for
riff_critical.documents and values to read.  Importing `typing` for them takes too long (docs/adr/0014).
"""

TYPE_CHECKING = False  # whatever checks types takes it for true
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Sized
    from collections.abc import Set as AbstractSet
    from typing import Annotated, Any, ClassVar, Final, Protocol, Self, cast, dataclass_transform
else:
    from _collections_abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Sized
    from _collections_abc import Set as AbstractSet

    Any = Protocol = Self = object

    class Annotated:
        """A type and its rules: the `__args__` of what the brackets give."""

        __class_getitem__ = classmethod(type(list[int]))

    class ClassVar(Annotated):
        """What is of the class."""

    Final = ClassVar

    def cast(_kind: object, value: object) -> object:
        """The value itself."""
        return value

    def dataclass_transform(**_how: bool) -> Callable[[type], type]:
        """Leave the class as it is."""
        return lambda kind: kind


__all__ = [
    "TYPE_CHECKING",
    "AbstractSet",
    "Annotated",
    "Any",
    "Callable",
    "ClassVar",
    "Collection",
    "Final",
    "Iterable",
    "Iterator",
    "Mapping",
    "Protocol",
    "Self",
    "Sequence",
    "Sized",
    "cast",
    "dataclass_transform",
]
