"""Replies, from what a handler returns to what API Gateway expects."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

import attrs

from riff.handlers._runtime import wire
from riff.ports.replies import StoredReply

# Nothing is cached unless a handler says so: most replies belong to one caller or one instant.
_NOT_CACHED: Final = "no-store"


@attrs.frozen
class Ok[Body]:
    """It is so.

    Attributes:
        body: what is shown.
        cache_s: for how many seconds anyone may keep it; 0 for not at all.
    """

    status: ClassVar[int] = 200
    body: Body
    cache_s: int = 0
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
        return cls(result.status, wire.write(result.body), {"Cache-Control": caching}, result.location)

    @classmethod
    def stored(cls, reply: StoredReply) -> "Reply":
        """What an earlier request with the same key was told."""
        return cls(reply.status, reply.body, location=reply.location, replayed=True)

    @property
    def to_store(self) -> StoredReply:
        """What a later request with the same key will be told."""
        return StoredReply(self.status, self.body, self.location)

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
