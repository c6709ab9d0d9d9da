"""GLI-31 3.4.5, backup: whichever copy of critical memory fails, and however, the other one serves."""

from riff_critical.memory import CopyState, Recovery, append, empty, recover, to_bytes

UNIT = b"unit 7, raffle 12"
STORE = append(append(empty(UNIT), b"first sale", limit=10), b"second sale", limit=10)
DATA = to_bytes(STORE)


def failures() -> list[bytes]:
    flipped = [DATA[:at] + bytes([DATA[at] ^ 1]) + DATA[at + 1 :] for at in range(len(DATA))]
    return [b"", bytes(len(DATA)), b"\xff" * len(DATA), *flipped, *(DATA[:at] for at in range(len(DATA)))]


def test_the_first_copy_may_fail() -> None:
    for failed in failures():
        assert recover(UNIT, failed, DATA) == Recovery(STORE, (CopyState.DAMAGED, CopyState.CURRENT))


def test_the_second_copy_may_fail() -> None:
    for failed in failures():
        assert recover(UNIT, DATA, failed) == Recovery(STORE, (CopyState.CURRENT, CopyState.DAMAGED))
