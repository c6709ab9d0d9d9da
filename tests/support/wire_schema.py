"""The JSON schema that a class of the edge stands for, derived from its types and limits."""

import types
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

import attrs

from riff.handlers._runtime.limits import Between, Items, Length, Matches

type Schema = dict[str, Any]

_PLAIN: Mapping[object, Schema] = {
    int: {"type": "integer", "format": "int64"},
    bool: {"type": "boolean"},
    str: {"type": "string"},
    UUID: {"type": "string", "format": "uuid"},
    datetime: {"type": "string", "format": "date-time"},
}


def object_schema(kind: type, *, closed: bool) -> Schema:
    """The schema of a class, its members that are classes by reference.

    Args:
        kind: a class of attrs.
        closed: whether it is read, and so refuses unknown members; else it is written.
    """
    attrs.resolve_types(kind, include_extras=True)
    members = attrs.fields(kind)
    schema: Schema = {"type": "object", "properties": {m.name: _member(m, closed=closed) for m in members}}
    required = [m.name for m in members if _required(m, closed=closed)]
    if required:
        schema["required"] = required
    if closed:
        schema["additionalProperties"] = False
    return schema


def classes_within(kind: object) -> dict[str, type]:
    """The classes that a type consists of, by name, itself included."""
    found: dict[str, type] = {}
    for part in get_args(kind):
        found |= classes_within(part)
    if isinstance(kind, type) and attrs.has(kind):
        attrs.resolve_types(kind, include_extras=True)
        found[kind.__name__] = kind
        for member in attrs.fields(kind):
            found |= classes_within(member.type)
    return found


def _required(member: "attrs.Attribute[Any]", *, closed: bool) -> bool:
    if closed:
        return member.default is attrs.NOTHING
    return types.NoneType not in get_args(member.type)


def _member(member: "attrs.Attribute[Any]", *, closed: bool) -> Schema:
    schema = _schema(member.type)
    if closed and member.default is not attrs.NOTHING and member.default is not None:
        default = member.default
        schema["default"] = default.value if isinstance(default, Enum) else default
    return schema


def _schema(kind: Any) -> Schema:  # noqa: ANN401 - any annotation
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    return _composed(get_origin(kind), get_args(kind)) or {"$ref": f"#/components/schemas/{kind.__name__}"}


def _composed(origin: object, parts: tuple[Any, ...]) -> Schema | None:
    if origin is Annotated:
        schema = _schema(parts[0])
        for limit in parts[1:]:
            schema |= _limit(limit)
        return schema
    if origin in {types.UnionType, Union}:
        (plain,) = (part for part in parts if part is not types.NoneType)
        return _schema(plain)
    if origin in {tuple, frozenset}:
        unique = {"uniqueItems": True} if origin is frozenset else {}
        return {"type": "array", "items": _schema(parts[0]), **unique}
    return None


def _limit(limit: object) -> Schema:
    match limit:
        case Between(least, most):
            return {"minimum": least, "maximum": most}
        case Length(least, most):
            return {"minLength": least, "maxLength": most}
        case Items(least, most):
            return {"minItems": least, "maxItems": most}
        case Matches(pattern, _):
            return {"pattern": f"^{pattern}$"}
    raise TypeError(f"a limit that OpenAPI does not know: {limit}")
