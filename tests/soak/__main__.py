"""`python -m tests.soak --seconds N`: sell under random faults, then audit the books.

Several processes sell through the use cases, one takes the processor's notices, two sweep; the processor and
the database are processes too.  All of them are killed, frozen, restarted or cut off at random.  Then the
faults end, what is pending settles, and the audit says whether anything was sold twice, lost or kept.
"""

import argparse
import sys

from tests.soak.stage import soak


def main() -> int:
    """Run a soak; 0 if everything holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Sell under random faults.")
    parser.add_argument("--seconds", type=int, default=600, help="how long (%(default)s)")
    parser.add_argument("--sellers", type=int, default=4, help="how many processes sell (%(default)s)")
    parser.add_argument(
        "--seed", type=int, default=1, help="of the dice that choose the faults (%(default)s)"
    )
    given = parser.parse_args()
    findings = soak(given.seconds, given.sellers, given.seed, print)
    return 1 if any(finding.faults for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
