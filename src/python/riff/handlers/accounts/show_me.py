"""GET /staff/me: who the caller is to the system."""

from typing import Self
from uuid import UUID

import attrs

from riff.domain.accounts.actor import Grant
from riff.domain.accounts.permission_catalogue import ROLES
from riff.domain.accounts.staff import StaffMember
from riff.handlers._runtime.http import Caller, Ok, Request, endpoint
from riff.usecases.accounts.show_me import ShowMe, show_me
from riff.wiring import services


@attrs.frozen
class GrantReply:
    """A role; without an organization it holds in all of them."""

    role: str
    organization_id: UUID | None
    permissions: tuple[str, ...]

    @classmethod
    def of(cls, grant: Grant) -> Self:
        """The role with the permissions that it stands for."""
        return cls(grant.role, grant.organization_id, tuple(sorted(ROLES[grant.role])))


@attrs.frozen
class MeReply:
    """A member of staff, as they may see themselves."""

    id: UUID
    name: str
    email: str = attrs.field(repr=False)
    grants: tuple[GrantReply, ...]

    @classmethod
    def of(cls, member: StaffMember) -> Self:
        """The member with roles."""
        return cls(
            member.id, member.name, member.email, tuple(GrantReply.of(grant) for grant in member.grants)
        )


@endpoint(caller=Caller.STAFF)
def handler(request: Request[None]) -> Ok[MeReply]:
    """Answer with the caller's own account."""
    return Ok(MeReply.of(show_me(ShowMe(actor=request.actor), services())))
