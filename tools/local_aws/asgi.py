"""The shapes of an ASGI application, as far as the extension needs them."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> str:
    """The value of a request's header, empty if it has none."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), "")
