"""Unbiased choice: bytes of a generator become integers of a range, every one equally likely.

Method of below(read, n): k = bit length of n - 1.  For n = 1 the answer is 0 and nothing is read.  Otherwise
read ceil(k / 8) bytes in one call, as a big-endian integer, keep its k low bits, and answer it if it is less
than n; else read again.  A value that is out of range is discarded, never folded into the range, and no value
depends on an earlier one, so that equally likely bytes give equally likely answers.

Method of sample(read, n, k, replacement): below(read, n) again and again, in the order of drawing; without
replacement an index that was drawn already is discarded.

Failure: fewer than half of all values are discarded by below, so 128 in a row happen once in 2^128 calls;
with j of n indices taken, 128 * ceil(n / (n - j)) repetitions in a row are less likely than e^-128.  Either
means that the source has failed, and the selection stops.

Vectors: tests/vectors/selection.json.  Requirement: GLI-31 4.3.1, 2.6.4.
Out of scope: what the indices stand for (`draw`).
"""

from riff_critical.declarations import Callable, Final
from riff_critical.errors import CorruptionError, InvalidInputError

MAX_RANGE: Final = 2**64
MAX_DISCARDS: Final = 128

type Read = Callable[[int], bytes]


class RangeError(InvalidInputError):
    """The range is empty or larger than MAX_RANGE."""

    code = "rng-range"


class SampleSizeError(InvalidInputError):
    """A negative number of picks, or more picks without replacement than the range holds."""

    code = "rng-sample-size"


class SelectionFaultError(CorruptionError):
    """The source of bytes gave too few of them, or values that a working source never gives."""

    code = "rng-selection-fault"


def below(read: Read, n: int) -> int:
    """Choose one of 0 .. n - 1, each with the same probability.

    Raises:
        RangeError: `n` is not in 1 .. MAX_RANGE.
        SelectionFaultError: the source gave a short answer, or MAX_DISCARDS values out of range in a row.
    """
    if not 1 <= n <= MAX_RANGE:
        raise RangeError(f"a range has 1 to {MAX_RANGE} values: {n}")
    bits = (n - 1).bit_length()
    if bits == 0:
        return 0
    size = (bits + 7) // 8
    mask = (1 << bits) - 1
    for _ in range(MAX_DISCARDS):
        octets = read(size)
        if len(octets) != size:
            raise SelectionFaultError(f"the source gave {len(octets)} bytes instead of {size}")
        value = int.from_bytes(octets) & mask
        if value < n:
            return value
    raise SelectionFaultError(f"{MAX_DISCARDS} values in a row were out of range")


def sample(read: Read, n: int, k: int, replacement: bool) -> tuple[int, ...]:  # noqa: FBT001 - binding
    """Choose `k` of 0 .. n - 1, in the order of drawing.

    Raises:
        RangeError: `n` is not in 1 .. MAX_RANGE.
        SampleSizeError: `k` is negative, or exceeds `n` without replacement.
        SelectionFaultError: the source has failed.
    """
    if k < 0 or (k > n and not replacement):
        raise SampleSizeError(f"{k} picks from a range of {n}")
    if replacement:
        return tuple([below(read, n) for _ in range(k)])
    drawn: dict[int, None] = {}  # a set that keeps the order of drawing
    while len(drawn) < k:
        drawn[_fresh(read, n, drawn)] = None
    return tuple(drawn)


def _fresh(read: Read, n: int, drawn: dict[int, None]) -> int:
    for _ in range(MAX_DISCARDS * -(-n // (n - len(drawn)))):
        value = below(read, n)
        if value not in drawn:
            return value
    raise SelectionFaultError("the source repeats itself")
