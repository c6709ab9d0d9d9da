"""`python -m tools.release migrate ENVIRONMENT`: invoke the function that migrates the database."""

import argparse
import sys
from collections.abc import Sequence

from tools.release.migration import ReleaseError, lambda_client, migrate


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 if it succeeded."""
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    migrating = commands.add_parser("migrate", help="bring the database to what was deployed")
    migrating.add_argument("environment", help="such as local or dev")
    migrating.add_argument("--endpoint", help="where the local AWS answers; AWS itself if absent")
    migrating.add_argument("--region", help="AWS region; that of the caller's profile if absent")
    given = parser.parse_args(arguments)
    try:
        for line in migrate(lambda_client(given.endpoint, given.region), given.environment):
            print(line)
    except ReleaseError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
