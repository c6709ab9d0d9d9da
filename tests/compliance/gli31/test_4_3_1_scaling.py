"""GLI-31 4.3.1, scaling: raw values become a range without bias; values out of range are discarded."""

from collections import Counter
from io import BytesIO

import pytest

from riff_critical.rng import SelectionFaultError, below


def chosen(raw: int, n: int) -> int | None:
    """What one raw byte becomes, or nothing if it is discarded."""
    try:
        return below(BytesIO(bytes([raw])).read, n)
    except SelectionFaultError:
        return None


@pytest.mark.parametrize("n", range(2, 257))
def test_every_value_of_every_one_byte_range_has_the_same_weight(n: int) -> None:
    counted = Counter(chosen(raw, n) for raw in range(256))
    discarded = counted.pop(None, 0)
    assert set(range(n)) == set(counted)
    assert len(set(counted.values())) == 1
    assert discarded < 128


def test_a_value_out_of_range_is_discarded_not_folded() -> None:
    source = BytesIO(b"\x07\x06\x05\x02")
    assert below(source.read, 5) == 2
    assert source.tell() == 4


def test_a_discarded_value_leaves_no_trace() -> None:
    plain = [below(BytesIO(bytes([raw])).read, 100) for raw in range(100)]
    after = [below(BytesIO(bytes([127, raw])).read, 100) for raw in range(100)]
    assert plain == after
