"""The media types in which a reply can be written: JSON, and XML for those who read nothing else."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import attrs

JSON: Final = "application/json"
XML: Final = "application/xml"
_XML_NAMES: Final = frozenset({XML, "text/xml"})


@attrs.frozen
class Media:
    """How a reply is written.

    Attributes:
        root: name of the outermost element when it is XML; None for JSON.
    """

    root: str | None = None

    @property
    def content_type(self) -> str:
        """As the reply's header says it."""
        return JSON if self.root is None else f"{XML}; charset=utf-8"


def prefers_xml(accept: str) -> bool:
    """Whether a caller who accepts this wants XML; JSON where it is all the same (RFC 9110 12.5.1)."""
    xml, json = 0.0, 0.0
    for entry in accept.split(","):
        name, _, parameters = entry.strip().lower().partition(";")
        weight = _weight(parameters)
        if name.strip() in _XML_NAMES:
            xml = max(xml, weight)
        elif name.strip() == JSON:
            json = max(json, weight)
    return xml > json


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            return float(value) if value.replace(".", "", 1).isdecimal() and value.isascii() else 0.0
    return 1.0


def xml(root: str, document: Mapping[str, object]) -> str:
    """A document as XML: members become elements, entries of `things` become elements `thing`."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_element(root, document)}\n'


def _element(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        inner = "".join(_element(str(member), content) for member, content in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        inner = "".join(_element(name.removesuffix("s"), entry) for entry in value)
    elif isinstance(value, bool):
        inner = "true" if value else "false"
    else:
        inner = escape(str(value), quote=False)
    return f"<{name}>{inner}</{name}>"
