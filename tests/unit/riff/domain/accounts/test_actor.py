from uuid import uuid4

import pytest

from riff.domain.accounts.actor import Actor, ActorKind, Grant
from riff.domain.accounts.permission_catalogue import PERMISSIONS, ROLES
from riff.domain.identifiers import OrganizationId
from riff.errors import NotFoundError, NotPermittedError

HERE, ELSEWHERE = OrganizationId(uuid4()), OrganizationId(uuid4())


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
@pytest.mark.parametrize("scope", [HERE, None], ids=["here", "everywhere"])
def test_a_role_allows_exactly_what_the_catalogue_says(
    role: str, permission: str, scope: OrganizationId | None
) -> None:
    actor = Actor(ActorKind.STAFF, "s", (Grant(role, scope),))
    if permission in ROLES[role]:
        actor.require(permission, HERE)
    else:
        with pytest.raises(NotPermittedError):
            actor.require(permission, HERE)


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
def test_a_role_elsewhere_shows_nothing_here(permission: str) -> None:
    actor = Actor(ActorKind.STAFF, "s", (Grant("admin", ELSEWHERE),))
    with pytest.raises(NotFoundError):
        actor.require(permission, HERE)


def test_roles_in_one_organization_add_up() -> None:
    actor = Actor(ActorKind.STAFF, "s", (Grant("viewer", HERE), Grant("raffle_manager", HERE)))
    actor.require("orders:void", HERE)


def test_holding_a_permission_anywhere_is_holding_it() -> None:
    actor = Actor(ActorKind.STAFF, "s", (Grant("viewer", ELSEWHERE),))
    assert actor.holds("raffles:read")
    assert not actor.holds("orders:void")


def test_refuses_a_role_that_is_not_catalogued() -> None:
    with pytest.raises(ValueError, match="role"):
        Grant("emperor", HERE)
