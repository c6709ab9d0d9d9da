"""GET /staff/raffles/{raffle_id}."""

from riff.handlers.raffles.show_raffle_admin import handler
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_staff_member, an_organization
from tests.support.gateway import Answer, an_event, ask, claims
from tests.support.stage import Stage


def _show(stage: Stage, subject: str | None = None) -> Answer:
    variables = {"raffle_id": str(stage.raffle.id)}
    token = claims() if subject is None else claims(subject)
    return ask(handler, an_event("GET", "/staff/raffles/{raffle_id}", variables=variables, token=token))


def test_shows_setup_and_sales(stage: Stage) -> None:
    stage.buy()
    answer = _show(stage)
    assert answer.status == 200
    assert answer.body["sales"] == {
        "orders": 1,
        "numbers": 10,
        "amount": {"minor": 2000, "currency": "CAD", "formatted": "CAD 20.00"},
        "voided_orders": 0,
        "voided_numbers": 0,
        "voided_amount": {"minor": 0, "currency": "CAD", "formatted": "CAD 0.00"},
    }
    assert answer.body["setup"]["raffle"]["rule_profile"] == "permissive"


def test_shows_a_draft(stage: Stage) -> None:
    stage.put_in(RaffleState.DRAFT)
    assert _show(stage).body["setup"]["raffle"]["state"] == "draft"


def test_is_not_visible_to_other_organizations(stage: Stage) -> None:
    stranger = a_staff_member(organization_id=an_organization().id, subject="stranger")
    stage.fakes.transactions.add_staff(stranger)
    assert _show(stage, "stranger").status == 404


def test_shows_no_secrets(stage: Stage) -> None:
    assert "key" not in str(_show(stage).body)
