"""Issuing and verifying the validation numbers of one block.

Method:
    block key = HMAC-SHA-256(raffle key, frame("riff/validation/block-key/1", tag as 2 bytes big-endian))
    body      = E(ordinal), a Feistel network over 40 bits: L = the 20 high bits of the ordinal, R = the 20
                low ones; for i = 0 .. 11:  (L, R) = (R, L xor F(i, R));  E = L * 2^20 + R.
    F(i, R)   = the last 20 bits of HMAC-SHA-256(block key, i as 1 byte || R as 3 bytes big-endian).
The ordinal of an order is the offset of its first slot in its block.

Why no number repeats: E is a bijection because each of its rounds can be undone, and no ordinal of a block is
issued twice because no slot is; the blocks of a raffle have different tags.

What a guess is worth: docs/algorithms/validation-number.md.  `verify` answers that a number belongs to the
block and which order it would be; the caller, who knows the orders of the block, answers whether there is
one.

Vectors: tests/vectors/validation.json.  Requirement: GLI-31 2.3.2, 2.7.1.
Out of scope: keeping the raffle key; limiting guesses.
"""

from hmac import digest as hmac_digest

from riff_critical.declarations import Final
from riff_critical.encoding import frame
from riff_critical.errors import InvalidInputError, RefusedError
from riff_critical.validation.form import ValidationNumber, parse

KEY_BYTES: Final = 32
MAX_TAG: Final = 2**15 - 1
MAX_ORDINAL: Final = 10**9 - 1  # the largest number space has 10^9 slots
ROUNDS: Final = 12

_HALF_BITS: Final = 20
_HALF_MASK: Final = (1 << _HALF_BITS) - 1


class KeyLengthError(InvalidInputError):
    """A raffle key or block key is not exactly KEY_BYTES long."""

    code = "validation-key"


class BlockTagError(InvalidInputError):
    """A block tag is 0 to MAX_TAG."""

    code = "validation-tag"


class OrdinalError(InvalidInputError):
    """An ordinal is 0 to MAX_ORDINAL."""

    code = "validation-ordinal"


class ForeignBlockError(RefusedError):
    """The validation number carries the tag of another block."""

    code = "validation-foreign-block"


class NeverIssuedError(RefusedError):
    """The block cannot have issued this validation number: it was made up."""

    code = "validation-never-issued"


class BlockKey:
    """The secret with which the validation numbers of one block are made and verified."""

    __slots__ = ("_secret", "_tag")

    def __init__(self, tag: int, secret: bytes) -> None:
        _check(tag, secret)
        self._tag = tag
        self._secret = secret

    @property
    def tag(self) -> int:
        """The block's tag, unique within its raffle."""
        return self._tag

    @property
    def secret(self) -> bytes:
        """The key itself, for the sales unit that holds the block."""
        return self._secret


def block_key(raffle_key: bytes, tag: int) -> BlockKey:
    """Derive the key of the block `tag`; it tells nothing about the keys of other blocks.

    Raises:
        KeyLengthError: the raffle key is not exactly KEY_BYTES long.
        BlockTagError: the tag is not in 0 .. MAX_TAG.
    """
    _check(tag, raffle_key)
    purpose = frame("riff/validation/block-key/1", tag.to_bytes(2))
    return BlockKey(tag, hmac_digest(raffle_key, purpose, "sha256"))


def issue(block: BlockKey, ordinal: int) -> str:
    """The validation number of the order with `ordinal` in `block`, as it is printed.

    Raises:
        OrdinalError: the ordinal is not in 0 .. MAX_ORDINAL.
    """
    if not 0 <= ordinal <= MAX_ORDINAL:
        raise OrdinalError(f"an ordinal is 0 to {MAX_ORDINAL}: {ordinal}")
    left, right = ordinal >> _HALF_BITS, ordinal & _HALF_MASK
    for i in range(ROUNDS):
        left, right = right, left ^ _round(block, i, right)
    return str(ValidationNumber(block.tag, left << _HALF_BITS | right))


def verify(block: BlockKey, text: str) -> int:
    """The ordinal for which `block` issues the validation number in `text`.

    Raises:
        FormError, CheckCharacterError: as for `parse`.
        ForeignBlockError: the number belongs to another block.
        NeverIssuedError: no ordinal of the block has this number.
    """
    number = parse(text)
    if number.tag != block.tag:
        raise ForeignBlockError(f"the number carries tag {number.tag}, the block {block.tag}")
    left, right = number.body >> _HALF_BITS, number.body & _HALF_MASK
    for i in reversed(range(ROUNDS)):
        left, right = right ^ _round(block, i, left), left
    ordinal = left << _HALF_BITS | right
    if ordinal > MAX_ORDINAL:
        raise NeverIssuedError("no order of the block has this number")
    return ordinal


def _check(tag: int, key: bytes) -> None:
    if not 0 <= tag <= MAX_TAG:
        raise BlockTagError(f"a block tag is 0 to {MAX_TAG}: {tag}")
    if len(key) != KEY_BYTES:
        raise KeyLengthError(f"a key has {KEY_BYTES} bytes: {len(key)}")


def _round(block: BlockKey, i: int, half: int) -> int:
    answer = hmac_digest(block.secret, i.to_bytes(1) + half.to_bytes(3), "sha256")
    return int.from_bytes(answer) & _HALF_MASK
