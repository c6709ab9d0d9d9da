"""POST /staff/raffles/{raffle_id}/void-acknowledgements: acknowledge the list of voids."""

from typing import Annotated

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.handlers._runtime.shapes.reconciliation import ReconciliationReply
from riff.usecases.reconciliation.acknowledge_voids import AcknowledgeVoids, acknowledge_voids
from riff.wiring import services


@attrs.frozen
class AcknowledgeVoidsBody:
    """How many voids and open requests the event manager has seen."""

    voids: Annotated[int, Between(0, 1_000_000_000)]
    requests: Annotated[int, Between(0, 1_000_000_000)]


@endpoint(body=AcknowledgeVoidsBody, permission="reconciliation:decide", idempotent=True)
def handler(request: Request[AcknowledgeVoidsBody]) -> Ok[ReconciliationReply]:
    """Answer with the accounts, the acknowledgement in them."""
    command = AcknowledgeVoids(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        voids=request.body.voids,
        requests=request.body.requests,
    )
    return Ok(ReconciliationReply.of(acknowledge_voids(command, services())))
