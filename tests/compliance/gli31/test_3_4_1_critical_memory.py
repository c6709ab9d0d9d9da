"""GLI-31 3.4.1, critical memory: offline sales and the configuration of a unit are kept until uploaded."""

import pytest

from riff_critical.memory import (
    BufferFullError,
    MarkNotHeldError,
    acknowledge,
    append,
    empty,
    from_bytes,
    to_bytes,
)

UNIT = b"unit 7, raffle 12"
CONFIGURATION = b'{"kind":"configuration","close":"2026-03-01T21:30:00Z"}'
SALES = [b'{"kind":"sale","first":%d}' % first for first in range(0, 50, 10)]


def test_configuration_and_sales_survive_a_restart_in_their_order() -> None:
    store = empty(UNIT)
    for record in (CONFIGURATION, *SALES):
        store = append(from_bytes(UNIT, to_bytes(store)), record, limit=100)
    assert from_bytes(UNIT, to_bytes(store)).records == (CONFIGURATION, *SALES)


def test_nothing_is_dropped_before_the_system_has_acknowledged_it() -> None:
    store = append(append(empty(UNIT), SALES[0], limit=2), SALES[1], limit=2)
    with pytest.raises(BufferFullError):
        append(store, SALES[2], limit=2)
    with pytest.raises(MarkNotHeldError):
        acknowledge(store, append(store, SALES[2], limit=3).end.mark)
    assert acknowledge(store, store.links[1].mark).records == (SALES[1],)
