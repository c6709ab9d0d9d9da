"""Opaque cursors: a place in a list, handed out with one page and given back for the next."""

import base64
import binascii
import json

from riff.errors import InvalidRequestError
from riff.handlers._runtime import wire

PARAMETER = "cursor"


def encode(position: object) -> str:
    """The position as text that callers give back unread."""
    return base64.urlsafe_b64encode(wire.write(position).encode()).decode().rstrip("=")


def decode[Position](text: str | None, kind: type[Position]) -> Position | None:
    """The position that `encode` wrote; None for the first page.

    Raises:
        InvalidRequestError: the text is no cursor of this list.
    """
    if text is None:
        return None
    try:
        padded = text + "=" * (-len(text) % 4)
        return wire.read(json.loads(base64.b64decode(padded, altchars=b"-_", validate=True)), kind)
    except (binascii.Error, ValueError, RecursionError, InvalidRequestError) as error:
        raise InvalidRequestError(
            "The cursor is not valid.", [(PARAMETER, "must be a cursor of this list")]
        ) from error
