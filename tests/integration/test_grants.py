"""What each database role may do, tried with that role (GLI-31 5.2.3, 5.2.5)."""

from collections.abc import Iterator
from itertools import product

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from psycopg.rows import TupleRow

from riff.adapters.postgres.migrate import ROLES
from tests.support.postgres import MigratedDatabase

type Connection = psycopg.Connection[TupleRow]

LEDGERS = (
    "sold_order",
    "order_void",
    "significant_event",
    "payment_notice",
    "command",
    "ledger_batch",
    "ledger_reading",
    "ledger_entry",
    "tree_node",
    "ledger_checkpoint",
    "ledger_signature",
    "pool_page",
    "price_change",
    "sales_opening",
    "claimant",
    "claim_payout",
    "ticket_reprint",
    "attended_sale",
    "void_request",
    "unit_write_off",
    "cash_count",
    "void_acknowledgement",
    "reconciliation_confirmation",
    "unit_record",
    "draw_plan",
    "draw_manifest",
    "draw_seed",
    "draw_contribution_commitment",
    "draw_seal",
    "draw_contribution",
    "draw_beacon_value",
    "draw_approval",
    "draw_start",
    "draw_entry",
    "draw_result",
    "draw_substitution",
    "draw_declaration",
    "draw_transcript",
)
TABLES = (
    "organization",
    "venue",
    "staff_member",
    "staff_grant",
    "raffle",
    "raffle_key",
    "channel_range",
    "package",
    "prize",
    "block",
    "block_sales",
    "sold_order",
    "order_void",
    "checkout",
    "payment_notice",
    "significant_event",
    "command",
    "ledger_batch",
    "ledger_reading",
    "ledger_entry",
    "tree_node",
    "ledger_checkpoint",
    "ledger_signature",
    "pool_page",
    "price_change",
    "sales_opening",
    "claim",
    "claimant",
    "claim_payout",
    "ticket_reprint",
    "allowance",
    "sales_unit",
    "unit_logon",
    "unit_enrolment",
    "attended_sale",
    "void_request",
    "unit_write_off",
    "cash_count",
    "void_acknowledgement",
    "reconciliation_confirmation",
    "unit_record",
    "draw_plan",
    "draw_manifest",
    "draw_seed",
    "draw_contribution_commitment",
    "draw_seal",
    "draw_contribution",
    "draw_beacon_value",
    "draw_approval",
    "draw_start",
    "draw_entry",
    "draw_result",
    "draw_substitution",
    "draw_declaration",
    "draw_transcript",
)
_COLUMNS = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"


@pytest.fixture(name="connections", scope="module")
def _connections(database: MigratedDatabase) -> Iterator[dict[str, Connection]]:
    opened = {role: database.connect(role) for role in ROLES}
    yield opened
    for connection in opened.values():
        connection.close()


def test_every_table_is_looked_at(database: MigratedDatabase) -> None:
    with database.superuser() as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert {*TABLES, "schema_migration"} == {name for (name,) in found}


@pytest.mark.parametrize(
    ("role", "table"),
    # A staff grant that is withdrawn is deleted; the event of the withdrawal stays.  Ranges are set anew
    # until something is leased of them.
    [
        pair
        for pair in product(ROLES, TABLES)
        if pair not in {("riff_business", "staff_grant"), ("riff_business", "channel_range")}
    ],
)
def test_nobody_deletes(role: str, table: str, connections: dict[str, Connection]) -> None:
    with pytest.raises(InsufficientPrivilege):
        connections[role].execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@pytest.mark.parametrize("table", [*TABLES, "schema_migration"])
@pytest.mark.parametrize("role", ROLES)
def test_nobody_truncates(role: str, table: str, connections: dict[str, Connection]) -> None:
    with pytest.raises(InsufficientPrivilege):
        connections[role].execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(table)))


@pytest.mark.parametrize("table", LEDGERS)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_a_ledger(
    role: str, table: str, connections: dict[str, Connection], database: MigratedDatabase
) -> None:
    assert _refused_columns(role, table, connections, database) == _columns(table, database)


