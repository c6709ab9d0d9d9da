import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.draw import (
    Commitment,
    ContributionCommitment,
    commit,
    commit_contribution,
    opens,
    opens_contribution,
)

HASHES = st.binary(min_size=32, max_size=32)
NUMBERS = st.integers(1, 9)
PARTIES = st.sampled_from(["club", "notary"])


@given(HASHES, NUMBERS, NUMBERS, HASHES, HASHES)
def test_only_the_secret_opens_its_commitment(
    manifest: bytes, draw: int, attempt: int, secret: bytes, other: bytes
) -> None:
    commitment = commit(manifest, draw, attempt, secret)
    assert opens(commitment, manifest, secret)
    assert opens(commitment, manifest, other) == (other == secret)
    assert opens(commitment, other, secret) == (other == manifest)
    assert not opens(Commitment(draw + 1, attempt, commitment.value), manifest, secret)


@given(HASHES, PARTIES, NUMBERS, NUMBERS, st.binary(min_size=32, max_size=64))
def test_only_the_party_opens_its_contribution(
    manifest: bytes, party: str, draw: int, attempt: int, value: bytes
) -> None:
    commitment = commit_contribution(manifest, party, draw, attempt, value)
    assert opens_contribution(commitment, manifest, value)
    assert not opens_contribution(commitment, manifest, value[:-1] + bytes([value[-1] ^ 1]))
    stolen = ContributionCommitment("thief", draw, attempt, commitment.value)
    assert not opens_contribution(stolen, manifest, value)


@pytest.mark.parametrize(("draw", "attempt"), [(1, 10), (0, 1), (1, 0)])
def test_refuses_an_attempt_that_cannot_be(draw: int, attempt: int) -> None:
    with pytest.raises(ValueError, match=r"draw|attempt"):
        commit(bytes(32), draw, attempt, bytes(32))
