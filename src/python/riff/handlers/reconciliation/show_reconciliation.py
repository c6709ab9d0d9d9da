"""GET /staff/raffles/{raffle_id}/reconciliation: what a raffle has to answer for."""

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.reconciliation import ReconciliationReply
from riff.usecases.reconciliation.show_reconciliation import ShowReconciliation, show_reconciliation
from riff.wiring import services


@endpoint(permission="reconciliation:read")
def handler(request: Request[None]) -> Ok[ReconciliationReply]:
    """Answer with the accounts as they stand."""
    query = ShowReconciliation(actor=request.actor, raffle_id=RaffleId(request.path_id("raffle_id")))
    return Ok(ReconciliationReply.of(show_reconciliation(query, services())))
