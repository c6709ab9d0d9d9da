"""GLI-31 4.3.1 by exhaustion: every outcome of a small selection comes from equally many streams."""

from collections import Counter
from collections.abc import Iterable
from itertools import islice, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.draw import DrawFaultError, Fault, Selection, select
from riff_critical.rng import HmacDrbg


class ExhaustedError(Exception):
    """The stream ended before the selection did."""


def selected(stream: Iterable[int], numbers: int, winners: int, alternates: int = 0) -> Selection | None:
    """The selection from a stream of bytes, or none if it is too short."""
    octets = iter(stream)

    def read(size: int) -> bytes:
        taken = bytes(islice(octets, size))
        if len(taken) < size:
            raise ExhaustedError
        return taken

    try:
        return select(read, numbers, winners, alternates, replacement=False)
    except ExhaustedError:
        return None


@pytest.mark.parametrize("numbers", range(2, 65))
def test_every_number_wins_equally_often(numbers: int) -> None:
    """All 256 values of the byte that decides, for every pool of 2 to 64."""
    outcomes = (selected([octet], numbers, 1) for octet in range(256))
    counts = Counter(outcome.winners for outcome in outcomes if outcome)
    assert counts == Counter(dict.fromkeys(((n,) for n in range(numbers)), 256 >> (numbers - 1).bit_length()))


@pytest.mark.parametrize("numbers", range(2, 9))
def test_every_order_of_winner_and_alternate_is_equally_frequent(numbers: int) -> None:
    """All streams of four values, longer ones being unread, for every pool of 2 to 8."""
    values = range(1 << (numbers - 1).bit_length())
    outcomes = (selected(stream, numbers, 1, 1) for stream in product(values, repeat=4))
    counts = Counter((*outcome.winners, *outcome.alternates) for outcome in outcomes if outcome)
    assert set(counts) == set(permutations(range(numbers), 2))
    assert len(set(counts.values())) == 1


@given(st.integers(1, 40), st.data())
def test_nobody_wins_twice_and_nobody_excluded_wins(numbers: int, data: st.DataObject) -> None:
    excluded = data.draw(st.sets(st.integers(0, numbers - 1), max_size=numbers - 1))
    winners = data.draw(st.integers(0, numbers - len(excluded)))
    source = HmacDrbg(data.draw(st.binary(min_size=32, max_size=32)), bytes(16))
    selection = select(source.generate, numbers, winners, numbers, replacement=False, excluded=excluded)
    places = (*selection.winners, *selection.alternates)
    assert len(set(places)) == len(places)
    assert set(places) == set(range(numbers)) - excluded
    assert len(selection.winners) == winners


def test_every_block_is_recorded_accepted_or_not() -> None:
    """Of 5 numbers: 7, 6 and 5 are out of range, 0xF8 is 0 under the mask, and 0 has then won already."""
    stream = [7, 6, 5, 0xF8, 0, 2, 4]
    blocks = tuple(bytes([octet]) for octet in stream)
    assert selected(stream, 5, 2, 1) == Selection(blocks, (0, 2), (4,))


def test_tells_how_many_numbers_are_left() -> None:
    with pytest.raises(DrawFaultError, match="2 numbers for 3 winners"):
        select(bytes, 4, 3, 0, replacement=False, excluded=[0, 3])


def test_stops_when_the_source_repeats_itself() -> None:
    with pytest.raises(DrawFaultError) as refusal:
        select(bytes, 4, 2, 0, replacement=False)
    assert refusal.value.fault is Fault.OUTPUTS_WRONG


@pytest.mark.parametrize(("taken", "patience"), [(15, 128 * 16), (8, 128 * 2), (7, 128 * 2), (1, 128 * 2)])
def test_is_patient_in_proportion_to_what_is_left(taken: int, patience: int) -> None:
    """Of 16 numbers: 128 repetitions for each number that could come, per number that may."""
    repeats = [0] * (patience - 1)
    excluded = range(taken)

    def source(octets: list[int]) -> Selection:
        stream = iter(octets)
        return select(lambda _: bytes([next(stream)]), 16, 1, 0, replacement=False, excluded=excluded)

    assert source([*repeats, 15]).winners == (15,)
    with pytest.raises(DrawFaultError, match="repeats"):
        source([*repeats, 0, 15])


def test_whether_a_number_may_win_again_is_said_by_name() -> None:
    with pytest.raises(TypeError, match="positional"):
        select(bytes, 4, 2, 0, True)  # type: ignore[call-arg]  # noqa: FBT003  # the attempt is the test
