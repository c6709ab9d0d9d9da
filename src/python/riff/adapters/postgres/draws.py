"""What happens in draws: starts, openings, entries, results, approvals.  Inserted once and never changed."""

from copy import replace
from datetime import datetime
from typing import Final

import attrs
from psycopg.rows import DictRow

from riff.adapters.postgres.connection import Database
from riff.domain.draws.records import Approval, Decision, Declaration, DrawnNumber, DrawStart
from riff.domain.identifiers import RaffleId
from riff_critical.documents import parse
from riff_critical.draw import Attempt, BeaconValue, Contribution, Fallback, Substitution
from riff_critical.encoding import canonical_json

_START: Final = """
    INSERT INTO draw_start (raffle_id, draw, attempt, started_at, fallbacks, started_by, request)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(started_at)s, %(fallbacks)s, %(started_by)s, %(request)s)
    ON CONFLICT ON CONSTRAINT draw_start_once DO NOTHING
"""

_STARTED: Final = """
    SELECT draw, attempt, started_at, fallbacks, started_by, request FROM draw_start
    WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND attempt = %(attempt)s
"""

_KEEP_VALUE: Final = """
    INSERT INTO draw_beacon_value (raffle_id, draw, attempt, value)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(value)s)
    ON CONFLICT (raffle_id, draw, attempt) DO NOTHING
"""

_KEPT_VALUE: Final = """
    SELECT value FROM draw_beacon_value
    WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND attempt = %(attempt)s
"""

_OPEN_CONTRIBUTION: Final = """
    INSERT INTO draw_contribution (raffle_id, draw, attempt, party, value, opened_at, opened_by)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(party)s, %(value)s, %(opened_at)s, %(opened_by)s)
    ON CONFLICT (raffle_id, draw, attempt, party) DO NOTHING
"""

_CONTRIBUTIONS: Final = """
    SELECT party, value, opened_at FROM draw_contribution
    WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND attempt = %(attempt)s ORDER BY party
"""

_ENTER: Final = """
    INSERT INTO draw_entry (raffle_id, draw, attempt, place, round, official, slot)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(place)s, %(round)s, %(official)s, %(slot)s)
    ON CONFLICT (raffle_id, draw, attempt, place, round, official) DO NOTHING
"""

_ENTERED: Final = """
    SELECT draw, attempt, place, round, official, slot FROM draw_entry
    WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND attempt = %(attempt)s
    ORDER BY place, round, official
"""

_CONCLUDE: Final = """
    INSERT INTO draw_result (raffle_id, draw, attempt, failed, document, concluded_at)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(failed)s, %(document)s, %(concluded_at)s)
"""

_SUBSTITUTE: Final = """
    INSERT INTO draw_substitution (raffle_id, draw, attempt, alternate, winner, at, reason, officials)
    SELECT raffle_id, draw, attempt, %(alternate)s, %(winner)s, %(at)s, %(reason)s, %(officials)s
    FROM draw_result WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND NOT failed
"""

_ATTEMPTS: Final = """
    SELECT draw, attempt, document FROM draw_result WHERE raffle_id = %(raffle_id)s ORDER BY draw, attempt
"""

_SUBSTITUTIONS: Final = """
    SELECT draw, attempt, alternate, winner, at, reason, officials FROM draw_substitution
    WHERE raffle_id = %(raffle_id)s ORDER BY draw, alternate
"""

_APPROVE: Final = """
    INSERT INTO draw_approval (
        raffle_id, draw, attempt, decision, winner, round, approved_by, reason, approved_at)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(decision)s, %(winner)s, %(round)s, %(approved_by)s,
        %(reason)s, %(approved_at)s)
    ON CONFLICT (raffle_id, draw, attempt, decision, winner, round, approved_by) DO NOTHING
"""

_APPROVALS: Final = """
    SELECT draw, attempt, decision, winner, round, approved_by, reason, approved_at FROM draw_approval
    WHERE raffle_id = %(raffle_id)s AND draw = %(draw)s AND attempt = %(attempt)s
    ORDER BY approved_at, approved_by
"""

