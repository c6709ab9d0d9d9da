"""Commitments: values that are fixed now and shown later.

Method: with the draw d and the attempt a as 4 bytes big-endian each,
    C(d, a)    = SHA-256(frame("riff/sd1/commitment", H(M), d, a, s)),            s: 32 secret bytes
    C(p, d, a) = SHA-256(frame("riff/sd1/contribution", H(M), p, d, a, e)),       e: 32 to 64 bytes of party p
A contribution belongs to one attempt: one that was opened in a failed attempt would be known in the next.

Requirement: SD/1, steps 2 and 6.
Out of scope: obtaining s (riff_critical.rng) and keeping it secret.
"""

from hashlib import sha256

from riff_critical.declarations import Annotated, Final
from riff_critical.documents import Between, Document, Hash, Name, Positive
from riff_critical.encoding import frame
from riff_critical.errors import InvalidInputError

SECRET_BYTES: Final = 32
MIN_CONTRIBUTION_BYTES: Final = 32
MAX_CONTRIBUTION_BYTES: Final = 64


class SecretLengthError(InvalidInputError):
    """A secret or a contribution is shorter or longer than allowed."""

    code = "secret-length-invalid"


class Commitment(Document):
    """The public commitment to the secret of an attempt."""

    draw: Positive
    attempt: Annotated[int, Between(1, 9)]
    value: Hash


class ContributionCommitment(Document):
    """The public commitment of a party to its contribution to an attempt."""

    party: Name
    draw: Positive
    attempt: Annotated[int, Between(1, 9)]
    value: Hash


def commit(manifest_hash: bytes, draw: int, attempt: int, secret: bytes) -> Commitment:
    """Commit to the secret of an attempt.

    Raises:
        SecretLengthError: the secret has not 32 bytes.
    """
    if len(secret) != SECRET_BYTES:
        raise SecretLengthError(f"a secret has {SECRET_BYTES} bytes")
    framed = frame("riff/sd1/commitment", manifest_hash, number(draw), number(attempt), secret)
    return Commitment(draw, attempt, sha256(framed).digest())


def opens(commitment: Commitment, manifest_hash: bytes, secret: bytes) -> bool:
    """Whether `secret` is what was committed to."""
    return commit(manifest_hash, commitment.draw, commitment.attempt, secret) == commitment


def commit_contribution(
    manifest_hash: bytes, party: str, draw: int, attempt: int, value: bytes
) -> ContributionCommitment:
    """Commit to a party's contribution.

    Raises:
        SecretLengthError: the contribution has not 32 to 64 bytes.
    """
    if not MIN_CONTRIBUTION_BYTES <= len(value) <= MAX_CONTRIBUTION_BYTES:
        raise SecretLengthError(
            f"a contribution has {MIN_CONTRIBUTION_BYTES} to {MAX_CONTRIBUTION_BYTES} bytes"
        )
    parts = party.encode(), number(draw), number(attempt), value
    framed = frame("riff/sd1/contribution", manifest_hash, *parts)
    return ContributionCommitment(party, draw, attempt, sha256(framed).digest())


def opens_contribution(commitment: ContributionCommitment, manifest_hash: bytes, value: bytes) -> bool:
    """Whether `value` is what the party committed to."""
    party, draw, attempt = commitment.party, commitment.draw, commitment.attempt
    return commit_contribution(manifest_hash, party, draw, attempt, value) == commitment


def number(value: int) -> bytes:
    """A draw's or an attempt's number, as it stands in the frames of SD/1."""
    return value.to_bytes(4)
