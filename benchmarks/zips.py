"""How large the functions are.

The critical functions hold the standard library's users alone and have a target of their own.  The others are
printed beside attrs and cattrs zipped alone, which every one of them holds: what is above that is the driver
of the database, the logger, bytecode and us.  `--list` names the figures.
"""

import sys
import tempfile
import zipfile
from importlib.metadata import files
from pathlib import Path
from statistics import median
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import artifacts
from benchmarks.figures import Figure, conclude

FIGURES: Final = ("zips.critical", "zips.business")
MOST_CRITICAL_MB: Final = 0.10
# The zip that holds everything in the trial, AWS's library included, was 22.7 MB; ours hold no such library.
MOST_BUSINESS_MB: Final = 8.0
CRITICAL: Final = ("select_winners", "validate_ticket")
MEGABYTE: Final = 1_000_000


def main() -> int:
    """Measure, print, and tell by the exit status whether every target is met."""
    if sys.argv[1:] == ["--list"]:
        print(*FIGURES, sep="\n")
        return 0
    try:
        sizes = {operation: file.stat().st_size / MEGABYTE for operation, file in artifacts.zips().items()}
    except artifacts.NotBuiltError as error:
        print(error)
        return 1
    critical = [sizes.pop(operation) for operation in CRITICAL if operation in sizes]
    if not critical or not sizes:
        print("critical and other functions are needed: ./riff build")
        return 1
    alone = _alone("attrs", "cattrs") / MEGABYTE
    typical, largest = median(sizes.values()), max(sizes.values())
    print(f"attrs and cattrs alone {alone:6.2f} MB")
    print(f"critical functions     {max(critical):6.2f} MB at most")
    print(
        f"{len(sizes)} other functions {typical:6.2f} MB, {largest:.2f} at most, {typical / alone:.0f} times"
    )
    return conclude(
        Figure("zips.critical", max(critical), MOST_CRITICAL_MB, at_most=True, unit="megabytes"),
        Figure("zips.business", largest, MOST_BUSINESS_MB, at_most=True, unit="megabytes"),
    )


def _alone(*distributions: str) -> int:
    """The size of a zip with nothing but some installed libraries, as they were published."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for distribution in distributions:
                for path in files(distribution) or ():
                    if path.suffix == ".py" or "dist-info" in path.parts[0]:
                        archive.write(str(path.locate()), str(path))
        return file.tell() or file.seek(0, 2)


if __name__ == "__main__":
    sys.exit(main())
