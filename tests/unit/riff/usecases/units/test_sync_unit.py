from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from riff.usecases.units.sync_unit import SyncUnit, sync_unit
from riff_critical.memory import start
from riff_critical.validation import BlockKey, issue
from tests.support.booth import Booth
from tests.support.builders import a_raffle


def test_tells_what_a_unit_needs_to_sell_alone() -> None:
    booth = Booth.selling()
    synced = sync_unit(SyncUnit(booth.actor), booth.stage.fakes.services)
    assert (booth.now, booth.stage.fakes.clock.now(), 500) == (synced.unit, synced.at, synced.buffer_records)
    served = synced.service
    assert served
    assert served.end == start(booth.enrolment.memory_identity)
    assert served.packages == served.offline == (booth.stage.package,)
    (held,) = served.blocks
    assert (held.numbers[0], len(held.numbers)) == (100_001, 1_000)


def test_a_ticket_made_alone_is_the_one_that_the_system_makes() -> None:
    booth = Booth.selling(a_raffle().active().randomly_numbered())
    served = sync_unit(SyncUnit(booth.actor), booth.stage.fakes.services).service
    assert served
    (held,) = served.blocks
    ticket = booth.sell().ticket
    assert held.numbers[:10] == ticket.numbers
    assert issue(BlockKey(held.lease.tag, held.validation_key), 0) == ticket.validation_number


def test_tells_no_secrets_to_a_unit_that_is_not_logged_on() -> None:
    booth = Booth.selling()
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    served = sync_unit(SyncUnit(booth.actor), booth.stage.fakes.services).service
    assert served
    assert served.blocks == ()


def test_a_unit_that_serves_nothing_is_told_the_time() -> None:
    booth = Booth.of()
    assert sync_unit(SyncUnit(booth.actor), booth.stage.fakes.services).service is None
