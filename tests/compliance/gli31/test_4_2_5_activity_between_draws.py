"""GLI-31 4.2.5, background activity: the outcome of a draw does not depend on that of the one before.

The generator does not run on between draws: every draw has a generator of its own, instantiated from its own
committed seed.  Background cycling, which the clause asks of a generator that is left running, is not needed.
"""

from riff_critical.rng import HmacDrbg, SystemEntropy, SystemGenerator


def test_each_instantiation_reads_fresh_entropy() -> None:
    entropy = SystemEntropy()
    first, second = SystemGenerator(b"draw", entropy), SystemGenerator(b"draw", entropy)
    assert first.generate(32) != second.generate(32)


def test_a_generator_does_not_depend_on_those_before_it() -> None:
    seed, nonce = bytes(range(32)), bytes(16)
    alone = HmacDrbg(seed, nonce).generate(32)
    HmacDrbg(nonce + seed, seed).generate(1000)
    assert alone == HmacDrbg(seed, nonce).generate(32)
