import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import OrderId
from riff.errors import AlreadyVoidedError, NotFoundError, NotPermittedError
from riff.usecases.sales.reprint_ticket import ReprintTicket, reprint_ticket
from riff.usecases.sales.void_order import VoidOrder, void_order
from tests.support.builders.units import a_request
from tests.support.fakes import Method
from tests.support.stage import A_STRANGER, Stage, member


def test_every_copy_is_counted_and_on_record() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    copies = [
        reprint_ticket(
            ReprintTicket(stage.manager, order_id, reason, a_request("reprint_ticket staff:kim")),
            stage.fakes.services,
        ).reprint
        for reason in ("the printer jammed", "lost at once")
    ]
    assert [copy.copy for copy in copies] == [1, 2]
    assert stage.fakes.transactions.tables.reprints[order_id] == tuple(copies)
    events = [e for e in stage.fakes.transactions.events() if e.kind is EventKind.TICKET_REPRINTED]
    assert [b'"copy":1' in events[0].record, b'"copy":2' in events[1].record] == [True, True]


def test_the_copy_is_the_ticket_that_was_sold() -> None:
    stage = Stage.of()
    bought = stage.buy()
    copied = reprint_ticket(
        ReprintTicket(
            stage.manager, bought.checkout.id, "the printer jammed", a_request("reprint_ticket staff:kim")
        ),
        stage.fakes.services,
    )
    assert copied.ticket == bought.ticket


def test_a_request_that_has_a_copy_gets_it_again_and_counts_once() -> None:
    stage = Stage.of()
    command = ReprintTicket(
        stage.manager, stage.buy().checkout.id, "jammed", a_request("reprint_ticket staff:kim")
    )
    first = reprint_ticket(command, stage.fakes.services)
    assert reprint_ticket(command, stage.fakes.services) == first
    assert stage.fakes.transactions.tables.reprints == {command.order_id: (first.reprint,)}
    events = [e for e in stage.fakes.transactions.events() if e.kind is EventKind.TICKET_REPRINTED]
    assert len(events) == 1


def test_a_request_gets_its_copy_again_as_void_once_the_order_is() -> None:
    stage = Stage.of()
    command = ReprintTicket(
        stage.manager, stage.buy().checkout.id, "jammed", a_request("reprint_ticket staff:kim")
    )
    reprint_ticket(command, stage.fakes.services)
    void_order(VoidOrder(stage.manager, command.order_id, "bought twice"), stage.fakes.services)
    again = reprint_ticket(command, stage.fakes.services)
    assert (again.reprint.copy, again.ticket.void is None) == (1, False)


def test_refuses_a_void_order() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    void_order(VoidOrder(stage.manager, order_id, "bought twice"), stage.fakes.services)
    with pytest.raises(AlreadyVoidedError):
        reprint_ticket(
            ReprintTicket(stage.manager, order_id, "r", a_request("reprint_ticket staff:kim")),
            stage.fakes.services,
        )


def test_refuses_an_order_without_a_ticket_and_an_order_of_nobody() -> None:
    stage = Stage.of()
    for order_id in (stage.buy(method=Method.PENDING).checkout.id, OrderId(stage.raffle.id)):
        with pytest.raises(NotFoundError):
            reprint_ticket(
                ReprintTicket(stage.manager, order_id, "r", a_request("reprint_ticket staff:kim")),
                stage.fakes.services,
            )


def test_refuses_whoever_may_not() -> None:
    stage = Stage.of()
    order_id = stage.buy().checkout.id
    with pytest.raises(NotPermittedError):
        reprint_ticket(
            ReprintTicket(
                member("viewer", stage.organization), order_id, "r", a_request("reprint_ticket staff:kim")
            ),
            stage.fakes.services,
        )
    with pytest.raises(NotFoundError):
        reprint_ticket(
            ReprintTicket(A_STRANGER, order_id, "r", a_request("reprint_ticket staff:kim")),
            stage.fakes.services,
        )
    assert stage.fakes.transactions.tables.reprints == {}
