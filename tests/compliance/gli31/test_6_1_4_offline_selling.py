"""GLI-31 6.1.4, offline selling: within a limit, handed in completely and once, after a fresh logon."""

from datetime import timedelta
from pathlib import Path

import pytest

from riff.errors import LogonRefusedError, StateRefusesError, UnitNotUploadedError
from riff.usecases.units.resume_unit import ResumeUnit, resume_unit
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff.usecases.units.sync_unit import SyncUnit, sync_unit
from riff_critical.memory import BufferFullError, append, recover, to_bytes
from tests.support.booth import Booth
from tests.support.builders import a_raffle
from tests.support.drawing import DrawStage, a_drawn_raffle
from tests.support.fakes import NOON
from tests.support.offline_unit import OfflineUnit
from tests.support.publishing import published, verified

CLOSE = NOON + timedelta(hours=5)


@pytest.fixture(name="booth")
def _booth() -> Booth:
    return Booth.selling(a_raffle().active().on_sale(NOON, CLOSE))


@pytest.fixture(name="unit")
def _unit(booth: Booth) -> OfflineUnit:
    return OfflineUnit(booth.stage.fakes.services, booth.actor)


def test_the_unit_is_told_its_limit_and_stops_at_it(booth: Booth, unit: OfflineUnit) -> None:
    limit = sync_unit(SyncUnit(booth.actor), booth.stage.fakes.services).buffer_records
    full = unit.memory
    for number in range(limit):
        full = append(full, f"sale {number}".encode(), limit)
    with pytest.raises(BufferFullError):
        append(full, b"one more", limit)


def test_everything_is_handed_in_before_anything_else(booth: Booth, unit: OfflineUnit) -> None:
    for _ in range(5):
        unit.sell(NOON)
    with pytest.raises(UnitNotUploadedError):
        booth.close(unit.mark)
    assert unit.upload().taken == 5
    assert booth.close(unit.mark).service.takings.orders == 5


def test_an_interrupted_upload_is_repeated_without_harm(booth: Booth, unit: OfflineUnit) -> None:
    """The reply is lost on the way: the unit sends the same again, and forgets once it knows."""
    unit.sell(NOON)
    unit.upload()
    kept = to_bytes(unit.memory)
    assert recover(unit.memory.identity, kept, kept).store == unit.memory
    unit.forget(unit.upload().mark)
    assert unit.memory.records == ()
    assert len(booth.stage.fakes.transactions.tables.orders) == 1


def test_a_sale_before_the_close_counts_when_it_is_handed_in_after_it(
    booth: Booth, unit: OfflineUnit
) -> None:
    unit.sell(CLOSE - timedelta(microseconds=1))
    booth.stage.fakes.clock.set(CLOSE + timedelta(hours=1))
    booth.end_sales()
    assert unit.upload().taken == 1


def test_a_sale_from_the_close_on_does_not(booth: Booth, unit: OfflineUnit) -> None:
    unit.sell(CLOSE)
    booth.stage.fakes.clock.set(CLOSE + timedelta(hours=1))
    assert unit.upload().taken == 0


def test_nobody_else_sells_from_the_block_of_a_unit_that_is_out_of_reach(booth: Booth) -> None:
    other = Booth.at(booth.stage, "device-2")
    other.enrol()
    for hours in range(5):
        booth.stage.fakes.clock.set(NOON + timedelta(hours=hours))
        assert other.lease().block.first_slot == 101_000


def test_a_unit_sells_again_only_after_a_fresh_logon(booth: Booth) -> None:
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    command = ResumeUnit(booth.stage.manager, booth.unit.id, "r", inspected=True)
    resume_unit(command, booth.stage.fakes.services)
    with pytest.raises(StateRefusesError):
        booth.sell()
    with pytest.raises(LogonRefusedError):
        booth.enrol()


def test_a_mark_on_a_ticket_shows_whether_its_sale_was_handed_in(tmp_path: Path) -> None:
    """Three tickets were sold out of reach and two handed in: the third one's mark proves the omission."""
    draws = DrawStage.of(builder=a_drawn_raffle().with_slots(online=4_000, sales_unit=1_000))
    booth = Booth.at(draws.stage, "device-2")
    booth.enrol()
    booth.lease()
    unit, printed = OfflineUnit(draws.fakes.services, booth.actor), []
    for _ in range(3):
        unit.sell(NOON)
        printed.append(unit.mark)
    unit.upload(records=unit.memory.records[:2], mark=printed[1])
    marks = [f"{booth.actor.label} {each.position} {each.tag.hex()}" for each in printed]
    folder = published(draws.sealed(), tmp_path)
    assert [verified(folder, mark=mark)[0] for mark in marks] == [0, 0, 1]
    told = verified(folder, mark=marks[2])[1]
    assert f"FAIL mark: mark-not-in-ledger: {marks[2]}" in told
