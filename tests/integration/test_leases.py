"""What leasing looks at: blocks with room, however many are sold out, and none that is lost sight of."""

from datetime import timedelta
from uuid import UUID

from riff.domain.identifiers import RaffleId
from tests.support.builders import a_lease_request, a_sale
from tests.support.contracts import Stores
from tests.support.fakes import NOON
from tests.support.postgres import MigratedDatabase

LATER = NOON + timedelta(hours=1)


def _room_of(database: MigratedDatabase, block_id: UUID) -> int:
    with database.superuser() as connection:
        row = connection.execute("SELECT room FROM block_sales WHERE block_id = %s", [block_id]).fetchone()
    assert row is not None
    return int(row[0])


def _sell(stores: Stores, raffle_id: RaffleId, numbers: int) -> UUID:
    """Sell so many numbers of a block of a thousand, whose seller then crashes."""
    with stores.critical.begin() as work:
        lease = work.blocks.lease(a_lease_request(raffle_id))
        a_sale(work, lease, numbers)
    return lease.id


def test_looks_in_vain_at_a_block_once(stores: Stores, database: MigratedDatabase) -> None:
    raffle = stores.raffle()
    sold_out = _sell(stores, raffle.id, 997)
    assert _room_of(database, sold_out) == 1000
    with stores.critical.begin() as work:
        other = work.blocks.lease(a_lease_request(raffle.id, "environment-2", at=LATER))
    assert other.id != sold_out
    assert _room_of(database, sold_out) == 3


def test_what_is_left_of_a_block_is_found_again(stores: Stores, database: MigratedDatabase) -> None:
    raffle = stores.raffle()
    block = _sell(stores, raffle.id, 997)
    with stores.critical.begin() as work:
        work.blocks.lease(a_lease_request(raffle.id, "environment-2", at=LATER))
    with stores.critical.begin() as work:
        rest = work.blocks.lease(a_lease_request(raffle.id, "environment-3", at=LATER, count=3))
    assert (rest.id, rest.block.next_slot) == (block, rest.block.end_slot - 3)
    assert _room_of(database, block) == 3


def test_a_block_given_back_tells_its_room(stores: Stores, database: MigratedDatabase) -> None:
    raffle = stores.raffle()
    block = _sell(stores, raffle.id, 100)
    with stores.critical.begin() as work:
        lease = work.blocks.lease(a_lease_request(raffle.id))
        work.blocks.release(lease, NOON)
    assert (lease.id, _room_of(database, block)) == (block, 900)
