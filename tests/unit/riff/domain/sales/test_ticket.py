from uuid import uuid4

from riff.domain.identifiers import BlockId, OrderId, PackageId
from riff.domain.money import Money
from riff.domain.raffles.raffle import NumberingKind
from riff.domain.sales.sold_order import SoldOrder
from riff.domain.sales.ticket import ticket_of
from riff_critical.selling import Channel
from riff_critical.validation import block_key, parse, verify
from tests.support.builders import RaffleBuilder, a_raffle, raffle_keys
from tests.support.fakes import NOON


def order(first: int, tag: int = 5, count: int = 4) -> SoldOrder:
    return SoldOrder(
        id=OrderId(uuid4()),
        raffle_id=a_raffle().build().id,
        block_id=BlockId(uuid4()),
        block_tag=tag,
        channel=Channel.ONLINE,
        ordinal=first,
        first_slot=first,
        end_slot=first + count,
        package_id=PackageId(uuid4()),
        price=Money(2000, "CAD"),
        seller="guest:guest",
        sold_at=NOON,
    )


def test_sequential_numbers_start_at_the_first_number() -> None:
    raffle = a_raffle().build()
    assert (raffle.first_number + 8, raffle.first_number + 9) == ticket_of(
        order(8, count=2), raffle, raffle_keys()
    ).numbers


def test_random_numbers_start_at_the_first_number_too() -> None:
    builder = RaffleBuilder(first_number=1000).with_slots(online=20)
    raffle = builder.randomly_numbered().build()
    assert raffle.numbering is NumberingKind.RANDOM
    numbers = ticket_of(order(0, count=20), raffle, raffle_keys()).numbers
    assert list(range(1000, 1020)) == sorted(numbers)
    assert list(range(1000, 1020)) != list(numbers)


def test_the_validation_number_leads_back_to_block_and_order() -> None:
    ticket = ticket_of(order(8, tag=77), a_raffle().build(), raffle_keys())
    assert parse(ticket.validation_number).tag == 77
    assert verify(block_key(raffle_keys().validation, 77), ticket.validation_number) == 8
