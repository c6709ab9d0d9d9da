"""People who work with the system."""

from typing import Final

import attrs

from riff.adapters.postgres.connection import Database
from riff.domain.accounts.actor import Grant
from riff.domain.accounts.staff import StaffMember

_FIND: Final = """
    SELECT id, subject, name, email, role, organization_id
    FROM staff_member LEFT JOIN staff_grant ON staff_grant.staff_id = staff_member.id
    WHERE subject = %(subject)s AND active
    ORDER BY role, organization_id
"""


@attrs.frozen
class PostgresStaffStore:
    """Honours `riff.ports.stores.StaffStore`."""

    _database: Database

    def find(self, subject: str) -> StaffMember | None:
        """The active member whom the identity provider knows by this subject, or None."""
        rows = self._database.rows(_FIND, {"subject": subject})
        if not rows:
            return None
        first = rows[0]
        grants = (Grant(row["role"], row["organization_id"]) for row in rows if row["role"] is not None)
        return StaffMember(first["id"], first["subject"], first["name"], first["email"], tuple(grants))
