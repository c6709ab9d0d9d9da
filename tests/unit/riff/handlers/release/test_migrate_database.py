"""Invoked by a release."""

import pytest

from riff.errors import IntegrityFailureError, InvalidRequestError
from riff.handlers.release import migrate_database
from riff.ports.schema import SchemaState


class Schema:
    """Answers as the schema would."""

    def __init__(self, answer: SchemaState | Exception) -> None:
        self.answer = answer

    def bring_up_to_date(self) -> SchemaState:
        """Answer, or fail."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_answers_with_what_was_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    state = SchemaState(("0001_create_things",), 1, 0)
    monkeypatch.setattr(migrate_database, "schema", lambda: Schema(state))
    assert migrate_database.handler({}, None) == {"applied": ["0001_create_things"], "number": 1, "newer": 0}


def test_a_failure_is_raised_so_that_the_release_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate_database, "schema", lambda: Schema(IntegrityFailureError("edited")))
    with pytest.raises(IntegrityFailureError):
        migrate_database.handler({}, None)


def test_takes_no_orders() -> None:
    with pytest.raises(InvalidRequestError):
        migrate_database.handler({"source": "elsewhere"}, None)
