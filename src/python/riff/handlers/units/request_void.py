"""POST /units/me/void-requests: ask for an order to be voided that the calling sales unit has sold."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

import attrs

from riff.domain.identifiers import OrderId
from riff.domain.units.void_request import VoidRequest
from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Length
from riff.usecases.units.request_void import RequestVoid, request_void
from riff.wiring import services


@attrs.frozen
class RequestVoidBody:
    """Which order, and why."""

    order_id: UUID
    reason: Annotated[str, Length(1, 500)]


@attrs.frozen
class VoidRequestReply:
    """A request that somebody with the permission decides; until then the order stays valid."""

    order_id: UUID
    raffle_id: UUID
    enrolment_id: UUID
    reason: str
    requested_at: datetime

    @classmethod
    def of(cls, asked: VoidRequest) -> Self:
        """The request as it is kept."""
        return cls(asked.order_id, asked.raffle_id, asked.enrolment_id, asked.reason, asked.requested_at)


@endpoint(body=RequestVoidBody, caller=Caller.UNIT, idempotent=True)
def handler(request: Request[RequestVoidBody]) -> Ok[VoidRequestReply]:
    """Answer with the request."""
    command = RequestVoid(
        actor=request.actor,
        order_id=OrderId(request.body.order_id),
        reason=request.body.reason,
    )
    return Ok(VoidRequestReply.of(request_void(command, services())))
