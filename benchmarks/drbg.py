"""Unbiased draws from the certified generator, against `secrets.randbelow` in the same run.

Both choose numbers below 1,000,000, ours by the function that draws winners.  Rounds of ours and of the
reference alternate, and the medians are compared.  `--list` names the figures.
"""

import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

from riff_critical.rng import MAX_REQUEST_BYTES, ByteStream, SystemGenerator, sample

FIGURE = "drbg.draws.1e6"
TARGET = 1.2
RANGE = 10**6
DRAWS = 200_000
ROUNDS = 9


def main() -> int:
    """Measure, print, and tell by the exit status whether the target is met."""
    if sys.argv[1:] == ["--list"]:
        print(FIGURE)
        return 0
    read = ByteStream(SystemGenerator().generate, MAX_REQUEST_BYTES).read
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: sample(read, RANGE, DRAWS, replacement=True)))
        theirs.append(_seconds(lambda: [secrets.randbelow(RANGE) for _ in range(DRAWS)]))
    ratio = median(theirs) / median(ours)
    print(f"riff_critical.rng.sample  {DRAWS / median(ours):12,.0f} draws/s")
    print(f"secrets.randbelow         {DRAWS / median(theirs):12,.0f} draws/s")
    print(f"{FIGURE} ratio={ratio:.2f} target>={TARGET:.2f} {'ok' if ratio >= TARGET else 'missed'}")
    return 0 if ratio >= TARGET else 1


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
