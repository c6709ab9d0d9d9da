"""GLI-31 4.2.2, unpredictability: nothing but the seed tells the outputs, and the seed is not to be had."""

from riff_critical.rng import HmacDrbg, SystemGenerator

ENTROPY, NONCE = bytes(range(32)), bytes(range(16))


def difference(a: bytes, b: bytes) -> int:
    """Bits in which two answers differ."""
    return (int.from_bytes(a) ^ int.from_bytes(b)).bit_count()


def test_one_bit_of_the_seed_changes_half_of_the_output() -> None:
    whole = HmacDrbg(ENTROPY, NONCE).generate(1000)
    for bit in range(256):
        flipped = (int.from_bytes(ENTROPY) ^ 1 << bit).to_bytes(32)
        assert 3700 < difference(whole, HmacDrbg(flipped, NONCE).generate(1000)) < 4300


def test_nonce_and_personalization_matter_as_well() -> None:
    whole = HmacDrbg(ENTROPY, NONCE).generate(1000)
    assert 3700 < difference(whole, HmacDrbg(ENTROPY, NONCE[::-1]).generate(1000)) < 4300
    assert 3700 < difference(whole, HmacDrbg(ENTROPY, NONCE, b"draw 1").generate(1000)) < 4300


def test_the_state_after_an_answer_does_not_hold_the_answer() -> None:
    """SP 800-90A 8.8, backtracking resistance: the state is changed one way after every answer."""
    generator = HmacDrbg(ENTROPY, NONCE)
    answer = generator.generate(64)
    assert generator._state is not None
    key, value = generator._state
    assert {key, value}.isdisjoint({answer[:32], answer[32:]})


def test_no_two_system_generators_have_anything_in_common() -> None:
    answers = {SystemGenerator().generate(16) for _ in range(100)}
    assert len(answers) == 100
