"""A store of sales units in memory."""

from datetime import datetime

import attrs

from riff.domain.identifiers import EnrolmentId, OrderId, OrganizationId, RaffleId, UnitId
from riff.domain.units.enrollable import EnrollableRaffle
from riff.domain.units.sales_unit import Enrolment, ListedUnit, SalesUnit
from riff.domain.units.void_request import VoidRequest
from riff.errors import AlreadyRegisteredError, AlreadyRequestedError, NotFoundError
from riff.ports.pages import Page, RafflePosition
from riff.ports.units import UnitPosition
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeUnitStore:
    """Honours `riff.ports.units.UnitStore`."""

    tables: Tables

    def add(self, unit: SalesUnit) -> None:
        names = {(known.organization_id, known.label) for known in self.tables.units.values()}
        if self.find(unit.subject) is not None or (unit.organization_id, unit.label) in names:
            raise AlreadyRegisteredError("Another sales unit has this subject, or this label.")
        self.tables.units[unit.id] = unit

    def find(self, subject: str) -> SalesUnit | None:
        return next((unit for unit in self.tables.units.values() if unit.subject == subject), None)

    def get(self, unit_id: UnitId) -> SalesUnit:
        if unit_id not in self.tables.units:
            raise NotFoundError("There is no such sales unit.")
        return self.tables.units[unit_id]

    def lock(self, unit_id: UnitId) -> SalesUnit:
        return self.get(unit_id)

    def lock_of(self, raffle_id: RaffleId) -> tuple[SalesUnit, ...]:
        serving = [
            unit
            for unit in self.tables.units.values()
            if unit.enrolment_id and self.enrolment(unit.enrolment_id).raffle_id == raffle_id
        ]
        return tuple(sorted(serving, key=lambda unit: unit.id))

    def update(self, unit: SalesUnit) -> None:
        self.tables.units[unit.id] = attrs.evolve(
            self.get(unit.id), state=unit.state, enrolment_id=unit.enrolment_id
        )

    def describe(self, unit: SalesUnit) -> None:
        stored = self.get(unit.id)
        others = [known for known in self.tables.units.values() if known.id != unit.id]
        if (stored.organization_id, unit.label) in {(o.organization_id, o.label) for o in others}:
            raise AlreadyRegisteredError("Another sales unit has this label.")
        self.tables.units[unit.id] = attrs.evolve(stored, label=unit.label, operator=unit.operator)

    def set_logon(self, unit_id: UnitId, digest: bytes) -> None:
        self.tables.logons[unit_id] = digest

    def knows_logon(self, unit_id: UnitId, digest: bytes) -> bool:
        return self.tables.logons.get(unit_id) == digest

    def page(
        self, organization_id: OrganizationId, after: UnitPosition | None, limit: int
    ) -> Page[ListedUnit]:
        found = sorted(
            unit.id
            for unit in self.tables.units.values()
            if unit.organization_id == organization_id and (after is None or unit.id > after.unit_id)
        )
        return Page(tuple(self.listed(unit_id) for unit_id in found[:limit]), more=len(found) > limit)

    def listed(self, unit_id: UnitId) -> ListedUnit:
        unit = self.get(unit_id)
        orders = [
            self.tables.orders[sale.order_id]
            for sale in self.tables.attended.values()
            if sale.enrolment_id and self.enrolment(sale.enrolment_id).unit_id == unit_id
        ]
        return ListedUnit(unit, len(orders), sum(order.count for order in orders))

    def enrollable(
        self, organization_id: OrganizationId, at: datetime, after: RafflePosition | None, limit: int
    ) -> Page[EnrollableRaffle]:
        found = sorted(
            (raffle.window.closes_at, raffle.id)
            for raffle in self.tables.raffles.values()
            if raffle.organization_id == organization_id
            and raffle.state is RaffleState.ACTIVE
            and (raffle.id, Channel.SALES_UNIT) in self.tables.ranges
            and raffle.window.closes_at > at
        )
        place = None if after is None else (after.closes_at, after.raffle_id)
        names = [name for closes_at, name in found if place is None or (closes_at, name) > place]
        raffles = [self.tables.raffles[name] for name in names[:limit]]
        return Page(
            tuple(EnrollableRaffle(r.id, r.event_number, r.name, r.window) for r in raffles),
            more=len(names) > limit,
        )

    def enrol(self, enrolment: Enrolment) -> None:
        self.tables.enrolments[enrolment.id] = enrolment

    def enrolment(self, enrolment_id: EnrolmentId) -> Enrolment:
        if enrolment_id not in self.tables.enrolments:
            raise NotFoundError("There is no such enrolment.")
        return self.tables.enrolments[enrolment_id]

    def close(self, enrolment_id: EnrolmentId, at: datetime) -> None:
        open_one = self.enrolment(enrolment_id)
        if open_one.closed_at is None:
            self.tables.enrolments[enrolment_id] = attrs.evolve(open_one, closed_at=at)

    def request_void(self, request: VoidRequest) -> None:
        if request.order_id in self.tables.void_requests:
            raise AlreadyRequestedError("The void was requested before.")
        self.tables.void_requests[request.order_id] = request

    def void_request(self, order_id: OrderId) -> VoidRequest | None:
        return self.tables.void_requests.get(order_id)
