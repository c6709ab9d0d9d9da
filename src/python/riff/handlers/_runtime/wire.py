"""JSON at the edge: strict when read, plain when written.

Read: a member has exactly the declared type (`"3"` is not 3, `true` is not 1), unknown members are refused,
an absent value is a member left out and never null, and every violation is reported with its JSON pointer.
Written: instants in RFC 3339, enums by value, sets in order, and what is None is left out.
Kept: as written, but for the secrets: the members that a class keeps out of its text (`repr=False`).
"""

import json
import re
import types
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import Enum, StrEnum
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

import attrs
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from riff.domain.instants import format_instant, parse_instant
from riff.errors import InvalidRequestError

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
# What no column, log line or mail header should ever meet: controls, and halves of surrogate pairs.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# A body that is wrong everywhere need not be listed to its end.
_MOST_VIOLATIONS = 20

type _Hook = Callable[[Any, Any], Any]


class _MemberRefusedError(ValueError):
    """One member is wrong; the message says how."""


def read[Body](value: object, kind: type[Body]) -> Body:
    """A parsed JSON value as `kind`.

    Raises:
        InvalidRequestError: with a violation for every member that is wrong, up to a limit.
    """
    try:
        return _converter.structure(value, kind)
    except (ClassValidationError, IterableValidationError, _MemberRefusedError) as error:
        violations = sorted(set(_violations(error, "")))[:_MOST_VIOLATIONS]
        raise InvalidRequestError("Some of what was sent is not valid.", violations) from error


def prepare(kind: type) -> None:
    """Compile the reader of a class ahead of the first request, while the function starts.

    Raises:
        StructureHandlerNotFoundError: the class has a member of a type that JSON cannot carry.
    """
    _converter.get_structure_hook(kind)


def document(value: object) -> Any:  # noqa: ANN401 - whatever JSON can carry
    """A value in the terms of JSON: mappings, lists, texts and numbers."""
    return _converter.unstructure(value)


def document_to_keep(value: object) -> Any:  # noqa: ANN401 - whatever JSON can carry
    """A value in the terms of JSON, without its secrets."""
    return _keeper.unstructure(value)


def write(value: object) -> str:
    """A value as JSON text."""
    return json.dumps(document(value), separators=(",", ":"))


def parse_id(text: str) -> UUID | None:
    """The identifier in its one canonical spelling, or None."""
    return UUID(text) if _UUID.fullmatch(text) else None


def _violations(error: BaseException, pointer: str) -> Iterator[tuple[str, str]]:
    match error:
        case ClassValidationError():
            members, others = error.group_exceptions()
            for inner, member in members:
                yield from _violations(inner, f"{pointer}/{_escaped(member.name)}")
            for other in others:
                yield from _violations(other, pointer)
        case IterableValidationError():
            for inner, entry in error.group_exceptions()[0]:
                yield from _violations(inner, f"{pointer}/{entry.index}")
        case ForbiddenExtraKeysError():
            for name in error.extra_fields:
                yield f"{pointer}/{_escaped(name)}", "is not known here"
        case KeyError():
            yield pointer, "is missing"
        case _:
            yield pointer, str(error.args[0])


def _escaped(name: str) -> str:
    return name[:64].replace("~", "~0").replace("/", "~1")


def _exactly(kind: type, description: str) -> _Hook:
    def accept(value: object, _: object) -> object:
        if type(value) is not kind:
            raise _MemberRefusedError(f"must be {description}")
        return value

    return accept


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise _MemberRefusedError("must be a string")
    if _UNPRINTABLE.search(value):
        raise _MemberRefusedError("must not hold control characters or halves of characters")
    return value


def _identifier(value: object, kind: object) -> UUID:
    found = parse_id(_text(value, kind))
    if found is None:
        raise _MemberRefusedError("must be a UUID")
    return found


