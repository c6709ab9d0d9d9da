"""GLI-31 3.4.2, maintenance of critical memory: a write that fails half-way leaves a sound copy."""

from riff_critical.memory import CopyState, append, empty, recover, to_bytes

UNIT = b"unit 7, raffle 12"


def test_a_write_that_is_cut_short_anywhere_loses_no_finished_sale() -> None:
    before = append(empty(UNIT), b"first sale", limit=10)
    after = append(before, b"second sale", limit=10)
    for length in range(len(to_bytes(after))):
        torn = to_bytes(after)[:length] + to_bytes(before)[length:]
        assert recover(UNIT, torn, to_bytes(before)).store == before
        assert recover(UNIT, to_bytes(after), torn).store == after


def test_a_copy_that_missed_the_last_sale_is_brought_up_to_it() -> None:
    before = append(empty(UNIT), b"first sale", limit=10)
    after = append(before, b"second sale", limit=10)
    found = recover(UNIT, to_bytes(after), to_bytes(before))
    assert (found.store, found.copies) == (after, (CopyState.CURRENT, CopyState.BEHIND))
