"""A generator's requests as one stream of bytes.

Method: requests of exactly `request_bytes` are made when bytes are needed and not before; their bytes are
handed out in order, none left out, none twice.  The stream from a given generator therefore depends on
`request_bytes` alone, not on how it is read.
"""

from io import BytesIO

from riff_critical.declarations import Callable, Final
from riff_critical.rng.selection import SelectionFaultError

DEFAULT_REQUEST_BYTES: Final = 4096


class ByteStream:
    """Reads a generator in pieces of any size."""

    def __init__(self, generate: Callable[[int], bytes], request_bytes: int = DEFAULT_REQUEST_BYTES) -> None:
        self._generate = generate
        self._request_bytes = request_bytes
        self._buffer = BytesIO()

    def read(self, n: int) -> bytes:
        """Give the next `n` bytes.

        Raises:
            SelectionFaultError: the generator gave another number of bytes than it was asked for.
        """
        piece = self._buffer.read(n)
        while len(piece) < n:
            answer = self._generate(self._request_bytes)
            if len(answer) != self._request_bytes:
                raise SelectionFaultError(f"{len(answer)} bytes instead of {self._request_bytes}")
            self._buffer = BytesIO(answer)
            piece += self._buffer.read(n - len(piece))
        return piece
