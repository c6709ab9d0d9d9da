"""Selecting winners among ten million sold numbers in a million ranges, read from a file.

Linear: the time for a million ranges against ten times the time for a hundred thousand, in the same run.
Memory: what a process needs for the whole of it, above what it needs for the imports, against 20 MB.  Lookup:
finding the slots of the winners against reading the ranges once.  `--list` names the figures.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

from riff_critical.draw import decode, encode, indices_of, measure, select, slots_at
from riff_critical.rng import HmacDrbg

RANGES = 1_000_000
SHARE = 10
ROUNDS = 3
MEGABYTES = 20
FIGURES = (
    ("draw.select.1e6", 1.3),
    ("draw.memory.1e6", 1.0),
    ("draw.lookup.1e6", 2.0),
)


def main() -> int:
    """Measure, print, and tell by the exit status whether the targets are met."""
    if sys.argv[1:] == ["--list"]:
        print("\n".join(name for name, _ in FIGURES))
        return 0
    if sys.argv[1:2] == ["--select"]:
        print(_memory_for(Path(sys.argv[2])))
        return 0
    with TemporaryDirectory() as folder:
        whole, part = Path(folder) / "whole", Path(folder) / "part"
        whole.write_bytes(encode((12 * number, 10) for number in range(RANGES)))
        part.write_bytes(encode((12 * number, 10) for number in range(RANGES // SHARE)))
        large = median(_seconds(lambda: _winners(whole)) for _ in range(ROUNDS))
        small = median(_seconds(lambda: _winners(part)) for _ in range(ROUNDS * SHARE))
        read = median(_seconds(lambda: sum(1 for _ in decode(whole.read_bytes()))) for _ in range(ROUNDS))
        lookup = median(
            _seconds(lambda: slots_at([10 * RANGES - 1], decode(whole.read_bytes()))) for _ in range(ROUNDS)
        )
        command = [sys.executable, __file__, "--select", str(whole)]
        megabytes = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{RANGES:,} ranges: {large:.2f} s, {megabytes:.1f} MB; {RANGES // SHARE:,} ranges: {small:.3f} s")
    print(f"reading the ranges {read:.2f} s; looking a winner up {lookup:.2f} s")
    ratios = (large / (SHARE * small), megabytes / MEGABYTES, lookup / read)
    for (name, target), ratio in zip(FIGURES, ratios, strict=True):
        print(f"{name} ratio={ratio:.2f} target<={target:.2f} {'ok' if ratio <= target else 'missed'}")
    return 0 if all(ratio <= target for (_, target), ratio in zip(FIGURES, ratios, strict=True)) else 1


def _winners(path: Path) -> dict[int, int]:
    """What a draw does with its pool: check the root, exclude, select, look up."""
    data = path.read_bytes()
    pool = measure(decode(data))
    excluded = indices_of([5, 6, 12], decode(data))
    generate = HmacDrbg(bytes(32), bytes(16)).generate
    selection = select(generate, pool.numbers, 5, 5, replacement=False, excluded=excluded.values())
    return slots_at((*selection.winners, *selection.alternates), decode(data))


def _memory_for(path: Path) -> float:
    """Megabytes that the selection adds to this process."""
    before = _peak_kilobytes()
    _winners(path)
    return (_peak_kilobytes() - before) / 1024


def _peak_kilobytes() -> int:
    """The largest resident memory of this program; `getrusage` would count that of its parent too."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
