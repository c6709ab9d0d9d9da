"""GET /staff/me."""

from riff.domain.accounts.permission_catalogue import ROLES
from riff.handlers.accounts.show_me import handler
from tests.support.builders import a_staff_member
from tests.support.gateway import an_event, ask, claims
from tests.support.stage import Stage


def test_shows_the_callers_account(stage: Stage) -> None:
    answer = ask(handler, an_event("GET", "/staff/me", token=claims()))
    assert (answer.status, answer.body["name"]) == (200, "Kim Example")
    (grant,) = answer.body["grants"]
    assert (grant["role"], grant["organization_id"]) == ("raffle_manager", str(stage.organization.id))
    assert "orders:void" in grant["permissions"]


def test_role_in_all_organizations_names_none(stage: Stage) -> None:
    stage.fakes.transactions.add_staff(a_staff_member("regulator", subject="regulator"))
    answer = ask(handler, an_event("GET", "/staff/me", token=claims("regulator")))
    assert answer.body["grants"] == [{"role": "regulator", "permissions": sorted(ROLES["regulator"])}]


def test_needs_no_permission_but_an_account(stage: Stage) -> None:
    stage.fakes.transactions.add_staff(a_staff_member("viewer", subject="viewer"))
    assert ask(handler, an_event("GET", "/staff/me", token=claims("viewer"))).status == 200
    assert ask(handler, an_event("GET", "/staff/me", token=claims("nobody"))).status == 401
    assert ask(handler, an_event("GET", "/staff/me")).status == 401
