"""Draw numbers: which number is printed for which slot of a raffle's number space.

Method: a raffle has slots 0 .. size - 1 and a first number.  Sequential numbering prints first +
slot.  Random numbering prints first + P(slot), P a permutation under a secret key of the raffle: `shuffle`
for sizes up to 1,000,000, `feistel` above.  Both are bijections: every slot has a number of its own, and
the slot is found again from the number alone.

The draw's fairness does not rest on this: winners are drawn among slots, whatever is printed for them.

Vectors: tests/vectors/numbering.json.  Requirement: GLI-31 3.2.1 (unique draw numbers).
"""

from functools import lru_cache

from riff_critical.declarations import Final, Protocol, Self
from riff_critical.errors import InvalidInputError
from riff_critical.numbering.feistel import Feistel
from riff_critical.numbering.shuffle import Shuffle

MAX_SIZE: Final = 10**9
MAX_SHUFFLED: Final = 10**6
KEY_BYTES: Final = 32
_KEPT_PERMUTATIONS: Final = 4  # raffles that one process serves at a time, at most 8 MB each


class SizeError(InvalidInputError):
    """A number space has 1 to MAX_SIZE slots."""

    code = "numbering-size"


class FirstNumberError(InvalidInputError):
    """The first draw number is negative."""

    code = "numbering-first"


class KeyLengthError(InvalidInputError):
    """The numbering key is not exactly KEY_BYTES long."""

    code = "numbering-key"


class SlotError(InvalidInputError):
    """The number space has no such slot."""

    code = "numbering-slot"


class NumberError(InvalidInputError):
    """No slot has this draw number."""

    code = "numbering-number"


class Permutation(Protocol):
    """A bijection of 0 .. size - 1, both ways."""

    def image(self, x: int) -> int:
        """Where `x` goes."""

    def preimage(self, y: int) -> int:
        """What goes to `y`."""


class _Identity:
    def image(self, x: int) -> int:
        return x

    def preimage(self, y: int) -> int:
        return y


class Numbering:
    """A bijection between the slots of one raffle and its draw numbers."""

    __slots__ = ("_first", "_permutation", "_size")

    def __init__(self, first: int, size: int, key: bytes | None) -> None:
        if first < 0:
            raise FirstNumberError(f"draw numbers are not negative: {first}")
        if not 1 <= size <= MAX_SIZE:
            raise SizeError(f"a number space has 1 to {MAX_SIZE} slots: {size}")
        if key is not None and len(key) != KEY_BYTES:
            raise KeyLengthError(f"a numbering key has {KEY_BYTES} bytes: {len(key)}")
        self._first = first
        self._size = size
        self._permutation: Permutation = _Identity() if key is None else _keyed_permutation(key, size)

    @classmethod
    def sequential(cls, first: int, size: int = MAX_SIZE) -> Self:
        """Number the slots first, first + 1, first + 2, ..."""
        return cls(first, size, None)

    @classmethod
    def random(cls, key: bytes, size: int, first: int = 0) -> Self:
        """Number the slots first .. first + size - 1, in an order that only the key tells."""
        return cls(first, size, key)

    def number(self, slot: int) -> int:
        """The draw number of `slot`.

        Raises:
            SlotError: there is no such slot.
        """
        if not 0 <= slot < self._size:
            raise SlotError(f"slots are 0 to {self._size - 1}: {slot}")
        return self._first + self._permutation.image(slot)

    def slot(self, number: int) -> int:
        """The slot of the draw number `number`.

        Raises:
            NumberError: no slot has this number.
        """
        position = number - self._first
        if not 0 <= position < self._size:
            raise NumberError(f"draw numbers are {self._first} to {self._first + self._size - 1}: {number}")
        return self._permutation.preimage(position)


@lru_cache(maxsize=_KEPT_PERMUTATIONS)
def _keyed_permutation(key: bytes, size: int) -> Permutation:
    return Shuffle(key, size) if size <= MAX_SHUFFLED else Feistel(key, size)
