"""People who work with the system."""

import attrs

from riff.domain.accounts.actor import Grant
from riff.domain.identifiers import StaffId


@attrs.frozen
class StaffMember:
    """One person, with what was granted to them.

    Attributes:
        id: permanent name.
        subject: how the identity provider names them.
        name: as colleagues read it.
        email: where they are reached.
        grants: their roles.
    """

    id: StaffId
    subject: str
    name: str
    email: str = attrs.field(repr=False)
    grants: tuple[Grant, ...]
