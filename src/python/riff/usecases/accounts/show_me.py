"""Show a member of staff who they are to the system."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.accounts.staff import StaffMember
from riff.errors import NotFoundError
from riff.ports.services import Services


@attrs.frozen
class ShowMe:
    """The caller."""

    actor: Actor


def show_me(query: ShowMe, services: Services) -> StaffMember:
    """The member behind the identity, with roles.

    Raises:
        NotFoundError: the identity provider knows the caller, the system does not.
    """
    with services.transactions.begin() as work:
        member = work.staff.find(query.actor.name)
    if member is None:
        raise NotFoundError("You have no account here; ask an administrator to invite you.")
    return member
