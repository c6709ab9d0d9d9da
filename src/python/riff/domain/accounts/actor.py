"""Who stands behind a request, and what they may do where."""

from enum import StrEnum

import attrs

from riff.domain.accounts.permission_catalogue import ROLES
from riff.domain.identifiers import OrganizationId
from riff.errors import NotFoundError, NotPermittedError


class ActorKind(StrEnum):
    """The kinds of caller that the system knows."""

    GUEST = "guest"
    CUSTOMER = "customer"
    STAFF = "staff"
    UNIT = "unit"
    PROCESSOR = "processor"
    SYSTEM = "system"


@attrs.frozen
class Grant:
    """A role in one organization, or in all of them where `organization_id` is None."""

    role: str = attrs.field(validator=attrs.validators.in_(ROLES))
    organization_id: OrganizationId | None

    def permissions(self, organization_id: OrganizationId) -> frozenset[str]:
        """What this grant allows in an organization."""
        if self.organization_id in (None, organization_id):
            return ROLES[self.role]
        return frozenset()


@attrs.frozen
class Actor:
    """A caller as the events record it.

    Attributes:
        kind: which kind of caller.
        name: the identity provider's permanent subject, or the name of a part of the system.
        grants: roles; only staff have any.
    """

    kind: ActorKind
    name: str = attrs.field(validator=attrs.validators.min_len(1))
    grants: tuple[Grant, ...] = ()

    @property
    def label(self) -> str:
        """How events name this actor: `staff:3f0c...`."""
        return f"{self.kind}:{self.name}"

    def holds(self, permission: str) -> bool:
        """Whether the permission is held in any organization at all."""
        return any(permission in ROLES[grant.role] for grant in self.grants)

    def require(self, permission: str, organization_id: OrganizationId) -> None:
        """Refuse unless the permission is held in this organization.

        Parts of the system act by themselves, and need no grant: no request can come from one.

        Raises:
            NotFoundError: nothing is granted here, so the caller does not learn that the thing exists.
            NotPermittedError: something is granted here, but not this.
        """
        if self.kind is ActorKind.SYSTEM:
            return
        granted = frozenset[str]().union(*(grant.permissions(organization_id) for grant in self.grants))
        if not granted:
            raise NotFoundError("There is no such thing, or it is not visible to you.")
        if permission not in granted:
            raise NotPermittedError(f"This needs the permission {permission}.", permission=permission)


GUEST = Actor(ActorKind.GUEST, "guest")
PAYMENT_PROCESSOR = Actor(ActorKind.PROCESSOR, "payments")
SCHEDULE = Actor(ActorKind.SYSTEM, "schedule")
