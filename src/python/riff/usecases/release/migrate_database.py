"""Bring the database to what this release expects of it, before its functions serve."""

import attrs

from riff.ports.schema import Schema, SchemaState


@attrs.frozen
class MigrateDatabase:
    """The migrations and grants are those that this release carries; there is nothing to choose."""


def migrate_database(_command: MigrateDatabase, schema: Schema) -> SchemaState:
    """Apply what was not applied yet.  Repeating it changes nothing; what was applied is recorded with it.

    Raises:
        IntegrityFailureError: a migration was edited after it was applied, or one is missing.
        UnavailableError: the database cannot be reached; migrations before that stay applied.
    """
    return schema.bring_up_to_date()
