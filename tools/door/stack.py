"""`up`, `down`, `reset`, `status`, `logs`: the whole system on this machine.

Processes are the business of tools/local_stack, which tells their addresses in `stack.json` of the state
folder; infrastructure is the business of terragrunt/live. Here is the order of things, and what can be left
out because nothing has changed.
"""

import subprocess
from argparse import ArgumentParser
from pathlib import Path

from tools.door import build, checkout, environment, pants, terraform, verbs
from tools.door.failure import UsageError
from tools.door.infrastructure import Infrastructure, require_layout
from tools.door.process import Argv, merged, run_logged
from tools.door.running import Running, mark_of

_MODULE = "tools.local_stack"
_RELEASE = "tools.release"
_LOCAL = "local"


def up(arguments: list[str]) -> int:
    """Bring everything up to date and leave it running."""
    parser = _parser("up")
    parser.add_argument(
        "--port-base", type=int, metavar="N", help="first of six ports; free ones are chosen otherwise"
    )
    options = parser.parse_args(arguments)
    state = _state(options.state)
    # What is missing, or in the way, is said before anything is made.
    terraform.program()
    require_layout(state)
    with environment.exclusive(state.with_name(f"{state.name}.lock")):
        build.build_all((build.host(),))
        ports = [] if options.port_base is None else ["--port-base", str(options.port_base)]
        _do("start", state, "PostgreSQL, local AWS, payment sandbox", *ports)
        running = Running(state)
        api = Infrastructure(running).apply()
        _migrate(running)
        told = _do("demonstrate", state, "demonstration raffle")
    print(
        f"\nThe API answers at {api}\nThe rest: ./riff status; what a function logged: ./riff logs FUNCTION\n"
    )
    print(told.read_text(), end="")
    return 0


def migrate(arguments: list[str]) -> int:
    """Let an environment's own function bring its database to what was deployed there."""
    parser = _parser("migrate")
    parser.add_argument(
        "environment", nargs="?", default=_LOCAL, metavar="ENVIRONMENT", help="default: local, the stack here"
    )
    parser.add_argument("--region", help="AWS region of another environment")
    options = parser.parse_args(arguments)
    if options.environment != _LOCAL:
        region = ["--region", options.region] if options.region else []
        return subprocess.call(
            [str(environment.python()), "-m", _RELEASE, "migrate", options.environment, *region],
            cwd=checkout.ROOT,
            env=merged(environment.imports()),
        )
    print(_migrate(Running(_state(options.state))).read_text(), end="")
    return 0


def demo(arguments: list[str]) -> int:
    """Hold a raffle over HTTP, to its last prize: two minutes, or a quarter hour with a beacon."""
    parser = _parser("demo")
    parser.add_argument("--into", metavar="FOLDER", help="keep there what is published")
    parser.add_argument(
        "--entropy", choices=("commit-reveal", "beacon"), default="commit-reveal", help="how draws are seeded"
    )
    options = parser.parse_args(arguments)
    told = ["--state", str(_state(options.state)), "--entropy", options.entropy]
    if options.into:
        told += ["--into", str((checkout.CALLED_FROM / options.into).resolve())]
    argv = [str(environment.python()), "-m", "tools.demo", *told]
    return subprocess.call(argv, cwd=checkout.ROOT, env=merged(environment.imports()))


def down(arguments: list[str]) -> int:
    """Stop what `up` started, the daemon of Pants included."""
    state = _state(_parser("down").parse_args(arguments).state)
    _do("stop", state, "stop the local stack")
    pants.stop_daemon()
    return 0


def reset(arguments: list[str]) -> int:
    """Stop everything and forget what it kept."""
    state = _state(_parser("reset").parse_args(arguments).state)
    _do("reset", state, "stop the local stack and forget its data")
    pants.stop_daemon()
    return 0


def destroy(arguments: list[str]) -> int:
    """Take away what `up` made in the local AWS, and say what is left of it; processes and database stay."""
    state = _state(_parser("destroy").parse_args(arguments).state)
    if not (state / "stack.json").exists():
        raise UsageError("the local stack was never started: ./riff up")
    with environment.exclusive(state.with_name(f"{state.name}.lock")):
        print(Infrastructure(Running(state)).destroy())
        return _show("remains", state)


def status(arguments: list[str]) -> int:
    """Say what runs; the exit status tells whether all of it does."""
    parser = _parser("status")
    options, rest = parser.parse_known_args(arguments)
    return _show("status", _state(options.state), *rest)


def logs(arguments: list[str]) -> int:
    """Show what a function has logged."""
    parser = _parser("logs")
    parser.add_argument("function", metavar="FUNCTION", help="such as void_order")
    parser.add_argument("-f", "--follow", action="store_true", help="go on until interrupted")
    options = parser.parse_args(arguments)
    return _show("logs", _state(options.state), options.function, *(["--follow"] if options.follow else []))


def _parser(verb: str) -> ArgumentParser:
    parser = verbs.parser(verb)
    parser.add_argument(
        "--state", metavar="DIR", help="state of this stack (default: stack in the state folder)"
    )
    return parser


def _state(given: str | None) -> Path:
    return (checkout.CALLED_FROM / given).resolve() if given else checkout.state() / "stack"


def _do(command: str, state: Path, title: str, *more: str) -> Path:
    argv: Argv = [environment.python(), "-m", _MODULE, command, "--state", state, *more]
    return run_logged(argv, title, env=environment.imports(), mark=mark_of(state))


def _show(command: str, state: Path, *more: str) -> int:
    argv = [str(environment.python()), "-m", _MODULE, command, "--state", str(state), *more]
    return subprocess.call(argv, env=merged(environment.imports()))


def _migrate(running: Running) -> Path:
    """Bring the database to what was deployed, as a release does; the function knows what it has applied."""
    there = ["--endpoint", running.aws, "--region", running.region]
    return run_logged(
        [environment.python(), "-m", _RELEASE, "migrate", _LOCAL, *there],
        "migrate the database",
        env=environment.imports(),
        mark=running.mark,
    )
