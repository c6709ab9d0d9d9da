"""A raffle on its way to its draws, for handlers."""

from collections.abc import Iterator

import pytest

from riff.domain.raffles.profile import DrawMode
from tests.support.builders import a_staff_member
from tests.support.drawing import DrawStage, a_profile
from tests.support.fakes import FakeProfiles, Fakes
from tests.support.gateway import STAFF_SUBJECT
from tests.support.wired import wired


@pytest.fixture(name="draws")
def _draws(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[DrawStage]:
    """An activated raffle, in the mode that a test names, and two people who may draw."""
    mode = getattr(request, "param", DrawMode.RNG_ONLY)
    with wired(monkeypatch, Fakes(profiles=FakeProfiles(a_profile(mode)))) as fakes:
        stage = DrawStage.of(mode, fakes=fakes)
        for subject in (STAFF_SUBJECT, "other"):
            member = a_staff_member(organization_id=stage.stage.organization.id, subject=subject)
            fakes.transactions.add_staff(member)
        yield stage
