"""`python -m tools.demo --state DIR [--entropy HOW] [--into FOLDER]`: hold a raffle on the running stack."""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tools.demo.crew import Crew
from tools.demo.night import Night
from tools.demo.publication import cosigners, fetch, fetch_proofs, verify
from tools.demo.relays import Relays
from tools.demo.scenario import SCENARIOS, Scenario
from tools.local_stack.failure import StackError
from tools.local_stack.folder import Folder


def main(arguments: Sequence[str]) -> int:
    """0 if the raffle was held and everything verifies, 1 if a step failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="state folder of the stack")
    parser.add_argument(
        "--into", type=Path, help="folder for what is published; default: one that is removed"
    )
    parser.add_argument(
        "--entropy", choices=sorted(SCENARIOS), default="commit-reveal", help="how draws are seeded"
    )
    given = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as spare:
            folder, scenario = Folder(given.state.resolve()), SCENARIOS[given.entropy]
            return _hold(folder, scenario, given.into or Path(spare))
    except StackError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1


def _hold(folder: Folder, scenario: Scenario, into: Path) -> int:
    began = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - began:6.1f} s  {line}", flush=True)

    relays = Relays.of(folder)
    night = Night(Crew.of(folder), scenario, relays, tell)
    try:
        night.hold()
    finally:
        relays.behave("honest", "honest")
    public = night.crew.public
    fetch(public, night.raffle_id, into)
    ticket = fetch_proofs(public, night.raffle_id, night.a_ticket, into)
    tell(f"published; the ledger is cosigned by {', '.join(cosigners(into)) or 'nobody'}")
    tell("what the verifier says:")
    status = verify(into, ticket)
    night.claim()
    tell("everything verifies" if status == 0 else "something does not verify")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
