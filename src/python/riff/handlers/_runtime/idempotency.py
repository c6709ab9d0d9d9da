"""Commands that are safe to repeat: the caller's key, what it stands for, and the stored answer."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, Final

from riff import wiring
from riff.domain.accounts.actor import Actor
from riff.domain.checkout.checkout import RequestKey
from riff.errors import InvalidRequestError
from riff.handlers._runtime.gateway import Incoming
from riff.handlers._runtime.reply import Created, Ok, Reply, to_store
from riff_critical.encoding import canonical_json, frame

HEADER: Final = "Idempotency-Key"
# Printable ASCII; long enough that two callers rarely choose the same, short enough for an index.
KEY_PATTERN: Final = r"[!-~]{8,64}"
_TAG: Final = "riff.request.1"


def key_of(incoming: Incoming) -> str:
    """The key that the caller chose.

    Raises:
        InvalidRequestError: the header is absent, or not 8 to 64 printable characters.
    """
    key = incoming.headers.get(HEADER.lower())
    if key is None:
        raise InvalidRequestError("A command needs an idempotency key.", [(HEADER, "is missing")])
    if not re.fullmatch(KEY_PATTERN, key):
        raise InvalidRequestError(
            "The idempotency key is not valid.", [(HEADER, "must be 8 to 64 printable ASCII characters")]
        )
    return key


def request_key(incoming: Incoming, operation: str, actor: Actor, key: str) -> RequestKey:
    """What recognises a repeat: the key among those of this actor and operation, and what was asked."""
    asked = frame(
        _TAG,
        incoming.method.encode(),
        incoming.route.encode(),
        json.dumps(incoming.variables, sort_keys=True).encode(),
        # White space and the order of members are the sender's business, so they do not count.
        canonical_json(incoming.json()) if incoming.body else b"",
    )
    return RequestKey(f"{operation} {actor.label}", key, hashlib.sha256(asked).digest())


def answered(request: RequestKey, run: Callable[[], Ok[Any] | Created[Any]]) -> Reply:
    """The stored reply, or the reply of `run`, stored in the transaction that the caller has begun.

    A secret is told once: more roles read the stored replies than may know it, and they are kept for ever.

    Raises:
        KeyReusedError: the key belongs to another request.
    """
    services = wiring.services()
    with services.transactions.begin() as work:
        stored = work.commands.claim(request, services.clock.now())
        if stored is not None:
            return Reply.stored(stored)
        result = run()
        work.commands.answer(request, to_store(result))
        return Reply.of(result)
