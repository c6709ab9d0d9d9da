"""A draw as replies show it."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.draws.instants import from_milliseconds
from riff.domain.draws.records import Approval, Decision, DrawnWinner
from riff.domain.money import Money
from riff.handlers._runtime.limits import Between, Matches
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.draws.show_draw import DrawView
from riff_critical.draw import Attempt, EntropyMode, Fallback
from riff_critical.lifecycle import DrawState

DRAW = Between(1, 100)
ATTEMPT = Between(1, 9)
PARTY = Matches("[a-z0-9][a-z0-9-]{0,39}", "a short name in lower case")
DIGEST = Matches("[0-9a-f]{64}", "32 bytes in hexadecimal")


@attrs.frozen
class WinnerReply:
    """A place that won.

    Attributes:
        place: from 0, in the order of drawing.
        number: the draw number.
        amount: this winner's part of the prize.
        substituted: whether an alternate took the place.
    """

    place: int
    prize_id: UUID
    number: int
    amount: MoneyReply
    substituted: bool

    @classmethod
    def of(cls, winner: DrawnWinner, view: DrawView) -> Self:
        """The winner with the number as it is printed."""
        amount = MoneyReply.of(Money(winner.amount_minor, view.raffle.currency))
        return cls(winner.place, winner.prize_id, view.numbers[winner.slot], amount, winner.substituted)


@attrs.frozen
class PassedOverReply:
    """A mode that could not be used, and why."""

    mode: EntropyMode
    reason: str

    @classmethod
    def of(cls, fallback: Fallback) -> Self:
        """The mode as the transcript names it."""
        return cls(fallback.mode, fallback.reason)


@attrs.frozen
class FailedAttemptReply:
    """An attempt that came to nothing."""

    attempt: int
    reason: str

    @classmethod
    def of(cls, attempt: Attempt) -> Self:
        """The attempt and its failure."""
        return cls(attempt.attempt, str(attempt.failure))


@attrs.frozen
class ApprovalReply:
    """One person's word for a decision that two take together."""

    decision: Decision
    approved_by: str
    reason: str
    approved_at: datetime

    @classmethod
    def of(cls, approval: Approval) -> Self:
        """The word as it is on record."""
        return cls(approval.decision, approval.approved_by, approval.reason, approval.approved_at)


@attrs.frozen
class ByHandReply:
    """How far a draw by hand has come.

    Attributes:
        agreed: how many places two officials agree on.
        round: how often they differed at the present place.
        waiting: whether one of them has entered it.
    """

    agreed: int
    round: int
    waiting: bool


@attrs.frozen
class DrawReply:
    """A draw as it stands.

    Attributes:
        draw: which of the raffle's draws, from 1.
        attempt: the attempt that counts, from 1.
        mode: where its unpredictability comes from, once it is started.
        passed_over: modes that could not be used.
        approvals: words given about this attempt.
        by_hand: left out unless numbers are entered by hand.
        winners: with the alternates that took places.
        alternates: numbers of those that are left, in order.
    """

    raffle_id: UUID
    draw: int
    name: str
    state: DrawState
    attempt: int
    mode: EntropyMode | None
    started_at: datetime | None
    started_by: str | None
    passed_over: tuple[PassedOverReply, ...]
    failures: tuple[FailedAttemptReply, ...]
    approvals: tuple[ApprovalReply, ...]
    by_hand: ByHandReply | None
    winners: tuple[WinnerReply, ...]
    alternates: tuple[int, ...]
    official_at: datetime | None
    official_by: str | None

    @classmethod
    def of(cls, view: DrawView) -> Self:
        """The draw, with numbers as they are printed."""
        start, declaration = view.start, view.declaration
        return cls(
            raffle_id=view.raffle.id,
            draw=view.draw,
            name=view.planned.name,
            state=view.state,
            attempt=view.attempt,
            mode=view.mode,
            started_at=from_milliseconds(start.started_at) if start else None,
            started_by=start.started_by if start else None,
            passed_over=tuple(map(PassedOverReply.of, start.fallbacks)) if start else (),
            failures=tuple(map(FailedAttemptReply.of, view.failures)),
            approvals=tuple(map(ApprovalReply.of, view.approvals)),
            by_hand=_by_hand(view),
            winners=tuple(WinnerReply.of(winner, view) for winner in view.winners),
            alternates=tuple(view.numbers[slot] for slot in view.alternates),
            official_at=declaration.declared_at if declaration else None,
            official_by=declaration.declared_by if declaration else None,
        )


def _by_hand(view: DrawView) -> ByHandReply | None:
    if view.mode is not EntropyMode.MANUAL:
        return None
    entries = view.entries
    return ByHandReply(entries.place, entries.round, entries.waiting is not None)
