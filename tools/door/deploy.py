"""`plan`, `release`, `deploy`, `bootstrap`: the environments of AWS, and the same against the local AWS.

Who calls needs credentials of the environment's account: a profile, or a role of the pipeline.  `local` needs
none, it is the stack that runs here.  With RIFF_AWS_ENDPOINT set, any environment is worked on in an account
of the local AWS, which is how all of this is tried without an account.
"""

import json
import os
import re
from argparse import ArgumentParser
from pathlib import Path

from tools.door import build, checkout, environment, verbs
from tools.door.failure import UsageError
from tools.door.infrastructure import Infrastructure
from tools.door.process import Argv, run_logged
from tools.door.progress import say
from tools.door.running import Running
from tools.door.tallies import summary, tallies
from tools.door.workspace import Workspace, environments

_LOCAL = "local"
_ACCOUNT = "account"
_MODULE = "tools.release"
# What must exist before anything can be released, and before secrets can be given their values.
_FIRST = ("keys", "artifacts")
_BEFORE_SECRETS = (*_FIRST, "network", "database", "identity", "events", "record", "configuration")


class Environment:
    """An environment by its name: its account, its region, and how it is worked on."""

    def __init__(self, name: str) -> None:
        known = environments()
        if name not in known:
            raise UsageError(f"no environment is called {name}; there are {', '.join(known)}")
        self.name = name
        self.region = known[name].parent.name
        self._place = known[name]
        self.folder = checkout.state() / "environments" / name
        self.folder.mkdir(parents=True, exist_ok=True)
        here = self._stack().aws if name == _LOCAL else None
        self.endpoint = os.environ.get("RIFF_AWS_ENDPOINT") or here

    @property
    def account(self) -> str:
        """The id of the account, as live/<account>/account.hcl says it."""
        text = (self._place.parents[1] / "account.hcl").read_text()
        found = re.search(r'account_id\s*=\s*"(\d{12})"', text)
        if found is None:
            raise UsageError(f"{self._place.parents[1].name}/account.hcl names no account of 12 digits")
        return found[1]

    def release(self) -> str | None:
        """The release that this checkout wants here; None for what was built."""
        file = self._place / "release.json"
        told = json.loads(file.read_text())["release"] if file.exists() else None
        return None if told is None else str(told)

    def choose(self, release: str) -> Path:
        """Say in the checkout which release is wanted here; the result is the file to commit."""
        file = self._place / "release.json"
        file.write_text(json.dumps({"release": release}, indent=2) + "\n")
        return file

    def artifacts(self) -> Path:
        """The folder with what is to be deployed: a release's documents, fetched, or the last build."""
        release = self.release()
        if release is None:
            return checkout.DIST
        folder = self.folder / "releases" / release
        if not (folder / "verification.json").exists():
            self.tool("fetch", release, "--to", str(folder), title=f"fetch release {release}")
        return folder

    def workspace(self, artifacts: Path, stack: str = "environment", held: str = "{}") -> Workspace:
        """Where Terragrunt works on it."""
        if self.name == _LOCAL:
            return Infrastructure(self._stack()).terragrunt({"TF_VAR_releases": held})
        # Secrets are given their values by `bootstrap`; Terraform is told none.
        variables = {"RIFF_DIST": str(artifacts), "TF_VAR_releases": held, "TF_VAR_secret_values": "{}"}
        if self.endpoint:
            variables["RIFF_AWS_ENDPOINT"] = self.endpoint
        return Workspace(self.name, self.folder / "work", variables, stack=stack)

    def tool(self, command: str, *words: str, title: str) -> Path:
        """Run a command of tools.release here; the result is its log."""
        place = ["--region", self.region, "--account", self.account]
        if self.endpoint:
            place += ["--endpoint", self.endpoint]
        argv: Argv = [environment.python(), "-m", _MODULE, command, self.name, *words, *place]
        return run_logged(argv, title, env=environment.imports(), mark=self.name)

    def _stack(self) -> Running:
        folder = checkout.state() / "stack"
        if not (folder / "stack.json").exists():
            raise UsageError("the local stack was never started: ./riff up")
        return Running(folder)


