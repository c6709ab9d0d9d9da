"""Output for a test laboratory."""

import tracemalloc
from io import BytesIO

import pytest

from riff_critical.rng import HmacDrbg, SampleSizeError, laboratory, sample
from riff_critical.rng.laboratory import draw_rows, raw_stream
from riff_critical.rng.stream import ByteStream
from riff_critical.rng.system import SystemGenerator

ENTROPY, NONCE = bytes(range(32)), bytes(16)


def drbg() -> HmacDrbg:
    return HmacDrbg(ENTROPY, NONCE)


@pytest.mark.parametrize("length", [0, 1, 65535, 65536, 65537, 200_000])
def test_raw_bytes_are_the_generator_s(length: int) -> None:
    written = BytesIO()
    raw_stream(written.write, length, drbg().generate)
    twin = drbg()
    expected = b"".join(twin.generate(65536) for _ in range(4))[:length]
    assert expected == written.getvalue()


@pytest.mark.parametrize(
    ("rows", "replacement"), [(0, False), (1, True), (4096, False), (5000, True), (5000, False)]
)
def test_rows_are_what_sample_draws(rows: int, replacement: bool) -> None:
    written = BytesIO()
    draw_rows(written.write, 60, 5, rows, replacement=replacement, generate=drbg().generate)
    read = ByteStream(drbg().generate, 65536).read
    expected = [" ".join(map(str, sample(read, 60, 5, replacement))) for _ in range(rows)]
    assert expected == written.getvalue().decode().splitlines()
    assert written.getvalue().endswith(b"\n") == (rows > 0)


def test_draws_without_replacement_by_default() -> None:
    written = BytesIO()
    draw_rows(written.write, n=4, picks=4, rows=50)
    assert {"0 1 2 3"} == {
        " ".join(sorted(line.split())) for line in written.getvalue().decode().splitlines()
    }
    with pytest.raises(SampleSizeError):
        draw_rows(written.write, 4, 5, 1)


def test_uses_the_system_generator_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[SystemGenerator] = []

    def system_generator() -> SystemGenerator:
        made.append(SystemGenerator())
        return made[-1]

    monkeypatch.setattr(laboratory, "SystemGenerator", system_generator)
    written = BytesIO()
    raw_stream(written.write, 10)
    draw_rows(written.write, 2, 1, 1)
    assert len(made) == 2
    raw_stream(written.write, 10, drbg().generate)
    draw_rows(written.write, 2, 1, 1, generate=drbg().generate)
    assert len(made) == 2


def peak_memory(rows: int) -> int:
    tracemalloc.start()
    draw_rows(len, 1000, 2, rows, generate=drbg().generate)
    raw_stream(len, rows * 50, drbg().generate)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_output() -> None:
    assert peak_memory(60_000) < peak_memory(20_000) * 1.1