def _instant(value: object, kind: object) -> datetime:
    text = _text(value, kind)
    try:
        if _INSTANT.fullmatch(text):
            return parse_instant(text)
    except (ValueError, OverflowError):
        pass  # the digits name no day or no time of day; the answer is the same
    raise _MemberRefusedError("must be an instant with its offset, such as 2026-05-01T18:00:00Z")


def _member(value: object, kind: type[Enum]) -> Enum:
    if isinstance(value, str) and value in kind:
        return kind(value)
    raise _MemberRefusedError(f"must be one of {', '.join(str(member.value) for member in kind)}")


_SCALARS: Mapping[type, _Hook] = {
    int: _exactly(int, "an integer"),
    bool: _exactly(bool, "true or false"),
    str: _text,
    UUID: _identifier,
    datetime: _instant,
    Enum: _member,
    StrEnum: _member,  # else the hook for str would serve it
}


def _object_of(kind: type) -> _Hook:
    inner: _Hook = make_dict_structure_fn(kind, _converter, _cattrs_forbid_extra_keys=True)

    def accept(value: object, target: object) -> object:
        if type(value) is not dict:
            raise _MemberRefusedError("must be an object")
        return inner(value, target)

    return accept


def _list_of(kind: type) -> _Hook:
    entries = types.GenericAlias(list, get_args(kind)[0])
    inner: _Hook = _converter.get_structure_hook(entries)
    collect = tuple if get_origin(kind) is tuple else frozenset

    def accept(value: object, _: object) -> object:
        if type(value) is not list:
            raise _MemberRefusedError("must be an array")
        found = inner(value, entries)
        if collect is frozenset and len(set(found)) != len(found):
            raise _MemberRefusedError("must not repeat an entry")
        return collect(found)

    return accept


def _limited(kind: object) -> _Hook:
    plain, *limits = get_args(kind)
    inner = _converter.get_structure_hook(plain)

    def accept(value: object, _: object) -> object:
        found = inner(value, plain)
        for refusal in filter(None, (limit.refusal(found) for limit in limits)):
            raise _MemberRefusedError(refusal)
        return found

    return accept


def _present(kind: object) -> _Hook:
    """`X | None` means that the member may be left out; sent, it is an X."""
    (plain,) = (part for part in get_args(kind) if part is not types.NoneType)
    inner = _converter.get_structure_hook(plain)

    def accept(value: object, _: object) -> object:
        if value is None:
            raise _MemberRefusedError("must be left out rather than null")
        return inner(value, plain)

    return accept


def _without_none(kind: type) -> Callable[[Any], Any]:
    return _members(make_dict_unstructure_fn(kind, _converter), frozenset())


def _without_secrets(kind: type) -> Callable[[Any], Any]:
    secret = frozenset(field.name for field in attrs.fields(kind) if field.repr is False)
    return _members(make_dict_unstructure_fn(kind, _keeper), secret)


def _members(inner: Callable[[Any], dict[str, Any]], unsaid: frozenset[str]) -> Callable[[Any], Any]:
    return lambda value: {
        name: member for name, member in inner(value).items() if member is not None and name not in unsaid
    }


def _generic(*origins: object) -> Callable[[object], bool]:
    return lambda kind: get_origin(kind) in origins


def _strict() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, hook in _SCALARS.items():
        converter.register_structure_hook(kind, hook)
    converter.register_unstructure_hook(UUID, str)
    converter.register_unstructure_hook(datetime, format_instant)
    converter.register_unstructure_hook_factory(
        _generic(frozenset),
        lambda _: lambda value: sorted(converter.unstructure(entry) for entry in value),
    )
    converter.register_unstructure_hook_factory(attrs.has, _without_none)
    converter.register_structure_hook_factory(attrs.has, _object_of)
    converter.register_structure_hook_factory(_generic(tuple, frozenset), _list_of)
    converter.register_structure_hook_factory(_generic(types.UnionType, Union), _present)
    converter.register_structure_hook_factory(_generic(Annotated), _limited)
    return converter


_converter = _strict()
_keeper = _strict()
_keeper.register_unstructure_hook_factory(attrs.has, _without_secrets)
