"""Permutation of any number of positions by a Feistel network, without a table.

Method: k = bit length of size - 1, u = floor(k / 2), v = k - u.  The image of x is found thus:
    1. A = the u high bits of x, B = the v low bits.
    2. For i = 0 .. 11:  m = u if i is even, else v;  C = A xor (F(i, B) mod 2^m);  A = B;  B = C.
    3. x = A * 2^v + B.  While x >= size, go back to 1 (cycle walking, fewer than two walks on average).
F(i, B) = BLAKE2s over (i as 1 byte || B as 2 bytes big-endian), 4 bytes long, as a big-endian integer, with
the key as its key, the size as 8 bytes big-endian as its salt, and "riffnum1" as its person parameter. Each
round can be undone, so that the whole is a bijection of 0 .. 2^k - 1, and walking along its cycles is one
of 0 .. size - 1.  Twelve rounds are two more than SP 800-38G asks of the same structure.

Vectors: tests/vectors/numbering.json.
"""

from hashlib import blake2s

from riff_critical.declarations import Final

ROUNDS: Final = 12  # even, so that A and B end with the widths that they began with
PERSON: Final = b"riffnum1"


class Feistel:
    """A permutation of 0 .. size - 1, for sizes up to 2^32."""

    def __init__(self, key: bytes, size: int) -> None:
        bits = (size - 1).bit_length()
        self._size = size
        self._high_bits = bits // 2
        self._low_bits = bits - self._high_bits
        self._low_mask = (1 << self._low_bits) - 1
        self._masks = ((1 << self._high_bits) - 1, self._low_mask)
        self._keyed = blake2s(digest_size=4, key=key, salt=size.to_bytes(8), person=PERSON)

    def image(self, x: int) -> int:
        """Where `x` goes."""
        y = self._forward(x)
        while y >= self._size:
            y = self._forward(y)
        return y

    def preimage(self, y: int) -> int:
        """What goes to `y`."""
        x = self._backward(y)
        while x >= self._size:
            x = self._backward(x)
        return x

    def _forward(self, x: int) -> int:
        a, b = x >> self._low_bits, x & self._low_mask
        for i in range(ROUNDS):
            a, b = b, a ^ self._round(i, b)
        return a << self._low_bits | b

    def _backward(self, x: int) -> int:
        a, b = x >> self._low_bits, x & self._low_mask
        for i in reversed(range(ROUNDS)):
            a, b = b ^ self._round(i, a), a
        return a << self._low_bits | b

    def _round(self, i: int, half: int) -> int:
        keyed = self._keyed.copy()
        keyed.update(i.to_bytes(1) + half.to_bytes(2))
        return int.from_bytes(keyed.digest()) & self._masks[i % 2]
