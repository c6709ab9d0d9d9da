"""What no operation stores yet: organizations and staff."""

from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from riff.adapters.postgres import PostgresTransactions
from riff.domain.accounts.staff import StaffMember
from riff.domain.raffles.raffle import Organization
from tests.support.contracts import Stores
from tests.support.postgres import MigratedDatabase


@attrs.frozen
class Seeding:
    """Stores in a database, past the grants."""

    database: MigratedDatabase

    def add_organization(self, organization: Organization) -> None:
        """Store a licence holder."""
        with self.database.superuser() as connection:
            connection.execute(
                "INSERT INTO organization (id, name, licence_number, currency) VALUES (%s, %s, %s, %s)",
                [organization.id, organization.name, organization.licence_number, organization.currency],
            )

    def add_staff(self, member: StaffMember) -> None:
        """Store an active member with grants."""
        with self.database.superuser() as connection:
            connection.execute(
                "INSERT INTO staff_member (id, subject, name, email) VALUES (%s, %s, %s, %s)",
                [member.id, member.subject, member.name, member.email],
            )
            for grant in member.grants:
                connection.execute(
                    "INSERT INTO staff_grant (staff_id, role, organization_id) VALUES (%s, %s, %s)",
                    [member.id, grant.role, grant.organization_id],
                )


@contextmanager
def stores_of(database: MigratedDatabase) -> Iterator[Stores]:
    """The stores of a database, each role on a connection of its own."""
    business, critical, reader = (
        database.open(f"riff_{role}") for role in ("business", "critical", "reader")
    )
    seeding = Seeding(database)
    yield Stores(
        PostgresTransactions(business),
        PostgresTransactions(critical),
        PostgresTransactions(reader),
        seeding.add_organization,
        seeding.add_staff,
    )
    for connection in (business, critical, reader):
        connection.close()
