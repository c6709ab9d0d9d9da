"""Invoked by a release: migrate the database."""

from riff.handlers._runtime.invocation import invocation
from riff.ports.schema import SchemaState
from riff.usecases.release.migrate_database import MigrateDatabase, migrate_database
from riff.wiring import schema


@invocation(body=MigrateDatabase)
def handler(command: MigrateDatabase) -> SchemaState:
    """Answer with the migrations that were applied, and where the schema stands."""
    return migrate_database(command, schema())
