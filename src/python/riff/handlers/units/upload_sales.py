"""POST /units/me/uploads: hand in what the calling sales unit sold while it was out of reach."""

from typing import Annotated, Self

import attrs

from riff.domain.units.offline_sale import RecordRefusal
from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Items, Length, Matches
from riff.usecases.units.upload_sales import UploadedSales, UploadSales, upload_sales
from riff.wiring import services
from riff_critical.lifecycle import SalesUnitState
from riff_critical.memory import Mark


@attrs.frozen
class UploadSalesBody:
    """Records behind a position of the unit's chain, and the tag of the chain after the last of them."""

    position: Annotated[int, Between(0, 1_000_000_000)]
    records: Annotated[tuple[Annotated[str, Length(1, 4_096)], ...], Items(1, 25)]
    tag: Annotated[str, Matches("[0-9a-f]{16}", "a tag of 16 hexadecimal digits")]


@attrs.frozen
class UploadReply:
    """The mark up to which the chain is stored, and the record at which the taking in stopped, if any."""

    position: int
    tag: str
    taken: int
    state: SalesUnitState
    refused_position: int | None
    refused_because: RecordRefusal | None

    @classmethod
    def of(cls, upload: UploadedSales) -> Self:
        """How far the chain is stored."""
        refused = upload.refused
        return cls(
            position=upload.mark.position,
            tag=upload.mark.tag.hex(),
            taken=upload.taken,
            state=upload.state,
            refused_position=None if refused is None else refused.position,
            refused_because=None if refused is None else refused.cause,
        )


@endpoint(body=UploadSalesBody, caller=Caller.UNIT, idempotent=True)
def handler(request: Request[UploadSalesBody]) -> Ok[UploadReply]:
    """Answer with how far the chain is stored."""
    body = request.body
    command = UploadSales(
        actor=request.actor,
        position=body.position,
        records=tuple(record.encode() for record in body.records),
        mark=Mark(body.position + len(body.records), bytes.fromhex(body.tag)),
    )
    return Ok(UploadReply.of(upload_sales(command, services())))
