"""POST /units/me/events: report what happened to the calling sales unit."""

from datetime import datetime
from typing import Annotated

import attrs

from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.handlers._runtime.limits import Items, Length
from riff.handlers._runtime.shapes.unit import UnitReply
from riff.usecases.units.report_unit_events import (
    ReportUnitEvents,
    UnitIncident,
    UnitReport,
    report_unit_events,
)
from riff.wiring import services


@attrs.frozen
class UnitReportBody:
    """One thing that happened, by the unit's clock."""

    incident: UnitIncident
    occurred_at: datetime
    detail: Annotated[str, Length(1, 200)] | None = None


@attrs.frozen
class ReportUnitEventsBody:
    """What happened, in its order."""

    events: Annotated[tuple[UnitReportBody, ...], Items(1, 50)]


@endpoint(body=ReportUnitEventsBody, caller=Caller.UNIT, idempotent=True)
def handler(request: Request[ReportUnitEventsBody]) -> Ok[UnitReply]:
    """Answer with the unit, in error where it can no longer be trusted."""
    reports = tuple(UnitReport(e.incident, e.occurred_at, e.detail) for e in request.body.events)
    command = ReportUnitEvents(actor=request.actor, reports=reports)
    return Ok(UnitReply.of(report_unit_events(command, services())))
