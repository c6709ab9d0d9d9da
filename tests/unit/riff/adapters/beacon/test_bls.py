"""Signatures of real rounds of drand's quicknet, and of nothing else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff.adapters.beacon.bls import is_signed
from tests.support.quicknet import QUICKNET, ROUNDS

KEY = QUICKNET.public_key
ROUND, SIGNATURE = 1000, ROUNDS[1000]
INFINITY_OF_G1, INFINITY_OF_G2 = bytes([0xC0, *bytes(47)]), bytes([0xC0, *bytes(95)])


@pytest.mark.parametrize(("round_", "signature"), ROUNDS.items())
def test_accepts_what_the_beacon_published(round_: int, signature: bytes) -> None:
    assert is_signed(KEY, round_, signature)


@pytest.mark.parametrize("round_", [1, 999, 1001, 2**63])
def test_refuses_another_round(round_: int) -> None:
    assert not is_signed(KEY, round_, SIGNATURE)


@given(st.integers(0, 383))
def test_refuses_a_signature_with_a_flipped_bit(bit: int) -> None:
    flipped = (int.from_bytes(SIGNATURE) ^ 1 << bit).to_bytes(48)
    assert not is_signed(KEY, ROUND, flipped)


@given(st.integers(0, 767))
def test_refuses_a_key_with_a_flipped_bit(bit: int) -> None:
    flipped = (int.from_bytes(KEY) ^ 1 << bit).to_bytes(96)
    assert not is_signed(flipped, ROUND, SIGNATURE)


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_refuses_any_other_bytes(key: bytes, signature: bytes) -> None:
    assert not is_signed(key, ROUND, SIGNATURE)
    assert not is_signed(KEY, ROUND, signature)


def test_the_point_at_infinity_signs_nothing() -> None:
    assert not is_signed(INFINITY_OF_G2, ROUND, INFINITY_OF_G1)
    assert not is_signed(KEY, ROUND, INFINITY_OF_G1)


def test_a_point_outside_the_group_is_no_signature() -> None:
    """Of the points of the curve, one in 2^125 lies in the group; half of all abscissas belong to a point."""
    for abscissa in range(1, 40):
        point = bytearray(hashlib.sha384(abscissa.to_bytes(1)).digest())
        point[0] = point[0] & 0x0F | 0x80
        assert not is_signed(KEY, ROUND, bytes(point))
