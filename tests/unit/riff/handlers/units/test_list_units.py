"""GET /staff/organizations/{organization_id}/units."""

import pytest

from riff.handlers.units.list_units import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.gateway import STAFF_SUBJECT, Answer

ROUTE = "/staff/organizations/{organization_id}/units"


def _list(booth: Booth, subject: str = STAFF_SUBJECT, **query: str) -> Answer:
    variables = {"organization_id": booth.stage.organization.id}
    asked = {name: [value] for name, value in query.items()}
    return ask_as_staff(handler, ROUTE, variables, subject=subject, query=asked, method="GET")


def test_pages_lead_through_the_whole_list(booth: Booth) -> None:
    names = [str(Booth.at(booth.stage, f"device-{n}").unit.id) for n in (2, 3)]
    first = _list(booth, limit="2")
    rest = _list(booth, limit="2", cursor=first.body["next_cursor"])
    assert "next_cursor" not in rest.body
    seen = [entry["unit"]["id"] for entry in (*first.body["units"], *rest.body["units"])]
    assert seen == [str(booth.unit.id), *names]


def test_shows_the_tickets_that_each_unit_issued(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    booth.sell()
    (entry,) = _list(booth).body["units"]
    assert (entry["orders"], entry["numbers"], entry["unit"]["state"]) == (1, 10, "active")


def test_refuses_what_is_no_cursor(booth: Booth) -> None:
    assert _list(booth, cursor="x").status == 422


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("operator", 200), ("regulator", 200)])
def test_roles(booth: Booth, role: str, status: int) -> None:
    booth.stage.fakes.transactions.add_staff(a_staff_member(role, booth.stage.organization.id, role))
    assert _list(booth, role).status == status