@pytest.mark.parametrize("table", TABLES)
def test_readers_change_nothing(
    table: str, connections: dict[str, Connection], database: MigratedDatabase
) -> None:
    assert _refused_columns("riff_reader", table, connections, database) == _columns(table, database)
    with pytest.raises(InsufficientPrivilege):
        connections["riff_reader"].execute(
            sql.SQL("INSERT INTO {} DEFAULT VALUES").format(sql.Identifier(table))
        )


@pytest.mark.parametrize(
    ("role", "table", "changeable"),
    [
        ("riff_business", "organization", {"last_event_number"}),
        (
            "riff_business",
            "raffle",
            {
                "name",
                "state",
                "opens_at",
                "closes_at",
                "closed_at",
                "numbering",
                "first_number",
                "rule_profile",
                "profile_snapshot",
                "sales_cap_minor",
                "package_revision",
                "prize_revision",
            },
        ),
        ("riff_business", "raffle_key", set()),
        ("riff_business", "channel_range", set()),
        ("riff_business", "package", set()),
        ("riff_business", "prize", set()),
        ("riff_business", "block", set()),
        ("riff_business", "block_sales", set()),
        ("riff_critical", "block", set()),
        ("riff_business", "checkout", set()),
        ("riff_critical", "organization", set()),
        ("riff_critical", "raffle", {"state", "closes_at", "closed_at"}),
        ("riff_critical", "raffle_key", set()),
        ("riff_critical", "channel_range", {"next_slot", "blocks"}),
        ("riff_critical", "package", set()),
        ("riff_critical", "prize", set()),
        (
            "riff_critical",
            "block_sales",
            {
                "unsold",
                "room",
                "valid_orders",
                "valid_numbers",
                "valid_minor",
                "voided_orders",
                "voided_numbers",
                "voided_minor",
                "holder",
                "lease_expires_at",
                "sell_until",
                "open",
                "paused",
            },
        ),
        ("riff_business", "claim", set()),
        ("riff_critical", "claim", {"state", "slot", "order_id", "opened_at", "expires_at"}),
        ("riff_business", "allowance", set()),
        ("riff_critical", "allowance", {"taken"}),
        ("riff_business", "sales_unit", {"label", "operator", "state", "enrolment_id"}),
        ("riff_business", "unit_logon", {"digest"}),
        ("riff_business", "unit_enrolment", set()),
        ("riff_critical", "sales_unit", {"state", "enrolment_id"}),
        ("riff_critical", "unit_logon", set()),
        ("riff_critical", "unit_enrolment", {"closed_at"}),
        ("riff_critical", "checkout", {"state", "charge_id", "refund", "concluded_at", "reserved"}),
    ],
)
def test_changes_only_these_columns(
    role: str,
    table: str,
    changeable: set[str],
    connections: dict[str, Connection],
    database: MigratedDatabase,
) -> None:
    refused = _refused_columns(role, table, connections, database)
    assert changeable == _columns(table, database) - refused


@pytest.mark.parametrize(
    ("role", "tables"),
    [
        (
            "riff_business",
            (
                "sold_order",
                "order_void",
                "block",
                "block_sales",
                "checkout",
                "payment_notice",
                "organization",
                "draw_seal",
                "draw_start",
                "draw_result",
                "draw_declaration",
            ),
        ),
        (
            "riff_critical",
            (
                "raffle",
                "raffle_key",
                "channel_range",
                "package",
                "prize",
                "staff_grant",
                "price_change",
                "allowance",
                "draw_plan",
                "draw_manifest",
                "draw_seed",
            ),
        ),
    ],
)
def test_inserts_nothing_of_the_other_write_path(
    role: str, tables: tuple[str, ...], connections: dict[str, Connection]
) -> None:
    for table in tables:
        with pytest.raises(InsufficientPrivilege):
            connections[role].execute(sql.SQL("INSERT INTO {} DEFAULT VALUES").format(sql.Identifier(table)))


