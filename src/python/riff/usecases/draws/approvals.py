"""What two members of staff decide together, one after the other."""

import attrs

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.records import Approval
from riff.domain.identifiers import RaffleId, StreamId
from riff.ports.stores import Work


def agreed(raffle_id: RaffleId, approval: Approval, persons: int, work: Work) -> tuple[Approval, ...] | None:
    """The words of so many different persons, this one's last; None while another person's is missing.

    A person who says the same again counts once, and the first word stands.
    """
    work.draws.approve(raffle_id, approval)
    words = tuple(
        each
        for each in work.draws.approvals(raffle_id, approval.draw, approval.attempt)
        if _same(each, approval)
    )
    if len(words) >= persons:
        return words
    work.events.append(
        StreamId(raffle_id),
        EventKind.DRAW_APPROVED,
        approval.approved_at,
        approval.approved_by,
        {
            "draw": approval.draw,
            "attempt": approval.attempt,
            "decision": approval.decision.value,
            "winner": approval.winner,
            "reason": approval.reason,
        },
    )
    return None


def _same(one: Approval, other: Approval) -> bool:
    """Whether two words are for the same decision, whoever gave them, why and when."""
    plain = attrs.evolve(one, approved_by="", reason="", approved_at=other.approved_at)
    return plain == attrs.evolve(other, approved_by="", reason="")
