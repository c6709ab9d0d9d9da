"""POST /staff/raffles/{raffle_id}/reconciliation: confirm that everything is accounted for."""

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.reconciliation import ReconciliationReply
from riff.usecases.reconciliation.confirm_reconciliation import (
    ConfirmReconciliation,
    confirm_reconciliation,
)
from riff.wiring import services


@endpoint(permission="reconciliation:decide", idempotent=True)
def handler(request: Request[None]) -> Ok[ReconciliationReply]:
    """Answer with the accounts, reconciled or awaiting another person."""
    command = ConfirmReconciliation(actor=request.actor, raffle_id=RaffleId(request.path_id("raffle_id")))
    return Ok(ReconciliationReply.of(confirm_reconciliation(command, services())))
