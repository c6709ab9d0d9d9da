"""The schema of the database, which only a release changes."""

from typing import Protocol

import attrs


@attrs.frozen
class SchemaState:
    """What a release left behind.

    Attributes:
        applied: names of the migrations that it applied, in order; none when there was nothing to do.
        number: of the newest migration of the database.
        newer: how many migrations the database has that this release does not know.
    """

    applied: tuple[str, ...]
    number: int
    newer: int


class Schema(Protocol):
    """The schema and the grants of one database."""

    def bring_up_to_date(self) -> SchemaState:
        """Apply the migrations that were not applied yet, in order, and then the grants of every role.

        Repeating it changes nothing; of two at once the second waits for the first.

        Raises:
            IntegrityFailureError: a migration was edited after it was applied, or one is missing.
            UnavailableError: the database cannot be reached; migrations before that stay applied.
        """
        ...
