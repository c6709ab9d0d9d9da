import attrs

from riff.ports.schema import SchemaState
from riff.usecases.release.migrate_database import MigrateDatabase, migrate_database


@attrs.define
class FakeSchema:
    """Honours `riff.ports.schema.Schema` with a list of names."""

    waiting: list[str]
    number: int = 0

    def bring_up_to_date(self) -> SchemaState:
        """Apply what waits."""
        applied, self.waiting = tuple(self.waiting), []
        self.number += len(applied)
        return SchemaState(applied, self.number, 0)


def test_says_what_was_applied_and_changes_nothing_when_repeated() -> None:
    schema = FakeSchema(["0001_create_things"])
    assert SchemaState(("0001_create_things",), 1, 0) == migrate_database(MigrateDatabase(), schema)
    assert SchemaState((), 1, 0) == migrate_database(MigrateDatabase(), schema)
