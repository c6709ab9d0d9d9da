"""`python -m tools.local_aws --port N --state DIR`: run the local AWS in the foreground."""

import argparse
from pathlib import Path

from tools.local_aws.server import run
from tools.local_aws.settings import DEFAULT_REGION, Settings
from tools.local_aws.upstream import UnknownUpstreamError


def main() -> None:
    """Parse the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m tools.local_aws", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--state", type=Path, required=True, help="folder that keeps all state")
    parser.add_argument("--region", default=DEFAULT_REGION, help="region of calls that name none")
    parser.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    given = parser.parse_args()
    chosen = Settings(
        port=given.port, state=given.state.resolve(), region=given.region, log_level=given.log_level
    )
    try:
        run(chosen)
    except (UnknownUpstreamError, OSError) as error:
        parser.exit(1, f"local AWS: {error}\n")


if __name__ == "__main__":
    main()
