"""Write the diagrams and tables of docs/algorithms/lifecycle.md from the state machines of the core.

`python -m tools.generate.lifecycle_diagrams` writes the page; with `--check` it writes nothing and exits 1
when the page is stale.  What stands above the marker is written by hand and kept.
"""

import argparse
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from riff_critical.lifecycle import CLAIM, DRAW, ORDER, RAFFLE, SALES_UNIT, Guard, Machine, is_terminal

PAGE = Path(__file__).resolve().parents[2] / "docs" / "algorithms" / "lifecycle.md"
MARKER = "<!-- From here on this page is generated: ./riff generate -->\n"


def page(written_by_hand: str) -> str:
    """The whole page: what was written by hand, and every machine."""
    kept, _, _ = written_by_hand.partition(MARKER)
    sections = [_machine(RAFFLE), _machine(ORDER), _machine(SALES_UNIT), _machine(DRAW), _machine(CLAIM)]
    return "\n".join([kept + MARKER, *sections, _guards()])


def _machine[S: Enum, E: Enum](machine: Machine[S, E]) -> str:
    title = machine.name.capitalize()
    diagram = "\n".join(f"    {line}" for line in _arrows(machine))
    rows = "\n".join(_rows(machine))
    return (
        f"## {title}\n\n```mermaid\nstateDiagram-v2\n{diagram}\n```\n\n"
        f"| in state | event | leads to | when |\n|---|---|---|---|\n{rows}\n"
    )


def _arrows[S: Enum, E: Enum](machine: Machine[S, E]) -> Iterator[str]:
    yield f"[*] --> {machine.initial.value}"
    for (state, event), move in machine.transitions.items():
        yield f"{state.value} --> {move.target.value}: {event.value}"
    for state in machine.states:
        if is_terminal(machine, state):
            yield f"{state.value} --> [*]"


def _rows[S: Enum, E: Enum](machine: Machine[S, E]) -> Iterator[str]:
    for (state, event), move in machine.transitions.items():
        guards = ", ".join(f"`{guard.value}`" for guard in Guard if guard in move.guards)
        yield f"| {state.value} | {event.value} | {move.target.value} | {guards or 'always'} |"


def _guards() -> str:
    rows = "\n".join(f"| `{guard.value}` | {guard.meaning} |" for guard in Guard)
    return f"## Guards\n\n| guard | holds when |\n|---|---|\n{rows}\n"


def main() -> int:
    """Write the page, or say whether it is stale."""
    parser = argparse.ArgumentParser(description="Write docs/algorithms/lifecycle.md.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the page is stale")
    options = parser.parse_args()
    present = PAGE.read_text(encoding="utf-8")
    wanted = page(present)
    if options.check and present != wanted:
        print(f"stale: {PAGE.name}; run ./riff generate", file=sys.stderr)
        return 1
    if not options.check:
        PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
