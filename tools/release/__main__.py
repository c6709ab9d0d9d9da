"""`python -m tools.release COMMAND`: what a release does in an environment beside Terraform."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.release import account, shifting
from tools.release.clients import client
from tools.release.migration import ReleaseError, lambda_client, migrate
from tools.release.publication import Store, publish

_CORE = Path(__file__).parents[2] / "src" / "python" / "riff_critical"


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 if it succeeded."""
    given = _parser().parse_args(arguments)
    try:
        for line in given.command(given):
            print(line, flush=True)
    except ReleaseError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument("environment", help="such as local or dev")
    place.add_argument("--endpoint", help="where the local AWS answers; AWS itself if absent")
    place.add_argument("--region", help="AWS region; that of the caller's profile if absent")
    place.add_argument("--account", default="000000000000", help="the environment's account")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    migrating = commands.add_parser(
        "migrate", parents=[place], help="bring the database to what was deployed"
    )
    migrating.set_defaults(command=_migrate)
    publishing = commands.add_parser("publish", parents=[place], help="put what was built into the bucket")
    publishing.add_argument("--dist", type=Path, required=True)
    publishing.add_argument("--recertified", action="store_true")
    publishing.set_defaults(command=_publish)
    fetching = commands.add_parser("fetch", parents=[place], help="fetch a release's documents")
    fetching.add_argument("release")
    fetching.add_argument("--to", type=Path, required=True)
    fetching.set_defaults(command=_fetch)
    holding = commands.add_parser("hold", parents=[place], help="write which versions are live")
    holding.add_argument("--artifacts", type=Path, required=True)
    holding.add_argument("--to", type=Path, required=True)
    holding.set_defaults(command=_hold)
    moving = commands.add_parser("shift", parents=[place], help="let the newest versions answer, gradually")
    moving.add_argument("--artifacts", type=Path, required=True)
    moving.add_argument("--share", type=float, default=0.1)
    moving.add_argument("--watch-s", type=float, default=600)
    moving.set_defaults(command=_shift)
    making = commands.add_parser("state-bucket", parents=[place], help="make the bucket of Terraform's state")
    making.set_defaults(command=_state_bucket)
    setting = commands.add_parser("secrets", parents=[place], help="give secrets their values")
    setting.add_argument("--given", type=Path, help="JSON: values by name, such as payments/api_key")
    setting.set_defaults(command=_secrets)
    return parser


def _migrate(given: argparse.Namespace) -> Iterator[str]:
    return migrate(lambda_client(given.endpoint, given.region), given.environment)


def _store(given: argparse.Namespace) -> Store:
    s3 = client("s3", given.endpoint, given.region, given.account)
    return Store(s3, given.environment, given.account)


def _publish(given: argparse.Namespace) -> Iterator[str]:
    return publish(_store(given), given.dist, _CORE, recertified=given.recertified)


def _fetch(given: argparse.Namespace) -> Iterator[str]:
    _store(given).fetch(given.release, given.to)
    yield f"release {given.release}"


def _names(artifacts: Path) -> dict[str, str]:
    functions = json.loads(artifacts.read_text())["functions"]
    return {operation: str(told["name"]) for operation, told in functions.items()}


def _hold(given: argparse.Namespace) -> Iterator[str]:
    lambdas = client("lambda", given.endpoint, given.region, given.account)
    releases = shifting.held(lambdas, given.environment, _names(given.artifacts))
    given.to.write_text(shifting.document(releases))
    yield f"{len(releases)} functions stay with their version until the new ones are tried"


def _shift(given: argparse.Namespace) -> Iterator[str]:
    lambdas = client("lambda", given.endpoint, given.region, given.account)
    alarms = client("cloudwatch", given.endpoint, given.region, given.account)
    functions = sorted(f"{given.environment}-{name}" for name in _names(given.artifacts).values())
    pending = shifting.pending(lambdas, functions)
    return shifting.shift(lambdas, alarms, pending, share=given.share, watch_s=given.watch_s)


def _state_bucket(given: argparse.Namespace) -> Iterator[str]:
    s3 = client("s3", given.endpoint, given.region, given.account)
    return account.make_state_bucket(s3, given.account, given.region)


def _secrets(given: argparse.Namespace) -> Iterator[str]:
    place = (given.endpoint, given.region, given.account)
    owner = account.owner_password(client("rds", *place), client("secretsmanager", *place), given.environment)
    values = json.loads(given.given.read_text()) if given.given else {}
    return account.set_secrets(client("ssm", *place), owner, given.environment, values)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
