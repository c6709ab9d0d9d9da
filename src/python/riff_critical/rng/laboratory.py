"""Output for a test laboratory: the generator's bytes as they are, and draws as the product makes them.

Method: the bytes are those of successive requests of 65,536 bytes to a system generator, reseeded by the
schedule of `system`.  A row of draws is one call of `sample` on the same stream of bytes; its indices,
starting at 0, are written in the order of drawing, in decimal, separated by one space and ended by a line
feed.  Memory does not grow with the output.
"""

from riff_critical.declarations import Callable, Final
from riff_critical.rng.mechanism import MAX_REQUEST_BYTES
from riff_critical.rng.selection import sample
from riff_critical.rng.stream import ByteStream
from riff_critical.rng.system import SystemGenerator

_ROWS_PER_WRITE: Final = 4096

type Write = Callable[[bytes], object]
type Generate = Callable[[int], bytes]


def raw_stream(write: Write, length: int, generate: Generate | None = None) -> None:
    """Write `length` bytes of the generator; `generate` replaces the system generator by another one."""
    source = generate or SystemGenerator().generate
    for start in range(0, length, MAX_REQUEST_BYTES):
        write(source(MAX_REQUEST_BYTES)[: length - start])


def draw_rows(
    write: Write,
    n: int,
    picks: int,
    rows: int,
    *,
    replacement: bool = False,
    generate: Generate | None = None,
) -> None:
    """Write `rows` lines, each one draw of `picks` indices below `n`.

    Raises:
        RangeError: `n` is not in 1 .. MAX_RANGE.
        SampleSizeError: `picks` is negative, or exceeds `n` without replacement.
    """
    read = ByteStream(generate or SystemGenerator().generate, MAX_REQUEST_BYTES).read
    for start in range(0, rows, _ROWS_PER_WRITE):
        batch = range(min(_ROWS_PER_WRITE, rows - start))
        lines = (" ".join(map(str, sample(read, n, picks, replacement))) for _ in batch)
        write("".join(f"{line}\n" for line in lines).encode())