_DECLARE: Final = """
    INSERT INTO draw_declaration (raffle_id, draw, attempt, declared_by, declared_at)
    VALUES (%(raffle_id)s, %(draw)s, %(attempt)s, %(declared_by)s, %(declared_at)s)
"""

_DECLARATIONS: Final = """
    SELECT draw, attempt, declared_by, declared_at FROM draw_declaration
    WHERE raffle_id = %(raffle_id)s ORDER BY draw
"""

# The transaction has locked the raffle, so that nobody else takes the same revision.
_PUBLISH: Final = """
    INSERT INTO draw_transcript (raffle_id, revision, transcript, digest, published_at)
    SELECT %(raffle_id)s, coalesce(max(revision), 0) + 1, %(transcript)s, %(digest)s, %(published_at)s
    FROM draw_transcript WHERE raffle_id = %(raffle_id)s
"""

_TRANSCRIPT: Final = """
    SELECT transcript FROM draw_transcript WHERE raffle_id = %(raffle_id)s ORDER BY revision DESC LIMIT 1
"""


@attrs.frozen
class PostgresDrawStore:
    """Honours `riff.ports.draws.DrawStore`."""

    _database: Database

    def start(self, raffle_id: RaffleId, start: DrawStart) -> bool:
        """Store the start of an attempt; False when it was started before."""
        record = attrs.asdict(start, recurse=False) | {
            "raffle_id": raffle_id,
            "fallbacks": canonical_json([each.to_json() for each in start.fallbacks]).decode(),
        }
        return self._database.run(_START, record) == 1

    def started(self, raffle_id: RaffleId, draw: int, attempt: int) -> DrawStart | None:
        """The start of an attempt, or None."""
        row = self._database.row(_STARTED, _place(raffle_id, draw, attempt))
        return None if row is None else _started(row)

    def keep_value(self, raffle_id: RaffleId, draw: int, attempt: int, value: BeaconValue) -> None:
        """Remember that the beacon's value of an attempt was seen; keeping it again changes nothing."""
        self._database.run(
            _KEEP_VALUE, _place(raffle_id, draw, attempt) | {"value": value.to_bytes().decode()}
        )

    def kept_value(self, raffle_id: RaffleId, draw: int, attempt: int) -> BeaconValue | None:
        """The beacon's value of an attempt, once it was seen."""
        row = self._database.row(_KEPT_VALUE, _place(raffle_id, draw, attempt))
        return None if row is None else BeaconValue.from_bytes(row["value"].encode())

    def open_contribution(
        self, raffle_id: RaffleId, draw: int, attempt: int, contribution: Contribution, by: str
    ) -> bool:
        """Store what a party was committed to; False when it is open already."""
        opened = _place(raffle_id, draw, attempt) | {
            "party": contribution.party,
            "value": contribution.value,
            "opened_at": contribution.opened_at,
            "opened_by": by,
        }
        return self._database.run(_OPEN_CONTRIBUTION, opened) == 1

    def contributions(self, raffle_id: RaffleId, draw: int, attempt: int) -> tuple[Contribution, ...]:
        """What was opened for an attempt, by party."""
        rows = self._database.rows(_CONTRIBUTIONS, _place(raffle_id, draw, attempt))
        return tuple(Contribution(row["party"], row["value"], row["opened_at"]) for row in rows)

    def enter(self, raffle_id: RaffleId, number: DrawnNumber) -> bool:
        """Store what an official entered; False when that person has entered something there."""
        return self._database.run(_ENTER, attrs.asdict(number) | {"raffle_id": raffle_id}) == 1

    def entered(self, raffle_id: RaffleId, draw: int, attempt: int) -> tuple[DrawnNumber, ...]:
        """Everything that was entered for an attempt, by place, round and official."""
        rows = self._database.rows(_ENTERED, _place(raffle_id, draw, attempt))
        return tuple(DrawnNumber(**row) for row in rows)

    def conclude(self, raffle_id: RaffleId, attempt: Attempt, at: datetime) -> None:
        """Store how an attempt ended: its result, or its failure.  A draw has one result."""
        self._database.run(
            _CONCLUDE,
            _place(raffle_id, attempt.draw, attempt.attempt)
            | {
                "failed": attempt.failure is not None,
                "document": attempt.to_bytes().decode(),
                "concluded_at": at,
            },
        )

    def substitute(self, raffle_id: RaffleId, draw: int, substitution: Substitution) -> None:
        """Store that an alternate takes a winner's place."""
        self._database.run(
            _SUBSTITUTE,
            {
                "raffle_id": raffle_id,
                "draw": draw,
                "alternate": substitution.alternate,
                "winner": substitution.winner,
                "at": substitution.at,
                "reason": substitution.reason,
                "officials": list(substitution.officials),
            },
        )

    def attempts(self, raffle_id: RaffleId) -> tuple[Attempt, ...]:
        """Every attempt that ended, in order, with its substitutions."""
        promoted = self._database.rows(_SUBSTITUTIONS, {"raffle_id": raffle_id})
        ended = self._database.rows(_ATTEMPTS, {"raffle_id": raffle_id})
        return tuple(_attempt(row, promoted) for row in ended)

    def approve(self, raffle_id: RaffleId, approval: Approval) -> None:
        """Store a person's word; the same word again changes nothing."""
        word = attrs.asdict(approval) | {"raffle_id": raffle_id, "decision": approval.decision.value}
        self._database.run(_APPROVE, word)

    def approvals(self, raffle_id: RaffleId, draw: int, attempt: int) -> tuple[Approval, ...]:
        """Every word that was given about an attempt, in order of time."""
        rows = self._database.rows(_APPROVALS, _place(raffle_id, draw, attempt))
        return tuple(Approval(**(row | {"decision": Decision(row["decision"])})) for row in rows)

    def declare(self, raffle_id: RaffleId, declaration: Declaration) -> None:
        """Store that a result is official; once per draw."""
        self._database.run(_DECLARE, attrs.asdict(declaration) | {"raffle_id": raffle_id})

    def declarations(self, raffle_id: RaffleId) -> tuple[Declaration, ...]:
        """Which draws are official, in order."""
        rows = self._database.rows(_DECLARATIONS, {"raffle_id": raffle_id})
        return tuple(Declaration(**row) for row in rows)

    def publish(self, raffle_id: RaffleId, transcript: bytes, digest: bytes, at: datetime) -> None:
        """Store the transcript as it stands now; earlier ones stay on record."""
        self._database.run(
            _PUBLISH,
            {
                "raffle_id": raffle_id,
                "transcript": transcript.decode(),
                "digest": digest,
                "published_at": at,
            },
        )

    def transcript(self, raffle_id: RaffleId) -> bytes | None:
        """The transcript that was published last, or None."""
        row = self._database.row(_TRANSCRIPT, {"raffle_id": raffle_id})
        return None if row is None else row["transcript"].encode()


def _place(raffle_id: RaffleId, draw: int, attempt: int) -> dict[str, object]:
    return {"raffle_id": raffle_id, "draw": draw, "attempt": attempt}


def _started(row: DictRow) -> DrawStart:
    fallbacks = parse(row["fallbacks"].encode())
    if not isinstance(fallbacks, list):
        raise TypeError("fallbacks are a list")
    return DrawStart(
        draw=row["draw"],
        attempt=row["attempt"],
        started_at=row["started_at"],
        fallbacks=tuple(Fallback.from_json(each) for each in fallbacks),
        started_by=row["started_by"],
        request=row["request"],
    )


def _attempt(row: DictRow, promoted: list[DictRow]) -> Attempt:
    attempt = Attempt.from_bytes(row["document"].encode())
    substitutions = tuple(
        Substitution(each["at"], each["winner"], each["alternate"], each["reason"], tuple(each["officials"]))
        for each in promoted
        if (each["draw"], each["attempt"]) == (attempt.draw, attempt.attempt)
    )
    return replace(attempt, substitutions=substitutions)
