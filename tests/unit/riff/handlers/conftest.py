"""What tests of handlers share."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.booth import Booth
from tests.support.builders import a_staff_member
from tests.support.fakes import Fakes
from tests.support.gateway import STAFF_SUBJECT
from tests.support.stage import Stage
from tests.support.wired import wired


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fakes]:
    """Fakes that every function is wired to."""
    with wired(monkeypatch, Fakes()) as found:
        yield found


@pytest.fixture
def log_lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the functions have logged so far, parsed."""
    logger = logging.getLogger("riff")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logger.handlers[0].formatter)
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)


@pytest.fixture
def stage(fakes: Fakes) -> Stage:
    """An active raffle of an organization, and a manager whose token is `claims()`."""
    found = Stage.of(fakes=fakes)
    fakes.transactions.add_staff(a_staff_member(organization_id=found.organization.id, subject=STAFF_SUBJECT))
    return found


@pytest.fixture
def booth(stage: Stage) -> Booth:
    """A registered sales unit at the stage's raffle, whose token is `claims(DEVICE)`."""
    return Booth.at(stage)
