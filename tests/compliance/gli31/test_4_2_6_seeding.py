"""GLI-31 4.2.6, seeding: from an uncontrolled event, checked, and moved on by every request."""

import os

import pytest

from riff_critical.rng import (
    EntropyFaultError,
    GeneratorUnusableError,
    HmacDrbg,
    SeedMaterialError,
    SystemEntropy,
    SystemGenerator,
)


class RecordingSource:
    def __init__(self) -> None:
        self.lengths: list[int] = []

    def __call__(self, n: int) -> bytes:
        self.lengths.append(n)
        return os.urandom(n)


def test_the_seed_comes_from_the_operating_system_and_is_tested_first() -> None:
    source = RecordingSource()
    SystemGenerator(entropy=SystemEntropy(source))
    assert source.lengths == [1024, 32, 16]


def test_a_seed_below_full_strength_is_refused() -> None:
    with pytest.raises(SeedMaterialError):
        HmacDrbg(bytes(31), bytes(16))


def test_a_source_that_stands_still_seeds_nothing() -> None:
    with pytest.raises(EntropyFaultError):
        SystemGenerator(entropy=SystemEntropy(bytes))


def test_a_generator_that_failed_gives_nothing_weaker() -> None:
    generator = HmacDrbg(bytes(range(32)), bytes(16))
    generator.uninstantiate()
    with pytest.raises(GeneratorUnusableError):
        generator.generate(1)


def test_every_request_changes_the_state() -> None:
    generator = HmacDrbg(bytes(range(32)), bytes(16))
    before = generator._state
    generator.generate(0)
    assert before != generator._state
