"""A reply as it is kept for a caller who asks again."""

import attrs


@attrs.frozen
class StoredReply:
    """What the first caller was told.

    Attributes:
        status: HTTP status; kept as a number, since only the edge gives it meaning.
        body: JSON text.
        location: where the new thing is, or None.
    """

    status: int
    body: str
    location: str | None = None
