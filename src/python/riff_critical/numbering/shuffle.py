"""Permutation of up to a million positions by a shuffled table.

Method (Fisher and Yates, Durstenfeld's form): T = 0, 1, ..., size - 1.  For i = size - 1 down to 1:
j = below(read, i + 1), then exchange T[i] and T[j].  The image of x is T[x].  `read` is the byte stream of
HMAC_DRBG with SHA-256 in requests of 4,096 bytes, its entropy the key, its personalization
F = frame("riff/numbering/shuffle/1", size as 8 bytes big-endian), its nonce the first 16 bytes of SHA-256(F).

The table is made at the first question, its inverse at the first inverse one; 4 bytes a position each.

Vectors: tests/vectors/numbering.json.
"""

from array import array
from functools import cached_property
from hashlib import sha256

from riff_critical.encoding import frame
from riff_critical.rng import ByteStream, HmacDrbg, below


class Shuffle:
    """A permutation of 0 .. size - 1."""

    def __init__(self, key: bytes, size: int) -> None:
        self._key = key
        self._size = size

    def image(self, x: int) -> int:
        """Where `x` goes."""
        return self._table[x]

    def preimage(self, y: int) -> int:
        """What goes to `y`."""
        return self._inverse[y]

    @cached_property
    def _table(self) -> array[int]:
        purpose = frame("riff/numbering/shuffle/1", self._size.to_bytes(8))
        drbg = HmacDrbg(self._key, sha256(purpose).digest()[:16], purpose)
        read = ByteStream(drbg.generate, request_bytes=4096).read
        table = array("I", range(self._size))
        for i in range(self._size - 1, 0, -1):
            j = below(read, i + 1)
            table[i], table[j] = table[j], table[i]
        return table

    @cached_property
    def _inverse(self) -> array[int]:
        inverse = array("I", bytes(self._table.itemsize * self._size))
        for x, y in enumerate(self._table):
            inverse[y] = x
        return inverse
