"""Selection: from the generator's stream to the indices that win.

Method, for a pool of N numbers.  An index is chosen by `below` of riff_critical.rng: k = bit length of N - 1;
read ceil(k / 8) bytes, keep the k low bits of the big-endian value, accept it if it is below N.
    excluded   indices that cannot win, because they won an earlier draw whose winners are not returned;
    winners    one after the other in the order of the prizes, each the next accepted index that is not
               excluded and, without replacement, has not won in this draw;
    alternates then, from the same stream, the next accepted indices that are not excluded, have not won in
               this draw and are no alternate yet; as many as planned, or as there are.
Every block that is read, accepted or not, is recorded in order.  For N = 1 nothing is read.

Requirement: SD/1, step 8; GLI-31 2.6.4, 4.3.1, 4.4.1-2.
Vectors: tests/vectors/draw.json.
Out of scope: the seed (`entropy`), the slots behind the indices (`pool`).
"""

from riff_critical.declarations import Callable, Collection
from riff_critical.draw.faults import DrawFaultError, Fault, require
from riff_critical.rng import below
from riff_critical.values import Value

_MAX_REPEATS = 128  # times N / (number left): a working source repeats so often less than once in e^128 draws

type Read = Callable[[int], bytes]


class Selection(Value):
    """The blocks that were read, and the indices that came out of them."""

    outputs: tuple[bytes, ...]
    winners: tuple[int, ...]
    alternates: tuple[int, ...]


def select(
    read: Read,
    numbers: int,
    winners: int,
    alternates: int,
    *,
    replacement: bool,
    excluded: Collection[int] = (),
) -> Selection:
    """Choose `winners` and then up to `alternates` of the indices 0 .. numbers - 1.

    Raises:
        DrawFaultError: numbers-too-few: there are not as many winners; nothing was read.
    """
    taken = set(excluded)
    needed = min(winners, 1) if replacement else winners
    enough = numbers - len(taken) >= needed
    require(enough, Fault.NUMBERS_TOO_FEW, f"{numbers - len(taken)} numbers for {winners} winners")
    outputs: list[bytes] = []

    def recorded(size: int) -> bytes:
        outputs.append(read(size))
        return outputs[-1]

    won = []
    for _ in range(winners):
        won.append(_fresh(recorded, numbers, taken))
        if not replacement:
            taken.add(won[-1])
    taken.update(won)
    others = []
    for _ in range(min(alternates, numbers - len(taken))):
        others.append(_fresh(recorded, numbers, taken))
        taken.add(others[-1])
    return Selection(tuple(outputs), tuple(won), tuple(others))


def _fresh(read: Read, numbers: int, taken: Collection[int]) -> int:
    """The next accepted index that is not taken."""
    for _ in range(_MAX_REPEATS * -(-numbers // (numbers - len(taken)))):
        index = below(read, numbers)
        if index not in taken:
            return index
    raise DrawFaultError(Fault.OUTPUTS_WRONG, "the source repeats itself")
