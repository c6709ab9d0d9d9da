"""POST /staff/raffles/{raffle_id}/write-offs: go on without what a sales unit may have sold."""

from typing import Annotated
from uuid import UUID

import attrs

from riff.domain.identifiers import EnrolmentId, RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.handlers._runtime.shapes.reconciliation import ReconciliationReply
from riff.usecases.reconciliation.write_off_unit import WriteOffUnit, write_off_unit
from riff.wiring import services


@attrs.frozen
class WriteOffUnitBody:
    """Which enrolment is given up, and why."""

    enrolment_id: UUID
    reason: Annotated[str, Length(1, 500)]


@endpoint(body=WriteOffUnitBody, permission="reconciliation:decide", idempotent=True)
def handler(request: Request[WriteOffUnitBody]) -> Ok[ReconciliationReply]:
    """Answer with the accounts, the decision in them."""
    command = WriteOffUnit(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        enrolment_id=EnrolmentId(request.body.enrolment_id),
        reason=request.body.reason,
    )
    return Ok(ReconciliationReply.of(write_off_unit(command, services())))
