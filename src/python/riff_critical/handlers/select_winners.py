"""Lambda `select_winners`: conduct one attempt of a draw by the generator.

Event: a document with
    manifest, seal           M and S
    draw, attempt            which attempt
    started_at               when its start was recorded, Unix time in milliseconds
    fallbacks                modes of M that could not be used, each with its reason
    excluded                 slots that cannot win (riff_critical.draw.Transcript.excluded)
    opening                  s, the beacon's value, the contributions
    pool                     the pool in its compact form, deflated (RFC 1950), in base64; or null
A pool of a million orders takes less than a megabyte in this form, which fits the 6 MB of an invocation.
With null the pool is read from the file <root>.pool in the temporary directory, where an extension or a
mounted file system put it: the function itself never opens a connection.  Wherever it comes from, its root is
the one that S states.

Result: "attempt", the attempt as it stands in the transcript: winners, alternates, every block of the
generator, and the digest of the code that ran.

Requirement: SD/1, steps 6 to 9; GLI-31 2.6.4, 4.4.1-2.
Out of scope: manual draws (riff_critical.draw.conduct_by_hand), recording the start and the result.
"""

from riff_critical.declarations import Annotated, Final
from riff_critical.documents import Between, Document, DocumentError, Natural, Positive
from riff_critical.draw import Fallback, Manifest, Opening, Plan, Seal, conduct
from riff_critical.encoding import Json, NotBase64Error, unbase64
from riff_critical.errors import CorruptionError
from riff_critical.handlers.invocation import answer

MAX_POOL_BYTES: Final = 64 << 20  # in compact form: more than ten million orders
MAX_INVOCATION_BYTES: Final = 6 << 20  # of an AWS Lambda request


class PoolUnavailableError(CorruptionError):
    """The pool is neither in the event nor in the temporary directory."""

    code = "pool-unavailable"


class Request(Document):
    """The event."""

    manifest: Manifest
    seal: Seal
    draw: Positive
    attempt: Positive
    started_at: Natural
    fallbacks: Annotated[tuple[Fallback, ...], Between(0, 3)]
    excluded: Annotated[tuple[Natural, ...], Between(0, 100_000)]
    opening: Opening
    pool: Annotated[str, Between(1, MAX_INVOCATION_BYTES)] | None


def handler(event: object, context: object) -> dict[str, Json]:
    """Answer one invocation."""
    about: dict[str, Json] = {}
    return answer("select_winners", context, lambda digest: _select(event, digest, about), about)


def _select(event: object, digest: str, about: dict[str, Json]) -> dict[str, Json]:
    request = Request.from_json(event)
    about |= {"raffle": request.manifest.raffle, "draw": request.draw, "attempt": request.attempt}
    passed_over = tuple(fallback.mode for fallback in request.fallbacks)
    plan = Plan(
        request.manifest, request.seal, request.draw, request.attempt, request.started_at, passed_over
    )
    pool = _stored(plan.pool.root) if request.pool is None else _inflated(request.pool)
    code = bytes.fromhex(digest)
    attempt = conduct(plan, request.fallbacks, pool, request.opening, code, request.excluded)
    return {"attempt": attempt.to_json()}


def _inflated(text: str) -> bytes:
    """The pool of an event; the limit keeps a small text from filling the memory."""
    import zlib  # noqa: PLC0415  # as below

    stream = zlib.decompressobj()
    try:
        data = stream.decompress(unbase64(text), MAX_POOL_BYTES)
    except (NotBase64Error, zlib.error) as error:
        raise DocumentError("the pool is not deflated data in base64") from error
    if not stream.eof or stream.unused_data:
        raise DocumentError(f"the pool is cut off, too long, or more than {MAX_POOL_BYTES} bytes")
    return data


def _stored(root: bytes) -> bytes:
    """The pool in the temporary directory; the name is a root, so that no event can name another file."""
    from pathlib import Path  # noqa: PLC0415  # slow to import, as all three
    from tempfile import gettempdir  # noqa: PLC0415

    path = Path(gettempdir(), f"{root.hex()}.pool")
    try:
        return path.read_bytes()
    except OSError as error:
        raise PoolUnavailableError(f"no file {path.name}") from error
