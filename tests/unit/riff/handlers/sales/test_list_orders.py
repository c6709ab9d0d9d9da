"""GET /staff/raffles/{raffle_id}/orders."""

from uuid import UUID, uuid4

import pytest

from riff.handlers.sales.list_orders import handler
from riff.usecases.sales.void_order import VoidOrder, void_order
from tests.support.builders import a_staff_member
from tests.support.gateway import STAFF_SUBJECT, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _list(raffle_id: UUID, subject: str = STAFF_SUBJECT, **query: str) -> Answer:
    event = an_event(
        "GET",
        "/staff/raffles/{raffle_id}/orders",
        variables={"raffle_id": str(raffle_id)},
        query={name: [value] for name, value in query.items()} or None,
        token=claims(subject),
    )
    return ask(handler, event)


def test_lists_every_order_once_in_pages(stage: Stage) -> None:
    orders = [str(stage.buy(f"key-{n}").checkout.id) for n in range(5)]
    first = _list(stage.raffle.id, limit="2").body
    second = _list(stage.raffle.id, limit="2", cursor=first["next_cursor"]).body
    third = _list(stage.raffle.id, limit="2", cursor=second["next_cursor"]).body
    assert [entry["id"] for page in (first, second, third) for entry in page["orders"]] == orders
    assert "next_cursor" not in third


def test_tells_what_became_of_an_order_and_nothing_of_its_buyer(stage: Stage) -> None:
    order = stage.buy().checkout
    void_order(VoidOrder(stage.manager, order.id, "bought twice"), stage.fakes.services)
    (entry,) = _list(stage.raffle.id).body["orders"]
    assert entry == {
        "id": str(order.id),
        "channel": "online",
        "state": "voided",
        "numbers": 10,
        "price": {"minor": 2000, "currency": "CAD", "formatted": "CAD 20.00"},
        "seller": "processor:payments",
        "sold_at": "2026-05-01T12:00:00.000000Z",
        "voided_at": "2026-05-01T12:00:00.000000Z",
    }


def test_refuses_a_cursor_of_another_list(stage: Stage) -> None:
    assert _list(stage.raffle.id, cursor="bm9uc2Vuc2U").status == 422


def test_unknown_raffle_is_not_found(stage: Stage) -> None:
    stage.buy()
    assert _list(uuid4()).status == 404


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 200), ("regulator", 200), ("admin", 200)]
)
def test_roles(stage: Stage, role: str, status: int) -> None:
    stage.fakes.transactions.add_staff(a_staff_member(role, stage.organization.id, role))
    assert _list(stage.raffle.id, subject=role).status == status
