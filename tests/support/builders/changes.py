"""Values that differ from another in a few fields."""

from collections.abc import Mapping

import attrs


def changed[Value: attrs.AttrsInstance](value: Value, changes: Mapping[str, object]) -> Value:
    """The value with other contents in the named fields; its validators run again."""
    fields = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    return type(value)(**{**fields, **changes})
