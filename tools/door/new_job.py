"""`./riff new job TAG OPERATION --every "rate(1 hour)"`: one scheduled function's files, in the usual shape.

What is written builds and passes every check as it is.  The use case says that it is not written yet: a run
fails, and its tests fail as expected (`xfail`) until it does its work.  Nothing that exists is overwritten.
"""

import re
from pathlib import Path
from string import Template
from typing import Final

from tools.door import checkout, verbs
from tools.door.failure import UsageError
from tools.door.new_function import CONTEXTS
from tools.door.progress import say

_TEMPLATES: Final = Path(__file__).with_name("templates") / "job"
_OPERATION: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
# As tools/artifacts and the module `triggers` read it.
_EVERY: Final = re.compile(r"(rate)\(([1-9][0-9]*) ((?:minute|hour|day)s?)\)|(cron)\([^()]+\)")


def create(arguments: list[str]) -> int:
    """Write the files of one job.

    Raises:
        UsageError: the job cannot be, or is there already.
    """
    parser = verbs.parser("new")
    parser.prog = "riff new job"
    parser.add_argument("tag", metavar="TAG", choices=CONTEXTS, help=f"one of {', '.join(CONTEXTS)}")
    parser.add_argument("operation", metavar="OPERATION", help="verb and noun, such as expire_claims")
    parser.add_argument("--every", required=True, help='such as "rate(5 minutes)", or a cron expression')
    given = parser.parse_args(arguments)
    words = _words(given.tag, given.operation, given.every)
    root = checkout.ROOT
    new = {root / place: _filled(template, words) for place, template in _new_files(words).items()}
    if there := [checkout.shown(path) for path in new if path.exists()]:
        raise UsageError(f"{', '.join(there)} exists already")
    changed = {root / place: text for place, text in _changed_files(words, root).items()}
    for path, text in (new | changed).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        say(f"{'wrote' if path in new else 'changed'} {checkout.shown(path)}")
    say(f"{given.every}, by the clock. The tests marked xfail say what is left to write.")
    return 0


def _words(tag: str, operation: str, every: str) -> dict[str, str]:
    if not _OPERATION.fullmatch(operation):
        raise UsageError(f"an operation is a verb and a noun, joined by underscores: {operation}")
    if taken := list(checkout.SOURCES.glob(f"riff/handlers/*/{operation}.py")):
        raise UsageError(f"the operation exists: {checkout.shown(taken[0])}")
    found = _EVERY.fullmatch(every)
    if found is None:
        raise UsageError(f"a job runs at rate(<number> minutes|hours|days) or by cron(<six fields>): {every}")
    _, number, unit, cron = found.groups()
    phrase = operation.replace("_", " ")
    return {
        "tag": tag,
        "operation": operation,
        "name": "".join(word.capitalize() for word in operation.split("_")),
        "every": every,
        "when": "By the clock" if cron else f"Every {unit if number == '1' else f'{number} {unit}'}",
        "phrase": phrase,
        "sentence": phrase.capitalize(),
    }


def _new_files(words: dict[str, str]) -> dict[str, str]:
    tag, operation = words["tag"], words["operation"]
    return {
        f"src/python/riff/handlers/{tag}/{operation}.py": "handler.py",
        f"src/python/riff/usecases/{tag}/{operation}.py": "usecase.py",
        f"tests/unit/riff/handlers/{tag}/test_{operation}.py": "test_handler.py",
        f"tests/unit/riff/usecases/{tag}/test_{operation}.py": "test_usecase.py",
    }


def _changed_files(words: dict[str, str], root: Path) -> dict[str, str]:
    """What exists and gets a line, or is made for the first operation of a tag."""
    tag, operation = words["tag"], words["operation"]
    folder = f"src/python/riff/handlers/{tag}"
    # YAML reads what a cron expression may hold (`?`, `*`) unless it is in quotes.
    every = f'"{words["every"]}"' if words["every"].startswith("cron") else words["every"]
    settings = f"{{trigger: schedule, every: {every}, database: critical, timeout_s: 60}}"
    added = {
        f"{folder}/BUILD": f'riff_functions("{operation}")\n',
        f"{folder}/functions.yaml": f"{operation}: {settings}\n",
    }
    changed = {place: _read(root / place) + line for place, line in added.items()}
    for layer, what in (("handlers", "Functions of the tag"), ("usecases", "Operations of the context")):
        place = f"src/python/riff/{layer}/{tag}/__init__.py"
        if not (root / place).exists():
            changed[place] = f'"""{what} `{tag}`."""\n'
    return changed


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _filled(template: str, words: dict[str, str]) -> str:
    return Template((_TEMPLATES / f"{template}.tmpl").read_text("utf-8")).substitute(words)
