"""Hand-written SQL that would break the books is refused by constraints (GLI-31 2.3.3), whoever writes it.

Each attempt is made by the role that sells, which the grants let this far, and by the superuser.
"""

from collections.abc import Iterator
from typing import Any

import attrs
import psycopg
import pytest
from psycopg import errors, sql
from psycopg.rows import TupleRow

from riff.domain.raffles.raffle import Raffle
from riff_critical.selling import Channel
from tests.support.builders import a_raffle, a_sale
from tests.support.contracts import Stores
from tests.support.postgres import MigratedDatabase

type Connection = psycopg.Connection[TupleRow]

_ORDER = """
    INSERT INTO sold_order (id, block_number, block_end, first_slot, end_slot, previous_end, opened_block,
        price_minor, package_id, seller, sold_at)
    VALUES (uuidv7(), %(block_number)s, %(block_end)s, %(first_slot)s, %(end_slot)s,
        %(previous_end)s, %(opened_block)s, %(price_minor)s, uuidv7(), 'intruder', now())
"""

_BLOCK = """
    INSERT INTO block (id, raffle_id, raffle_ordinal, tag, channel, range_first, range_end, first_slot,
        end_slot)
    VALUES (uuidv7(), %(raffle_id)s, %(raffle_ordinal)s, %(tag)s, %(channel)s, %(range_first)s, %(range_end)s,
        %(first_slot)s, %(end_slot)s)
"""

_EVENT = """
    INSERT INTO significant_event (stream, sequence, kind, occurred_at, record, digest)
    VALUES (%(stream)s, %(sequence)s, %(kind)s, now(), '{}', %(digest)s)
"""


@attrs.frozen
class Books:
    """Two adjoining blocks of 1000 slots; the first has sold [0, 10) and [10, 20), the second nothing."""

    raffle: Raffle
    ordinal: int
    first_block: int
    second_block: int
    order_id: object


@pytest.fixture(name="books", scope="module")
def _books(stores: Stores, database: MigratedDatabase) -> Books:
    raffle = stores.raffle(a_raffle().active().with_slots(online=10_000, sales_unit=10_000))
    first, second = stores.lease(raffle, "environment-1"), stores.lease(raffle, "environment-2")
    with stores.critical.begin() as work:
        _, lease = a_sale(work, first)
        order, _ = a_sale(work, lease)
    with database.superuser() as connection:
        rows = connection.execute(
            "SELECT number, raffle_ordinal FROM block WHERE id = ANY(%s) ORDER BY tag",
            [[first.id, second.id]],
        ).fetchall()
    assert [number for number, _ in rows] == [1, 2], "the cases below name blocks by these numbers"
    return Books(raffle, rows[0][1], rows[0][0], rows[1][0], order.id)


@pytest.fixture(name="connection", params=["riff_critical", "postgres"])
def _connection(request: pytest.FixtureRequest, database: MigratedDatabase) -> Iterator[Connection]:
    is_superuser = request.param == "postgres"
    opened = database.superuser() if is_superuser else database.connect(request.param)
    with opened as connection:
        yield connection


def an_order(books: Books, **changes: object) -> dict[str, object]:
    """The order that could come next: [20, 30) of the first block."""
    return {
        "block_number": books.first_block,
        "block_end": 1000,
        "first_slot": 20,
        "end_slot": 30,
        "previous_end": 20,
        "opened_block": None,
        "price_minor": 2000,
        **changes,
    }


def a_block(books: Books, **changes: object) -> dict[str, object]:
    """The block that could come next: [2000, 3000) of the online range."""
    return {
        "raffle_id": books.raffle.id,
        "raffle_ordinal": books.ordinal,
        "tag": 2,
        "channel": Channel.ONLINE.value,
        "range_first": 0,
        "range_end": 10_000,
        "first_slot": 2000,
        "end_slot": 3000,
        **changes,
    }


def refused(
    connection: Connection, statement: str, values: dict[str, Any], error: type[psycopg.Error], by: str
) -> None:
    with pytest.raises(error) as refusal:
        connection.execute(statement.encode(), values)
    assert refusal.value.diag.constraint_name == by


def test_the_unspoilt_rows_would_be_accepted(connection: Connection, books: Books) -> None:
    """Else the refusals below would prove nothing."""
    with connection.transaction(force_rollback=True):
        connection.execute(_ORDER, an_order(books))
        connection.execute(_BLOCK, a_block(books))