def plan(arguments: list[str]) -> int:
    """Say what a deployment would change."""
    parser = verbs.parser("plan")
    _add_environment(parser)
    parser.add_argument("--empty", action="store_true", help="fail unless nothing would change")
    options = parser.parse_args(arguments)
    here = Environment(options.environment)
    log = here.workspace(here.artifacts()).run("plan", "-compact-warnings", options=["--log-level", "warn"])
    counted = tallies(log)
    for each in counted:
        print(f"  {each.unit:<20} {each.words}")
    print(f"All of it: {log}\n{summary('plan', here.name, counted)}")
    return int(options.empty and not all(each.untouched for each in counted))


def release(arguments: list[str]) -> int:
    """Build, upload what is new, say what changes; refuse a change of certified code that nobody meant."""
    parser = verbs.parser("release")
    _add_environment(parser)
    parser.add_argument(
        "--recertified", action="store_true", help="changed certified code was certified anew"
    )
    parser.add_argument("--built", action="store_true", help="release what was built before, as it is")
    options = parser.parse_args(arguments)
    here = Environment(options.environment)
    if not options.built:
        build.build_all((build.host(),) if here.name == _LOCAL else build.PROCESSORS)
    flags = ["--recertified"] if options.recertified else []
    log = here.tool("publish", "--dist", str(checkout.DIST), *flags, title=f"release to {here.name}")
    told = log.read_text()
    print(told, end="")
    if (found := re.search(r"^release ([0-9a-f]{16})", told, re.MULTILINE)) and here.name != _LOCAL:
        print(f"Promote it by committing {checkout.shown(here.choose(found[1]))}.")
    return 0


def deploy(arguments: list[str]) -> int:
    """Apply every unit, migrate the database, then let the new versions answer, gradually."""
    parser = verbs.parser("deploy")
    _add_environment(parser)
    parser.add_argument(
        "--only", action="append", default=[], metavar="UNIT", help="such as functions/selling"
    )
    parser.add_argument("--share", type=float, default=0.1, help="of the calls, to new versions at first")
    parser.add_argument("--watch-s", type=float, default=600, help="seconds before they get all calls")
    parser.add_argument(
        "--at-once", action="store_true", help="new versions answer as soon as they are there"
    )
    options = parser.parse_args(arguments)
    here = Environment(options.environment)
    artifacts = here.artifacts()
    held = "{}" if options.at_once else _hold(here, artifacts)
    title = f"deploy {here.release() or 'what was built'} to {here.name}"
    here.workspace(artifacts, held=held).run(
        "apply", "-compact-warnings", only=options.only, title=title, options=["--log-level", "warn"]
    )
    if not options.only:
        # The database changes its owner's password every week; the migration has to know the one of today.
        here.tool("secrets", title=f"secrets of {here.name}")
        print(here.tool("migrate", title=f"migrate the database of {here.name}").read_text(), end="")
    if not options.at_once:
        words = ("--artifacts", str(artifacts / "artifacts.json"), "--share", str(options.share))
        moved = here.tool(
            "shift", *words, "--watch-s", str(options.watch_s), title="shift calls to new versions"
        )
        print(moved.read_text(), end="")
    return 0


def bootstrap(arguments: list[str]) -> int:
    """Take an empty account to where a release can be deployed; again and again, without harm."""
    parser = verbs.parser("bootstrap")
    _add_environment(parser)
    parser.add_argument("--secrets", metavar="FILE", help="JSON: values by name, such as payments/api_key")
    options = parser.parse_args(arguments)
    here = Environment(options.environment)
    quiet = ["--log-level", "warn"]
    if here.name != _LOCAL:
        print(here.tool("state-bucket", title="bucket of Terraform's state").read_text(), end="")
        here.workspace(checkout.DIST, _ACCOUNT).run("apply", title="roles of the pipeline", options=quiet)
    here.workspace(here.artifacts()).run(
        "apply", only=_BEFORE_SECRETS, title="everything that secrets need", options=quiet
    )
    given = ["--given", str((checkout.CALLED_FROM / options.secrets).resolve())] if options.secrets else []
    print(here.tool("secrets", *given, title="secrets").read_text(), end="")
    say(f"Next: ./riff release {here.name}, then ./riff deploy {here.name}")
    return 0


def _hold(here: Environment, artifacts: Path) -> str:
    file = here.folder / "held.json"
    words = ("--artifacts", str(artifacts / "artifacts.json"), "--to", str(file))
    here.tool("hold", *words, title="versions that are live")
    return file.read_text().strip()


def _add_environment(parser: ArgumentParser) -> None:
    parser.add_argument("environment", metavar="ENVIRONMENT", help=f"one of {', '.join(environments())}")
