"""`python -m tools.local_stack COMMAND`: the processes and the demonstration behind `./riff up`."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tools.local_stack import function_logs, stack
from tools.local_stack.aws_client import client
from tools.local_stack.demonstration import curl_lines, demonstrate
from tools.local_stack.failure import StackError
from tools.local_stack.folder import Folder
from tools.local_stack.remains import remains

_DEFAULT_STATE: Final = Path(".riff/stack")
_FAILED: Final = 1
_NOT_RUNNING: Final = 3


def main(arguments: Sequence[str]) -> int:
    """Run one command; 0 if it succeeded, 1 if it failed or a part has crashed, 3 if the stack is stopped."""
    given = _parser().parse_args(arguments)
    folder = Folder(given.state.resolve())
    commands = {
        "start": _start,
        "stop": _stop,
        "status": _status,
        "reset": _reset,
        "logs": _logs,
        "demonstrate": _demonstrate,
        "remains": _remains,
    }
    try:
        return commands[given.command](folder, given)
    except StackError as error:
        print(f"local stack: {error}", file=sys.stderr)
        return _FAILED
    except KeyboardInterrupt:
        return _FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.local_stack", description=__doc__)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--state", type=Path, default=_DEFAULT_STATE, help="state folder (%(default)s)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    starting = commands.add_parser("start", parents=[shared], help="start what does not run")
    starting.add_argument("--port-base", type=int, help="first of six ports; chosen and remembered if absent")
    commands.add_parser("stop", parents=[shared], help="stop what was started here")
    asking = commands.add_parser("status", parents=[shared], help="say how each part is")
    asking.add_argument("--json", action="store_true", help="for programs")
    commands.add_parser("reset", parents=[shared], help="stop, and delete all state")
    commands.add_parser("demonstrate", parents=[shared], help="load the demonstration and say how to try it")
    commands.add_parser("remains", parents=[shared], help="say what there is in the local AWS")
    reading = commands.add_parser("logs", parents=[shared], help="print what a function has logged")
    reading.add_argument("function", help="its operation, for example void_order")
    reading.add_argument("--follow", action="store_true", help="go on until interrupted")
    return parser


def _start(folder: Folder, given: argparse.Namespace) -> int:
    stack.start(folder, given.port_base)
    for part in stack.states(folder):
        print(f"{part.name:<9} {part.address}")
    return 0


def _stop(folder: Folder, _: argparse.Namespace) -> int:
    stopped = stack.stop(folder) if folder.root.exists() else []
    print("stopped " + ", ".join(stopped) if stopped else "nothing was running")
    return 0


def _status(folder: Folder, given: argparse.Namespace) -> int:
    states = stack.states(folder)
    if given.json:
        print(json.dumps([dataclasses.asdict(state) for state in states], indent=2))
    elif not states:
        print("the stack was never started here")
    else:
        for state in states:
            where = f"pid {state.pid}" if state.pid else f"log {state.log}"
            print(f"{state.name:<9} {state.state:<8} {state.address}  {where}")
    if any(state.state in {"crashed", "silent"} for state in states):
        return _FAILED
    return 0 if states and all(state.state == "running" for state in states) else _NOT_RUNNING


def _reset(folder: Folder, _: argparse.Namespace) -> int:
    stack.reset(folder)
    print(f"deleted {folder.root}")
    return 0


def _logs(folder: Folder, given: argparse.Namespace) -> int:
    logs = client(folder.read_description(), "logs")
    group = function_logs.group_of(logs, given.function)
    for line in function_logs.lines(logs, group, follow=given.follow):
        print(line, flush=given.follow)
    return 0


def _remains(folder: Folder, _: argparse.Namespace) -> int:
    description = folder.read_description()
    found = list(remains(lambda service: client(description, service)))
    print("".join(f"{line}\n" for line in found), end="")
    return _FAILED if found else 0


def _demonstrate(folder: Folder, _: argparse.Namespace) -> int:
    made = demonstrate(folder, datetime.now(UTC))
    print(curl_lines(made), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
