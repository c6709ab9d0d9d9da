import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.ledger import Checkpoint, CheckpointError


@given(st.integers(0, 2**53 - 1), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read_back(size: int, root: bytes) -> None:
    checkpoint = Checkpoint("log.example/7", size, root)
    assert checkpoint == Checkpoint.from_text(checkpoint.to_text())


@pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\n"])
def test_refuses_an_origin_that_is_no_key_name(origin: str) -> None:
    with pytest.raises(CheckpointError, match="origin"):
        Checkpoint(origin, 0, bytes(32))


@pytest.mark.parametrize(("size", "root_bytes"), [(-1, 32), (2**53, 32), (0, 31), (0, 33)])
def test_refuses_a_size_or_a_root_that_is_none(size: int, root_bytes: int) -> None:
    with pytest.raises(CheckpointError, match="size"):
        Checkpoint("log", size, bytes(root_bytes))
