"""POST /staff/raffles/{raffle_id}/cash-counts: record a count of a seller's cash."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.money import MOST_MINOR
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Length
from riff.handlers._runtime.shapes.reconciliation import ReconciliationReply
from riff.usecases.reconciliation.record_cash_count import RecordCashCount, record_cash_count
from riff.wiring import services


@attrs.frozen
class RecordCashCountBody:
    """Whose cash was counted, what was there, and what explains a difference."""

    seller: Annotated[str, Length(1, 200)]
    counted_minor: Annotated[int, Between(0, MOST_MINOR)]
    explanation: Annotated[str, Length(1, 500)] | None = None


@endpoint(body=RecordCashCountBody, permission="reconciliation:count", idempotent=True)
def handler(request: Request[RecordCashCountBody]) -> Ok[ReconciliationReply]:
    """Answer with the accounts, the count in them."""
    command = RecordCashCount(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        seller=request.body.seller,
        counted_minor=request.body.counted_minor,
        explanation=request.body.explanation,
    )
    return Ok(ReconciliationReply.of(record_cash_count(command, services())))
