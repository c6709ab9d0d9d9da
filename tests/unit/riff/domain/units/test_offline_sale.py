import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from riff.domain.identifiers import BlockId, OrderId, PackageId
from riff.domain.units.offline_sale import OfflineSale, read_record

SALE = OfflineSale(
    OrderId(uuid4()),
    BlockId(uuid4()),
    PackageId(uuid4()),
    first_slot=500_000,
    numbers=10,
    price_minor=2000,
    sold_at=datetime(2026, 5, 1, 18, 30, 0, 123_456, tzinfo=UTC),
)


def test_a_record_is_read_as_it_was_written() -> None:
    assert read_record(SALE.record) == SALE
    assert len(SALE.record) < 300


@pytest.mark.parametrize("bit", range(0, 8 * len(SALE.record), 3))
def test_no_flipped_bit_reads_as_the_same_sale(bit: int) -> None:
    spoilt = bytearray(SALE.record)
    spoilt[bit // 8] ^= 1 << bit % 8
    assert read_record(bytes(spoilt)) != SALE


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("slot", -1),
        ("slot", "500000"),
        ("slot", True),
        ("numbers", 0),
        ("price", 0),
        ("price", 2**53),
        ("price", 1.5),
        ("sold_at", -1),
        ("sold_at", 10**300),
        ("order", "x"),
        ("order", None),
        ("block", []),
        ("tender", "card"),
    ],
)
def test_refuses_members_that_are_none(member: str, value: object) -> None:
    assert read_record(json.dumps({**json.loads(SALE.record), member: value}).encode()) is None


@pytest.mark.parametrize("record", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 4000, b'{"block":'])
def test_refuses_what_is_no_sale(record: bytes) -> None:
    assert read_record(record) is None


def test_has_one_spelling() -> None:
    members = json.loads(SALE.record)
    assert read_record(json.dumps(members).encode()) is None
    assert read_record(SALE.record.replace(b'"slot":500000', b'"slot":500000,"slot":500000')) is None
    assert read_record(SALE.record.upper()) is None


def test_keeps_the_instant_to_the_microsecond() -> None:
    later = json.loads(SALE.record)["sold_at"] + 1
    record = SALE.record.replace(str(later - 1).encode(), str(later).encode())
    found = read_record(record)
    assert found
    assert found.sold_at == SALE.sold_at + timedelta(microseconds=1)