@pytest.mark.parametrize(
    ("changes", "error", "by"),
    [
        pytest.param(
            {"first_slot": 10, "previous_end": 10},
            errors.UniqueViolation,
            "sold_order_start",
            id="sold twice",
        ),
        pytest.param(
            {"first_slot": 0, "end_slot": 5, "previous_end": None, "opened_block": 1},
            errors.UniqueViolation,
            "sold_order_start",
            id="first order sold twice",
        ),
        pytest.param(
            {"first_slot": 15, "end_slot": 25, "previous_end": 15},
            errors.ForeignKeyViolation,
            "sold_order_predecessor",
            id="from the middle of an order",
        ),
        pytest.param(
            {"first_slot": 15, "end_slot": 20, "previous_end": 15},
            errors.UniqueViolation,
            "sold_order_finish",
            id="to the end of an order",
        ),
        pytest.param(
            {"first_slot": 25, "end_slot": 35, "previous_end": 25},
            errors.ForeignKeyViolation,
            "sold_order_predecessor",
            id="after a gap",
        ),
        pytest.param(
            {"previous_end": None}, errors.CheckViolation, "sold_order_place", id="without its predecessor"
        ),
        pytest.param(
            {"previous_end": None, "opened_block": 2},
            errors.CheckViolation,
            "sold_order_place",
            id="opening another block",
        ),
        pytest.param(
            {"previous_end": None, "opened_block": 1},
            errors.ForeignKeyViolation,
            "sold_order_block",
            id="opening its block in the middle",
        ),
        pytest.param(
            {"opened_block": 1}, errors.ForeignKeyViolation, "sold_order_block", id="following and opening"
        ),
        pytest.param(
            {"first_slot": 15, "end_slot": 25, "previous_end": 20},
            errors.CheckViolation,
            "sold_order_place",
            id="linked to another place",
        ),
        pytest.param({"end_slot": 1001}, errors.CheckViolation, "sold_order_place", id="beyond the block"),
        pytest.param(
            {"end_slot": 1001, "block_end": 1001},
            errors.ForeignKeyViolation,
            "sold_order_predecessor",
            id="with a misstated end of the block",
        ),
        pytest.param({"end_slot": 20}, errors.CheckViolation, "sold_order_place", id="empty"),
        pytest.param({"end_slot": 10}, errors.CheckViolation, "sold_order_place", id="backwards"),
        pytest.param(
            {"block_number": 2_000_000},
            errors.ForeignKeyViolation,
            "sold_order_predecessor",
            id="in no block",
        ),
        pytest.param({"price_minor": 0}, errors.CheckViolation, "price_check", id="for nothing"),
    ],
)
def test_refuses_an_order(
    connection: Connection, books: Books, changes: dict[str, object], error: type[psycopg.Error], by: str
) -> None:
    refused(connection, _ORDER, an_order(books, **changes), error, by)


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        pytest.param({}, "sold_order_predecessor", id="following"),
        pytest.param(
            {"first_slot": 0, "end_slot": 10, "previous_end": None, "opened_block": 2},
            "sold_order_block",
            id="opening",
        ),
        pytest.param(
            {
                "first_slot": 1000,
                "end_slot": 1010,
                "block_end": 2001,
                "previous_end": None,
                "opened_block": 2,
            },
            "sold_order_block",
            id="opening with a misstated end",
        ),
    ],
)
def test_refuses_an_order_in_the_second_block(
    connection: Connection, books: Books, changes: dict[str, object], by: str
) -> None:
    order = an_order(books, block_number=books.second_block, **changes)
    refused(connection, _ORDER, order, errors.ForeignKeyViolation, by)


@pytest.mark.parametrize(
    ("changes", "error", "by"),
    [
        pytest.param(
            {"first_slot": 1999}, errors.ExclusionViolation, "block_overlap", id="over another's last slot"
        ),
        pytest.param(
            {"first_slot": 0, "end_slot": 1}, errors.ExclusionViolation, "block_overlap", id="sold already"
        ),
        pytest.param(
            {"first_slot": 9000, "end_slot": 10_001},
            errors.CheckViolation,
            "block_inside",
            id="beyond its range",
        ),
        pytest.param(
            {"first_slot": 9000, "end_slot": 10_001, "range_end": 10_001},
            errors.ForeignKeyViolation,
            "block_range",
            id="with a misstated range",
        ),
        pytest.param(
            {"channel": "sales_unit"},
            errors.ForeignKeyViolation,
            "block_range",
            id="in the range of another channel",
        ),
        pytest.param(
            {"raffle_ordinal": 4_000_000},
            errors.ForeignKeyViolation,
            "block_raffle",
            id="on the axis of another raffle",
        ),
        pytest.param({"tag": 1}, errors.UniqueViolation, "block_tag_once", id="tagged twice"),
        pytest.param({"tag": 32_768}, errors.CheckViolation, "block_tag_check", id="tagged too high"),
        pytest.param({"end_slot": 2000}, errors.CheckViolation, "block_inside", id="empty"),
    ],
)
def test_refuses_a_block(
    connection: Connection, books: Books, changes: dict[str, object], error: type[psycopg.Error], by: str
) -> None:
    refused(connection, _BLOCK, a_block(books, **changes), error, by)


