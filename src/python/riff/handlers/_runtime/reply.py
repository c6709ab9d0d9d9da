"""Replies, from what a handler returns to what API Gateway expects."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, ClassVar, Final

import attrs

from riff.handlers._runtime import media, wire
from riff.handlers._runtime.media import Media
from riff.ports.replies import StoredReply

# Nothing is cached unless a handler says so: most replies belong to one caller or one instant.
_NOT_CACHED: Final = "no-store"
_NOT_MODIFIED: Final = 304


@attrs.frozen
class Ok[Body]:
    """It is so.

    Attributes:
        body: what is shown.
        cache_s: for how many seconds anyone may keep it; 0 for not at all.
        media: how it is written.
        same_but_for: names of members that alone do not make it another answer: who has it already is told
            just that.  Without them the caller is given no means to ask so.
    """

    status: ClassVar[int] = 200
    body: Body
    cache_s: int = 0
    media: Media = Media()  # noqa: RUF009 - frozen
    same_but_for: tuple[str, ...] = ()
    location: ClassVar[str | None] = None


@attrs.frozen
class Created[Body]:
    """It exists from now on.

    Attributes:
        body: what was made.
        location: its path, as OpenAPI names it.
    """

    status: ClassVar[int] = 201
    body: Body
    location: str
    cache_s: ClassVar[int] = 0
    media: ClassVar[Media] = Media()
    same_but_for: ClassVar[tuple[str, ...]] = ()


@attrs.frozen
class Reply:
    """A reply ready to be sent.

    Attributes:
        status: HTTP status.
        body: JSON text.
        headers: beside those that every reply has.
        location: path of what was made, without the gateway's prefix, or None.
        replayed: whether an earlier request had the same answer stored.
    """

    status: int
    body: str
    headers: Mapping[str, str] = attrs.field(factory=dict)
    location: str | None = None
    replayed: bool = False

    @classmethod
    def of(cls, result: "Ok[Any] | Created[Any]") -> "Reply":
        """What a handler returned, written out."""
        caching = f"public, max-age={result.cache_s}" if result.cache_s else _NOT_CACHED
        document = wire.document(result.body)
        headers = {
            "Cache-Control": caching,
            "Content-Type": result.media.content_type,
            **_validator(document, result),
        }
        return cls(result.status, _written(document, result.media), headers, result.location)

    def unless(self, known: str | None) -> "Reply":
        """This reply, or the news that the caller has it already.

        Args:
            known: what the request says in `If-None-Match`.
        """
        tag = self.headers.get("ETag")
        tags = [] if known is None else [entry.strip() for entry in known.split(",")]
        if tag is None or not ({tag, "*"} & set(tags)):
            return self
        return attrs.evolve(self, status=_NOT_MODIFIED, body="")

    @classmethod
    def stored(cls, reply: StoredReply) -> "Reply":
        """What an earlier request with the same key was told."""
        return cls(reply.status, reply.body, location=reply.location, replayed=True)

    def event(self, prefix: str) -> Mapping[str, Any]:
        """The reply in the words of API Gateway's proxy integration."""
        headers = {
            "Content-Type": "application/json",
            "Cache-Control": _NOT_CACHED,
            "X-Content-Type-Options": "nosniff",
            **self.headers,
        }
        if self.location is not None:
            headers["Location"] = prefix + self.location
        return {"statusCode": self.status, "headers": headers, "body": self.body, "isBase64Encoded": False}


def to_store(result: "Ok[Any] | Created[Any]") -> StoredReply:
    """What a later request with the same key will be told: all but the secrets."""
    kept = wire.document_to_keep(result.body)
    return StoredReply(result.status, _written(kept, result.media), result.location)


def _written(document: Any, how: Media) -> str:  # noqa: ANN401 - whatever JSON can carry
    if how.root is None:
        return json.dumps(document, separators=(",", ":"))
    return media.xml(how.root, document)


def _validator(document: Any, result: "Ok[Any] | Created[Any]") -> Mapping[str, str]:  # noqa: ANN401
    """A weak tag: equal for answers that say the same, whenever they were given (RFC 9110 8.8.3)."""
    if not result.same_but_for:
        return {}
    lasting = {name: value for name, value in document.items() if name not in result.same_but_for}
    text = _written(lasting, result.media)
    return {"ETag": f'W/"{sha256(text.encode()).hexdigest()[:32]}"', "Vary": "Accept"}
