"""GLI-31 3.4.3, comprehensive checks: at startup every error in critical memory is detected."""

from itertools import permutations

import pytest

from riff_critical.memory import StoreDamagedError, append, empty, from_bytes, to_bytes

UNIT = b"unit 7, raffle 12"
RECORDS = (b"sale", b"sole", b"void")
STORE = append(append(append(empty(UNIT), RECORDS[0], 9), RECORDS[1], 9), RECORDS[2], 9)
DATA = to_bytes(STORE)
HEADER, RECORD_BYTES = 80, 8


def test_every_single_flipped_bit() -> None:
    for at in range(len(DATA) * 8):
        flipped = bytearray(DATA)
        flipped[at // 8] ^= 1 << at % 8
        with pytest.raises(StoreDamagedError):
            from_bytes(UNIT, bytes(flipped))


def test_every_byte_overwritten_with_every_other_value() -> None:
    for at in range(len(DATA)):
        for value in set(range(256)) - {DATA[at]}:
            with pytest.raises(StoreDamagedError):
                from_bytes(UNIT, DATA[:at] + bytes([value]) + DATA[at + 1 :])


def test_every_loss_at_the_end() -> None:
    for length in range(len(DATA)):
        with pytest.raises(StoreDamagedError):
            from_bytes(UNIT, DATA[:length])


def test_every_other_order_of_the_records() -> None:
    pieces = [DATA[at : at + RECORD_BYTES] for at in range(HEADER, len(DATA), RECORD_BYTES)]
    for order in list(permutations(pieces))[1:]:
        with pytest.raises(StoreDamagedError):
            from_bytes(UNIT, DATA[:HEADER] + b"".join(order))


def test_the_memory_of_another_unit_or_raffle() -> None:
    with pytest.raises(StoreDamagedError):
        from_bytes(b"unit 7, raffle 13", DATA)
