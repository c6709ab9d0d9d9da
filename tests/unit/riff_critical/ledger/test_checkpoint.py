import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.ledger import Checkpoint, CheckpointError


@given(st.integers(0, 2**53 - 1), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read_back(size: int, root: bytes) -> None:
    checkpoint = Checkpoint("log.example/7", size, root)
    assert checkpoint == Checkpoint.from_text(checkpoint.to_text())


@pytest.mark.parametrize("origin", ["", " ", " a", "a ", "a b", "a\u00a0b", "a+b", "+", "a\n", "a\x01"])
def test_refuses_an_origin_that_is_no_key_name(origin: str) -> None:
    with pytest.raises(CheckpointError, match="origin"):
        Checkpoint(origin, 0, bytes(32))


@pytest.mark.parametrize(("size", "root_bytes"), [(-1, 32), (2**53, 32), (0, 31), (0, 33)])
def test_refuses_a_size_or_a_root_that_is_none(size: int, root_bytes: int) -> None:
    with pytest.raises(CheckpointError, match="size"):
        Checkpoint("log", size, bytes(root_bytes))


def test_an_origin_may_be_in_any_script() -> None:
    checkpoint = Checkpoint("log.example/ä", 7, bytes(32))
    assert checkpoint == Checkpoint.from_text(checkpoint.to_text())


@pytest.mark.parametrize(
    "size", ["12345678901234567", "90071992547409910", "1²", "١٢", "", "+1", "1_0", "01"]
)
def test_refuses_a_size_in_another_form(size: str) -> None:
    text = Checkpoint("log", 12, bytes(32)).to_text().replace("12", size)
    with pytest.raises(CheckpointError, match="size"):
        Checkpoint.from_text(text)
