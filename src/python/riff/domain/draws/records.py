"""What is on record about the draws of a raffle, written once each; the documents are those of the core."""

from datetime import datetime
from enum import StrEnum

import attrs

from riff.domain.identifiers import PrizeId
from riff.domain.instants import aware_utc
from riff_critical.draw import Commitment, Fallback


@attrs.frozen
class CommittedSeed:
    """A seed that nobody can read yet, and the commitment that is public.

    Attributes:
        commitment: names draw and attempt.
        ciphertext: the seed under its key.
    """

    commitment: Commitment
    ciphertext: bytes = attrs.field(repr=False)


@attrs.frozen
class DrawStart:
    """An attempt of a draw was started: the record that stands before its seed is opened.

    Attributes:
        draw: which draw, from 1.
        attempt: which attempt, from 1.
        started_at: in milliseconds.
        fallbacks: modes of M that could not be used, each with its reason.
        started_by: who started it.
        request: the command that did, so that its repetition is told apart from a second draw.
    """

    draw: int
    attempt: int
    started_at: int
    fallbacks: tuple[Fallback, ...]
    started_by: str
    request: str


class Decision(StrEnum):
    """What two members of staff decide together."""

    START = "start"
    GIVE_UP = "give_up"
    SUBSTITUTE = "substitute"


@attrs.frozen
class Approval:
    """One person's word for a decision about an attempt.

    Attributes:
        draw: which draw.
        attempt: which attempt.
        decision: what is decided.
        winner: the place among the winners that it concerns, from 0; -1 where it concerns none.
        round: how often the same was decided before.
        approved_by: who.
        reason: why; empty where none is asked for.
        approved_at: when.
    """

    draw: int
    attempt: int
    decision: Decision
    winner: int
    round: int
    approved_by: str
    reason: str
    approved_at: datetime = attrs.field(validator=aware_utc)


@attrs.frozen
class DrawnNumber:
    """What one official entered for a counterfoil that was drawn by hand.

    Attributes:
        draw: which draw.
        attempt: which attempt.
        place: the place that it was drawn for, from 0: winners first, then alternates.
        round: from 0; another one begins when two entries differ.
        official: who entered it.
        slot: the number, as its slot.
    """

    draw: int
    attempt: int
    place: int
    round: int
    official: str
    slot: int


@attrs.frozen
class Declaration:
    """A result was declared official."""

    draw: int
    attempt: int
    declared_by: str
    declared_at: datetime = attrs.field(validator=aware_utc)


@attrs.frozen
class DrawnWinner:
    """A place that won, once alternates have taken the places of those that could not.

    Attributes:
        draw: which draw.
        place: the place among the draw's winners, from 0.
        prize_id: what was won.
        amount_minor: this winner's part of it.
        slot: the number that won, as its slot.
        substituted: whether an alternate took the place.
        official_at: when the result was declared official; None before.
    """

    draw: int
    place: int
    prize_id: PrizeId
    amount_minor: int
    slot: int
    substituted: bool
    official_at: datetime | None
