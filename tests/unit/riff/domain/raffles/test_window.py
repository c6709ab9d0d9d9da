from datetime import datetime, timedelta

import pytest

from riff.domain.raffles.window import SalesWindow
from tests.support.fakes import NOON

HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "holds"),
    [
        (NOON - TICK, False),
        (NOON, True),
        (NOON + HOUR - TICK, True),
        (NOON + HOUR, False),
    ],
    ids=["before", "opening", "last instant", "close"],
)
def test_holds_the_opening_and_not_the_close(*, at: datetime, holds: bool) -> None:
    assert holds is SalesWindow(NOON, NOON + HOUR).holds(at)


def test_refuses_instants_without_zone() -> None:
    with pytest.raises(ValueError, match="opens_at"):
        SalesWindow(NOON.replace(tzinfo=None), NOON + HOUR)