@pytest.mark.parametrize("role", ["riff_reader", "riff_business"])
def test_only_sellers_read_secrets(role: str, connections: dict[str, Connection]) -> None:
    for column in ("validation", "numbering"):
        with pytest.raises(InsufficientPrivilege):
            connections[role].execute(sql.SQL("SELECT {} FROM raffle_key").format(sql.Identifier(column)))


@pytest.mark.parametrize("role", ["riff_reader", "riff_business"])
@pytest.mark.parametrize(
    ("table", "column"),
    [("draw_seed", "ciphertext"), ("draw_contribution", "value"), ("draw_beacon_value", "value")],
)
def test_only_those_who_draw_read_what_is_drawn_with(
    role: str, table: str, column: str, connections: dict[str, Connection]
) -> None:
    with pytest.raises(InsufficientPrivilege):
        connections[role].execute(sql.SQL("SELECT {} FROM {}").format(*map(sql.Identifier, (column, table))))


@pytest.mark.parametrize("role", ["riff_reader", "riff_business"])
def test_only_sellers_read_what_logs_on(role: str, connections: dict[str, Connection]) -> None:
    with pytest.raises(InsufficientPrivilege):
        connections[role].execute("SELECT digest FROM unit_logon")


@pytest.mark.parametrize("column", ["buyer_name", "buyer_email", "request_key", "request_digest"])
@pytest.mark.parametrize("role", ["riff_reader", "riff_business"])
def test_only_sellers_read_who_buys(role: str, column: str, connections: dict[str, Connection]) -> None:
    with pytest.raises(InsufficientPrivilege):
        connections[role].execute(sql.SQL("SELECT {} FROM checkout").format(sql.Identifier(column)))


def test_readers_read_no_answers_to_commands(connections: dict[str, Connection]) -> None:
    with pytest.raises(InsufficientPrivilege):
        connections["riff_reader"].execute("SELECT body FROM command")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE intruder (id integer)",
        "CREATE FUNCTION intruder() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION btree_gist",
        "ALTER TABLE sold_order DROP CONSTRAINT sold_order_link",
        "DROP TABLE sold_order",
        "CREATE ROLE intruder",
        "SET ROLE riff_owner",
        "SET session_replication_role = replica",
        "COPY organization TO PROGRAM 'true'",
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_programs_the_server(role: str, statement: str, connections: dict[str, Connection]) -> None:
    """GLI-31 5.2.5."""
    with pytest.raises(psycopg.Error) as refusal:
        connections[role].execute(statement.encode())
    assert isinstance(refusal.value, InsufficientPrivilege | psycopg.errors.FeatureNotSupported)


def test_the_database_holds_no_code(database: MigratedDatabase) -> None:
    with database.superuser() as connection:
        assert (
            connection.execute(
                "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            ).fetchall()
            == []
        )
        assert connection.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal").fetchall() == []
        assert (
            connection.execute("SELECT rulename FROM pg_rules WHERE schemaname = 'public'").fetchall() == []
        )
        assert connection.execute("SELECT extname FROM pg_extension").fetchall() == [("plpgsql",)]


def _columns(table: str, database: MigratedDatabase) -> set[str]:
    with database.superuser() as connection:
        return {name for (name,) in connection.execute(_COLUMNS, [table])}


def _refused_columns(
    role: str, table: str, connections: dict[str, Connection], database: MigratedDatabase
) -> set[str]:
    """The columns that the role may not update, found by trying each."""
    refused = set()
    for column in _columns(table, database):
        statement = sql.SQL("UPDATE {} SET {} = DEFAULT WHERE false").format(
            sql.Identifier(table), sql.Identifier(column)
        )
        try:
            connections[role].execute(statement)
        except InsufficientPrivilege:
            refused.add(column)
    return refused


@pytest.mark.parametrize("role", ["riff_reader", "riff_business"])
def test_only_who_pays_prizes_reads_who_claims(role: str, connections: dict[str, Connection]) -> None:
    with pytest.raises(InsufficientPrivilege):
        connections[role].execute("SELECT name, document_number FROM claimant")
