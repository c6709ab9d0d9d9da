from collections.abc import Iterator

import pytest

from tests.support.answering import Server, answering


@pytest.fixture(name="server")
def _server() -> Iterator[Server]:
    with answering() as running:
        yield running
