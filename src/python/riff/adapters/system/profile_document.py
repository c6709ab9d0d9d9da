"""Rule profiles as plain data: read strictly from the catalogue and from raffles, and written for raffles.

A table has only the keys of its class, a value exactly the declared type, and what the classes say between
keys must hold.  An absent key has its default.  The first fault ends the reading, and is told with its key.
"""

from collections.abc import Mapping
from enum import Enum
from types import UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

import attrs

from riff.domain.raffles.profile import RuleProfile
from riff.errors import ConfigurationError

type _Plain = str | int | bool | list[_Plain] | dict[str, _Plain]

_WORDS: Final[Mapping[type, str]] = {int: "an integer", bool: "true or false", str: "a string"}


class _FaultError(Exception):
    """A key is wrong; the arguments are the key and what is wrong with it."""


def read_profile(document: Mapping[str, object], source: str) -> RuleProfile:
    """A profile from plain data that names it.

    Args:
        document: keys and values, `name` among them.
        source: where the data come from, for whoever has to put them right.

    Raises:
        ConfigurationError: naming source and key.
    """
    try:
        profile: RuleProfile = _object(dict(document), RuleProfile, "")
    except _FaultError as error:
        key, fault = error.args
        raise ConfigurationError(f"{source}, key {key}" if key else source, fault) from error
    return profile


def read_catalogued(name: str, document: Mapping[str, object]) -> RuleProfile:
    """A profile of the catalogue, named by its file and by nothing in it.

    Raises:
        ConfigurationError: naming file and key.
    """
    source = f"catalogue/profiles/{name}.toml"
    if "name" in document:
        raise ConfigurationError(f"{source}, key name", "is not known: the file's name is the profile's")
    return read_profile({**document, "name": name}, source)


def write_profile(profile: RuleProfile) -> dict[str, _Plain]:
    """A profile as plain data that `read_profile` reads; what is None is left out."""
    document: dict[str, _Plain] = _written(profile)
    return document


def _read(value: object, kind: Any, key: str) -> Any:  # noqa: ANN401 - types are values here
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _read(value, next(argument for argument in arguments if argument is not type(None)), key)
    if origin in (tuple, frozenset):
        return _entries(value, origin, arguments[0], key)
    if attrs.has(kind):
        return _object(value, kind, key)
    if issubclass(kind, Enum):
        if not isinstance(value, str) or value not in kind:
            raise _FaultError(key, f"must be one of {', '.join(str(word.value) for word in kind)}")
        return kind(value)
    if type(value) is not kind:
        raise _FaultError(key, f"must be {_WORDS[kind]}")
    return value


def _entries(value: object, collection: type, kind: Any, key: str) -> Any:  # noqa: ANN401
    if type(value) is not list:
        raise _FaultError(key, "must be a list")
    entries = [_read(entry, kind, f"{key}[{index}]") for index, entry in enumerate(value)]
    if collection is frozenset and len(set(entries)) != len(entries):
        raise _FaultError(key, "names something twice")
    return collection(entries)


def _object(value: object, kind: type[Any], key: str) -> Any:  # noqa: ANN401
    if type(value) is not dict:
        raise _FaultError(key, "must be a table")
    prefix = f"{key}." if key else ""
    fields = attrs.fields_dict(kind)
    for name in value:
        if name not in fields:
            raise _FaultError(f"{prefix}{name}", "is not known")
    for name, field in fields.items():
        if name not in value and field.default is attrs.NOTHING:
            raise _FaultError(f"{prefix}{name}", "is missing")
    hints = get_type_hints(kind)
    members = {name: _read(member, hints[name], f"{prefix}{name}") for name, member in value.items()}
    try:
        return kind(**members)
    except ValueError as error:
        raise _FaultError(key, f"is refused: {error.args[0]}") from error


def _written(value: Any) -> Any:  # noqa: ANN401 - plain data of any depth
    if attrs.has(type(value)):
        members = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
        return {name: _written(member) for name, member in members if member is not None}
    if isinstance(value, frozenset):
        return sorted(_written(entry) for entry in value)
    if isinstance(value, tuple):
        return [_written(entry) for entry in value]
    return value.value if isinstance(value, Enum) else value
