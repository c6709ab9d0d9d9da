"""Seeding from the operating system."""

import os

import pytest

from riff_critical.rng import (
    EntropyFaultError,
    GeneratorUnusableError,
    HmacDrbg,
    SystemEntropy,
    SystemGenerator,
    system,
)


class CountingSource:
    """A healthy source that gives known bytes: 0, 1, ..., 255, 0, 1, ...; it can break."""

    def __init__(self) -> None:
        self.given = 0
        self.broken = False

    def __call__(self, n: int) -> bytes:
        if self.broken:
            return bytes(n)
        start, self.given = self.given, self.given + n
        return bytes(i % 256 for i in range(start, start + n))


def counted(start: int, n: int) -> bytes:
    return bytes(i % 256 for i in range(start, start + n))


@pytest.fixture
def source() -> CountingSource:
    return CountingSource()


def test_throws_the_first_1024_bytes_away(source: CountingSource) -> None:
    entropy = SystemEntropy(source)
    assert source.given == 1024
    assert counted(1024, 40) == entropy.read(40)


def test_seeds_with_32_and_16_bytes(source: CountingSource) -> None:
    generator = SystemGenerator(b"purpose", SystemEntropy(source))
    expected = HmacDrbg(counted(1024, 32), counted(1056, 16), b"purpose")
    assert expected.generate(100) == generator.generate(100)
    assert source.given == 1072


def test_has_no_personalization_by_default(source: CountingSource) -> None:
    generator = SystemGenerator(entropy=SystemEntropy(source))
    assert HmacDrbg(counted(1024, 32), counted(1056, 16)).generate(9) == generator.generate(9)


def test_reseeds_after_1024_requests(source: CountingSource) -> None:
    generator = SystemGenerator(entropy=SystemEntropy(source))
    expected = HmacDrbg(counted(1024, 32), counted(1056, 16))
    for round_ in range(3):
        assert [expected.generate(1) for _ in range(1024)] == [generator.generate(1) for _ in range(1024)]
        expected.reseed(counted(1072 + 32 * round_, 32))


def test_two_generators_differ() -> None:
    assert SystemGenerator().generate(32) != SystemGenerator().generate(32)


def test_reads_the_operating_system_by_default(
    monkeypatch: pytest.MonkeyPatch, source: CountingSource
) -> None:
    assert SystemEntropy()._source is os.urandom
    monkeypatch.setattr(system, "SystemEntropy", lambda: SystemEntropy(source))
    SystemGenerator()
    assert source.given == 1072


def test_refuses_a_stuck_source_at_startup() -> None:
    with pytest.raises(EntropyFaultError, match=r"^repetition count test failed$"):
        SystemEntropy(bytes)


def test_a_source_that_breaks_answers_no_more(source: CountingSource) -> None:
    entropy = SystemEntropy(source)
    source.broken = True
    with pytest.raises(EntropyFaultError):
        entropy.read(32)
    source.broken = False
    with pytest.raises(EntropyFaultError):
        entropy.read(32)


def test_a_generator_that_cannot_reseed_becomes_unusable(source: CountingSource) -> None:
    generator = SystemGenerator(entropy=SystemEntropy(source))
    for _ in range(1024):
        generator.generate(0)
    source.broken = True
    with pytest.raises(EntropyFaultError):
        generator.generate(1)
    source.broken = False
    with pytest.raises(EntropyFaultError):
        generator.generate(1)
    with pytest.raises(GeneratorUnusableError):
        generator._drbg.generate(1)


@pytest.mark.parametrize("error", [OSError, NotImplementedError])
def test_refuses_when_there_is_no_source(error: type[Exception]) -> None:
    def absent(_: int) -> bytes:
        raise error

    with pytest.raises(EntropyFaultError, match=r"^the operating system gives no entropy$"):
        SystemEntropy(absent)


@pytest.mark.parametrize("difference", [-1, 1])
def test_refuses_another_number_of_bytes(difference: int) -> None:
    with pytest.raises(EntropyFaultError, match=f"^{1024 + difference} bytes of entropy instead of 1024$"):
        SystemEntropy(lambda n: counted(0, n + difference))
