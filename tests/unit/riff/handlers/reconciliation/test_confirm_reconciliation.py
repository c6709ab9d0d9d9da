"""POST /staff/raffles/{raffle_id}/reconciliation."""

import pytest

from riff.handlers.reconciliation.confirm_reconciliation import handler
from tests.support.asking import ask_as_staff
from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.closed_books import acknowledge
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer


def _confirm(booth: Booth, subject: str = STAFF_SUBJECT, key: str = KEY) -> Answer:
    route, variables = "/staff/raffles/{raffle_id}/reconciliation", {"raffle_id": booth.stage.raffle.id}
    return ask_as_staff(handler, route, variables, subject=subject, key=key)


def test_answers_with_the_accounts_reconciled(booth: Booth) -> None:
    booth.end_sales()
    acknowledge(booth.stage)
    answer = _confirm(booth)
    assert (answer.status, answer.body["state"]) == (200, "reconciled")
    assert answer.body["confirmed_by"] == [f"staff:{STAFF_SUBJECT}"]
    assert _confirm(booth).body == answer.body
    assert _confirm(booth, key="another-key").code == "state-refuses"


def test_refuses_by_the_code_of_what_is_outstanding(booth: Booth) -> None:
    booth.enrol()
    booth.end_sales()
    answer = _confirm(booth)
    assert (answer.status, answer.code, answer.body["outstanding"]) == (409, "units-not-uploaded", 1)
    booth.close()
    assert _confirm(booth).code == "voids-not-acknowledged"


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("operator", 403), ("regulator", 403), ("admin", 200)]
)
def test_roles(booth: Booth, role: str, status: int) -> None:
    booth.end_sales()
    acknowledge(booth.stage)
    booth.stage.fakes.transactions.add_staff(a_staff_member(role, booth.stage.organization.id, role))
    assert _confirm(booth, role).status == status
