"""Ask for an order to be voided that the unit has sold; somebody with the permission decides."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import OrderId
from riff.domain.units.void_request import VoidRequest
from riff.errors import AlreadyVoidedError, NotFoundError, StateRefusesError
from riff.ports.services import Services
from riff.usecases.units.calling_unit import calling_unit, service_of
from riff_critical.selling.voiding import VOIDS_OPEN


@attrs.frozen
class RequestVoid:
    """Which order the unit `actor` wants void, and why."""

    actor: Actor
    order_id: OrderId
    reason: str


def request_void(command: RequestVoid, services: Services) -> VoidRequest:
    """The request.

    Raises:
        StateRefusesError: the unit is not active, or voids are closed in its raffle.
        NotFoundError: the unit has sold no such order in its present enrolment.
        AlreadyVoidedError, AlreadyRequestedError: it is void, or was asked for before.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        unit = calling_unit(command.actor, work)
        enrolment = service_of(unit, work)
        sale = work.attended.find(command.order_id)
        if sale is None or sale.enrolment_id != enrolment.id:
            raise NotFoundError("This unit has sold no such order.")
        # Held, so that nobody acknowledges the list of voids while this joins it.
        raffle = work.raffles.lock(sale.raffle_id)
        if raffle.state not in VOIDS_OPEN:
            raise StateRefusesError("Nothing can be voided now.", state=raffle.state.value, action="void")
        if work.orders.void_of(sale.order_id) is not None:
            raise AlreadyVoidedError("The order is void already.", order=str(sale.order_id))
        request = VoidRequest(sale.order_id, raffle.id, enrolment.id, command.reason, now)
        work.units.request_void(request)
        work.events.append(
            unit.stream,
            EventKind.VOID_REQUESTED,
            now,
            command.actor.label,
            {"order": str(request.order_id), "raffle": str(raffle.id), "reason": request.reason},
        )
        return request
