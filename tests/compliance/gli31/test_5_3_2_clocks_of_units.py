"""GLI-31 5.3.2, synchronised clocks: a unit sets its clock by the system's; no sale comes from the future."""

from datetime import timedelta

import pytest

from riff.domain.units.offline_sale import RecordRefusal
from riff.usecases.units.sync_unit import SyncUnit, sync_unit
from tests.support.booth import Booth
from tests.support.fakes import NOON
from tests.support.offline_unit import OfflineUnit


def test_every_synchronisation_tells_the_time() -> None:
    booth = Booth.of()
    for hours in range(3):
        booth.stage.fakes.clock.set(NOON + timedelta(hours=hours))
        synced = sync_unit(SyncUnit(booth.actor), booth.stage.fakes.services)
        assert synced.at == NOON + timedelta(hours=hours)


@pytest.mark.parametrize(("ahead", "taken"), [(0, 1), (119, 1), (120, 1), (121, 0), (3600, 0)])
def test_a_clock_that_runs_ahead_is_noticed(ahead: int, taken: int) -> None:
    booth = Booth.selling()
    unit = OfflineUnit(booth.stage.fakes.services, booth.actor)
    unit.sell(NOON + timedelta(seconds=ahead))
    assert unit.upload().taken == taken


def test_a_sale_from_the_future_is_none() -> None:
    booth = Booth.selling()
    unit = OfflineUnit(booth.stage.fakes.services, booth.actor)
    unit.sell(NOON + timedelta(hours=1))
    refused = unit.upload().refused
    assert refused
    assert refused.cause is RecordRefusal.OUTSIDE_WINDOW
