"""Who stands behind a token."""

import pytest

from riff.domain.accounts.actor import GUEST, ActorKind
from riff.errors import NotAuthenticatedError
from riff.handlers._runtime.identity import Caller, actor, subject
from tests.support.builders import a_staff_member, an_organization
from tests.support.builders.units import a_unit
from tests.support.fakes import FakeTransactions
from tests.support.gateway import STAFF_SUBJECT, claims


def test_staff_come_with_their_grants() -> None:
    transactions = FakeTransactions()
    member = a_staff_member(subject=STAFF_SUBJECT)
    transactions.add_staff(member)
    found = actor(Caller.STAFF, claims(), transactions)
    assert (found.kind, found.name, found.grants) == (ActorKind.STAFF, STAFF_SUBJECT, member.grants)


@pytest.mark.parametrize("token", [None, claims("stranger")])
def test_nobody_else_is_staff(token: dict[str, str] | None) -> None:
    with pytest.raises(NotAuthenticatedError):
        actor(Caller.STAFF, token, FakeTransactions())


def test_a_sales_unit_comes_by_its_name_and_without_grants() -> None:
    transactions = FakeTransactions()
    unit = a_unit(an_organization().id, subject=STAFF_SUBJECT)
    with transactions.begin() as work:
        work.units.add(unit)
    found = actor(Caller.UNIT, claims(), transactions)
    assert (found.kind, found.name, found.grants) == (ActorKind.UNIT, str(unit.id), ())


@pytest.mark.parametrize("token", [None, claims("stranger")])
def test_nobody_else_is_a_sales_unit(token: dict[str, str] | None) -> None:
    transactions = FakeTransactions()
    transactions.add_staff(a_staff_member(subject="stranger"))
    with pytest.raises(NotAuthenticatedError):
        actor(Caller.UNIT, token, transactions)


def test_staff_are_customers_where_anyone_may_ask() -> None:
    """A route serves one kind of caller: rights of staff have no meaning on a public one."""
    transactions = FakeTransactions()
    transactions.add_staff(a_staff_member(subject=STAFF_SUBJECT))
    assert actor(Caller.ANYONE, claims(), transactions).grants == ()


def test_without_a_token_anyone_is_a_guest() -> None:
    assert actor(Caller.ANYONE, None, FakeTransactions()) is GUEST


@pytest.mark.parametrize("token", [{}, {"sub": "s"}, {"sub": "", "token_use": "id"}, claims(use="access")])
def test_refuses_what_is_no_identity_token(token: dict[str, str]) -> None:
    with pytest.raises(NotAuthenticatedError):
        subject(token)
