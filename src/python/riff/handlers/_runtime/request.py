"""What a handler sees of a request."""

from collections.abc import Mapping
from uuid import UUID

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.checkout.checkout import RequestKey
from riff.errors import InvalidRequestError, NotFoundError
from riff.handlers._runtime import wire
from riff.handlers._runtime.gateway import Incoming
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.media import Media, prefers_xml


@attrs.frozen
class RawBody:
    """A body whose bytes matter as they are, since a signature covers them."""

    headers: Mapping[str, str]
    content: bytes = attrs.field(repr=False)


@attrs.frozen
class Request[Body]:
    """What a handler sees of a request.

    Attributes:
        body: the parsed body; None for an operation without one.
        actor: who asks.
    """

    body: Body
    actor: Actor
    _incoming: Incoming
    _key: RequestKey | None

    @property
    def idempotency_key(self) -> RequestKey:
        """What recognises a repeat of this command."""
        if self._key is None:
            raise RuntimeError("the endpoint declares no idempotency key")
        return self._key

    def path_id(self, name: str) -> UUID:
        """An identifier in the path.

        Raises:
            NotFoundError: it is not an identifier, so nothing can have it.
        """
        found = wire.parse_id(self._incoming.variables[name])
        if found is None:
            raise NotFoundError("There is no such thing, or it is not visible to you.")
        return found

    def path_name(self, name: str) -> str:
        """What names a thing in the path, where that is another text than an identifier."""
        return self._incoming.variables[name]

    def header(self, name: str) -> str | None:
        """A header, in whatever case it was sent, or None."""
        return self._incoming.headers.get(name.lower())

    def query_text(self, name: str) -> str | None:
        """A parameter after the question mark, or None."""
        values = self._incoming.query.get(name)
        return values[0] if values else None

    def media(self, root: str) -> Media:
        """How the reply is to be written: as the parameter `format` says, else as `Accept` does.

        Args:
            root: name of the outermost element when it is XML.

        Raises:
            InvalidRequestError: the parameter names another format.
        """
        asked = self.query_text("format")
        if asked not in {None, "json", "xml"}:
            raise InvalidRequestError("A parameter is not valid.", [("format", "must be json or xml")])
        is_xml = prefers_xml(self._incoming.headers.get("accept", "")) if asked is None else asked == "xml"
        return Media(root if is_xml else None)

    def query_number(self, name: str, limit: Between, default: int) -> int:
        """A number after the question mark.

        Raises:
            InvalidRequestError: it is not a number, or outside its limit.
        """
        text = self.query_text(name)
        if text is None:
            return default
        number = (
            int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(limit.most)) else None
        )
        refusal = limit.refusal(number)
        if number is None or refusal:
            raise InvalidRequestError("A parameter is not valid.", [(name, str(refusal))])
        return number
