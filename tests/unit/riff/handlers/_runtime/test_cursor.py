"""Cursors; lists that use them are tested with their handlers."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from riff.domain.identifiers import RaffleId
from riff.errors import InvalidRequestError
from riff.handlers._runtime.cursor import decode, encode
from riff.ports.pages import RafflePosition


def test_reads_what_it_wrote() -> None:
    position = RafflePosition(datetime(2026, 5, 1, 18, tzinfo=UTC), RaffleId(uuid4()))
    assert decode(encode(position), RafflePosition) == position


def test_first_page_has_no_cursor() -> None:
    assert decode(None, RafflePosition) is None


@pytest.mark.parametrize("text", ["", "?", "AAAA", "e30", "é", "[" * 300])
def test_refuses_other_text(text: str) -> None:
    with pytest.raises(InvalidRequestError):
        decode(text, RafflePosition)
