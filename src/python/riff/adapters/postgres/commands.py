"""Answers to commands, by idempotency key."""

from datetime import datetime
from typing import Final

import attrs

from riff.adapters.postgres.connection import Database
from riff.domain.checkout.checkout import RequestKey
from riff.ports.replies import StoredReply

# A claim is a lock and not a row: it vanishes with a transaction that fails, and answers are only ever
# inserted.  The answer's primary key refuses a second one whatever the code does.
_CLAIM: Final = """
    SELECT pg_advisory_xact_lock(hashtextextended(%(scope)s || ' ' || %(key)s, 1))
"""

_FIND: Final = """
    SELECT digest, status, body, location FROM command WHERE scope = %(scope)s AND key = %(key)s
"""

_ANSWER: Final = """
    INSERT INTO command (scope, key, digest, status, body, location)
    VALUES (%(scope)s, %(key)s, %(digest)s, %(status)s, %(body)s, %(location)s)
"""


@attrs.frozen
class PostgresCommandStore:
    """Honours `riff.ports.stores.CommandStore`."""

    _database: Database

    def claim(self, request: RequestKey, at: datetime) -> StoredReply | None:  # noqa: ARG002 - the database dates the answer, which outlives the claim
        """Claim a key for this transaction, or return the reply that was stored under it.

        Raises:
            KeyReusedError: the key belongs to another request.
        """
        self._database.run(_CLAIM, {"scope": request.scope, "key": request.key})
        row = self._database.row(_FIND, {"scope": request.scope, "key": request.key})
        if row is None:
            return None
        request.require_same(row["digest"])
        return StoredReply(row["status"], row["body"], row["location"])

    def answer(self, request: RequestKey, reply: StoredReply) -> None:
        """Store the reply under a key that this transaction has claimed."""
        self._database.run(
            _ANSWER,
            {
                "scope": request.scope,
                "key": request.key,
                "digest": request.digest,
                "status": reply.status,
                "body": reply.body,
                "location": reply.location,
            },
        )