@pytest.mark.parametrize(
    "column",
    [
        "unsold",
        "valid_orders",
        "valid_numbers",
        "valid_minor",
        "voided_orders",
        "voided_numbers",
        "voided_minor",
    ],
)
def test_refuses_subtotals_that_cannot_be(connection: Connection, books: Books, column: str) -> None:
    with pytest.raises(errors.CheckViolation):
        connection.execute(
            sql.SQL("UPDATE block_sales SET {} = -1 WHERE block_number = %s").format(sql.Identifier(column)),
            [books.first_block],
        )


def test_refuses_to_lose_sight_of_unsold_numbers(connection: Connection, books: Books) -> None:
    """Whoever leases looks only at blocks with room: a bound below what is unsold would lose it."""
    statement = "UPDATE block_sales SET room = unsold - 1 WHERE block_number = %(number)s"
    refused(connection, statement, {"number": books.first_block}, errors.CheckViolation, "block_sales_room")


def test_refuses_sales_of_a_block_with_other_bounds(connection: Connection, books: Books) -> None:
    """A block that is cut by hand must say the same in both tables."""
    statement = """
        INSERT INTO block_sales (block_id, block_number, raffle_id, channel, first_slot, end_slot, unsold,
            holder, lease_expires_at, sell_until)
        SELECT id, number, raffle_id, channel, first_slot, end_slot + 1, 1000, 'intruder', now(), now()
        FROM block WHERE number = %(number)s
    """
    with connection.transaction(force_rollback=True):
        connection.execute(_BLOCK, a_block(books))
        number = connection.execute("SELECT max(number) FROM block").fetchone()
        assert number is not None
        refused(connection, statement, {"number": number[0]}, errors.ForeignKeyViolation, "block_sales_block")


def test_a_block_moved_back_sells_nothing_twice(connection: Connection, books: Books) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute(
            "UPDATE block_sales SET unsold = end_slot - 10 WHERE block_number = %s", [books.first_block]
        )
        again = an_order(books, first_slot=10, end_slot=20, previous_end=10)
        refused(connection, _ORDER, again, errors.UniqueViolation, "sold_order_start")


def test_voids_no_order_twice_and_none_that_is_not(connection: Connection, books: Books) -> None:
    statement = "INSERT INTO order_void VALUES (%(id)s, 'reason', 'intruder', now())"
    with connection.transaction(force_rollback=True):
        connection.execute(statement, {"id": books.order_id})
        refused(connection, statement, {"id": books.order_id}, errors.UniqueViolation, "order_void_pkey")
    unknown = {"id": books.raffle.id}
    refused(connection, statement, unknown, errors.ForeignKeyViolation, "order_void_order_id_fkey")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"sequence": 0}, id="before the first"),
        pytest.param({"digest": b"d" * 31}, id="digest too short"),
        pytest.param({"kind": "RAFFLE"}, id="kind not of the catalogue"),
    ],
)
def test_refuses_an_event(connection: Connection, changes: dict[str, object]) -> None:
    event: dict[str, object] = {
        "stream": "00000000-0000-7000-8000-000000000000",
        "sequence": 1,
        "kind": "RAF-0101",
        "digest": b"d" * 32,
    }
    with connection.transaction(force_rollback=True):
        connection.execute(_EVENT, event)
    with pytest.raises(errors.CheckViolation):
        connection.execute(_EVENT, {**event, **changes})


def test_refuses_an_event_in_the_place_of_another(connection: Connection, books: Books) -> None:
    with connection.transaction(force_rollback=True):
        values = {
            "stream": books.raffle.id,
            "sequence": 1,
            "kind": "RAF-0101",
            "digest": b"d" * 32,
        }
        connection.execute(_EVENT, values)
        refused(connection, _EVENT, values, errors.UniqueViolation, "significant_event_pkey")


def test_answers_no_command_twice(connection: Connection) -> None:
    statement = "INSERT INTO command (scope, key, digest, status, body) VALUES ('s', 'k', '', 200, '{}')"
    with connection.transaction(force_rollback=True):
        connection.execute(statement)
        refused(connection, statement, {}, errors.UniqueViolation, "command_pkey")


def test_channel_ranges_do_not_overlap(database: MigratedDatabase, books: Books) -> None:
    statement = """
        INSERT INTO channel_range (raffle_id, raffle_ordinal, channel, first_slot, end_slot, next_slot)
        VALUES (%(raffle_id)s, %(raffle_ordinal)s, 'reserve', 19999, 20999, 19999)
    """
    values = {"raffle_id": books.raffle.id, "raffle_ordinal": books.ordinal}
    with database.connect("riff_business") as connection:
        refused(connection, statement, values, errors.ExclusionViolation, "channel_range_overlap")
