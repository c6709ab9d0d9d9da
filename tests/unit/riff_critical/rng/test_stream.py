"""A generator's requests as one stream."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.rng import ByteStream, SelectionFaultError


class Counter:
    """Gives 0, 1, 2, ... and remembers what it was asked for."""

    def __init__(self) -> None:
        self.requests: list[int] = []

    def generate(self, n: int) -> bytes:
        start = sum(self.requests)
        self.requests.append(n)
        return bytes((start + i) % 256 for i in range(n))


@given(st.integers(1, 40), st.lists(st.integers(0, 100), max_size=20))
def test_gives_every_byte_once_and_in_order(request_bytes: int, lengths: list[int]) -> None:
    counter = Counter()
    stream = ByteStream(counter.generate, request_bytes)
    pieces = [stream.read(length) for length in lengths]
    assert lengths == [len(piece) for piece in pieces]
    assert b"".join(pieces) == bytes(i % 256 for i in range(sum(lengths)))
    assert counter.requests == [request_bytes] * -(-sum(lengths) // request_bytes)


def test_asks_for_4096_bytes_by_default_and_only_when_needed() -> None:
    counter = Counter()
    stream = ByteStream(counter.generate)
    assert counter.requests == []
    stream.read(4096)
    assert counter.requests == [4096]
    stream.read(1)
    assert counter.requests == [4096, 4096]


@pytest.mark.parametrize("length", [0, 7, 9])
def test_refuses_an_answer_of_another_length(length: int) -> None:
    with pytest.raises(SelectionFaultError, match=f"^{length} bytes instead of 8$"):
        ByteStream(lambda _: bytes(length), 8).read(1)
