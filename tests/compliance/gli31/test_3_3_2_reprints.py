"""GLI-31 3.3.2, printing: a ticket that is printed again says so, and every copy is on record."""

import json

from riff.domain.audit.event_catalogue import EventKind
from riff.usecases.sales.reprint_ticket import ReprintedTicket, ReprintTicket, reprint_ticket
from riff.usecases.sales.show_order import ShowOrder, show_order
from tests.support.builders.units import a_request
from tests.support.stage import Stage


def _copies(stage: Stage) -> list[ReprintedTicket]:
    order_id, jammed = stage.buy().checkout.id, "the printer jammed"
    commands = [
        ReprintTicket(stage.manager, order_id, jammed, a_request("reprint_ticket staff:kim"))
        for _ in range(3)
    ]
    return [reprint_ticket(command, stage.fakes.services) for command in commands]


def test_every_copy_carries_its_own_number() -> None:
    assert [copy.reprint.copy for copy in _copies(Stage.of())] == [1, 2, 3]


def test_the_copy_is_otherwise_the_ticket() -> None:
    stage = Stage.of()
    sold = stage.buy().ticket
    assert {copy.ticket for copy in _copies(stage)} == {sold}


def test_every_copy_is_on_record_with_who_when_and_why() -> None:
    stage = Stage.of()
    copies = _copies(stage)
    order_id = copies[0].reprint.order_id
    shown = show_order(ShowOrder(stage.manager, order_id), stage.fakes.services)
    assert shown.reprints == tuple(copy.reprint for copy in copies)
    events = [e for e in stage.fakes.transactions.events() if e.kind is EventKind.TICKET_REPRINTED]
    assert [json.loads(event.record)["facts"]["copy"] for event in events] == [1, 2, 3]
    assert {json.loads(event.record)["actor"] for event in events} == {stage.manager.label}
