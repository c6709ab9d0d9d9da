"""People."""

from uuid import uuid4

from riff.domain.accounts.actor import Grant
from riff.domain.accounts.staff import StaffMember
from riff.domain.identifiers import OrganizationId, StaffId


def a_staff_member(
    role: str = "raffle_manager", organization_id: OrganizationId | None = None, subject: str | None = None
) -> StaffMember:
    """A member with one role, in one organization or, without one, in all."""
    name = StaffId(uuid4())
    grants = (Grant(role, organization_id),)
    return StaffMember(name, subject or f"subject-{name}", "Kim Example", "kim@example.org", grants)
