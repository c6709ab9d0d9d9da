"""`./riff new function TAG OPERATION`: one operation's files, in the usual shape.

What is written builds and passes every check as it is.  The use case finds what it is about, asks for the
permission and then says that it is not written yet: callers get 500, and its tests fail as expected (`xfail`)
until it does its work.  Nothing that exists is overwritten.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from tools.door import checkout, verbs
from tools.door.failure import UsageError
from tools.door.progress import say

CONTEXTS: Final = (
    *("public", "checkout", "accounts", "templates", "raffles", "sales", "units"),
    *("reconciliation", "draws", "reports", "audit"),
)
_TEMPLATES: Final = Path(__file__).with_name("templates") / "function"
_OPERATION: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
_ROUTE: Final = re.compile(r"(GET|POST|PUT|DELETE|PATCH) ((?:/(?:[a-z][a-z0-9-]*|\{[a-z_]+\}))+)")
_READING_WORDS: Final = frozenset({"show", "list", "search", "report", "export", "prove"})
_ALONE: Final = re.compile(r"\s*\$(\w+)\s*")


@dataclass(frozen=True)
class Subject:
    """What an operation is about, and how a use case and a test find one.

    Attributes:
        word: as it stands in the path (`raffle` for `{raffle_id}`).
        value: class of the domain.
        module: where that class is.
        example: an identifier for OpenAPI's examples.
        existing: one that a test's stage has.
        reading: permission to see it.
        changing: permission to change it.
    """

    word: str
    value: str
    module: str
    example: str
    existing: str
    reading: str
    changing: str


SUBJECTS: Final = {
    "raffle": Subject(
        "raffle",
        "Raffle",
        "riff.domain.raffles.raffle",
        "0196f1d2-7b1c-7c3e-9a10-5b5f0e3c2a44",
        "stage.raffle.id",
        "raffles:read",
        "raffles:configure",
    ),
    "order": Subject(
        "order",
        "SoldOrder",
        "riff.domain.sales.sold_order",
        "0196f1d5-03f0-7d4b-8c6e-9b1f7a2d5e60",
        "stage.buy().checkout.id",
        "orders:read",
        "orders:void",
    ),
}


@dataclass(frozen=True)
class Wanted:
    """An operation to be.

    Attributes:
        tag: its context.
        operation: its name.
        method: in capitals.
        path: as OpenAPI writes it.
        subject: what it is about.
        permission: what staff must hold; None on a route that is open to anyone.
    """

    tag: str
    operation: str
    method: str
    path: str
    subject: Subject
    permission: str | None

    @property
    def name(self) -> str:
        """Its name as a class."""
        return "".join(word.capitalize() for word in self.operation.split("_"))

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET"


def create(arguments: list[str]) -> int:
    """Write the files of one operation.

    Raises:
        UsageError: the operation cannot be, or is there already.
    """
    wanted = _parsed(arguments)
    texts = _texts(wanted)
    root = checkout.ROOT
    new = {root / place: text for place, text in _new_files(wanted, texts).items()}
    if there := [checkout.shown(path) for path in new if path.exists()]:
        raise UsageError(f"{', '.join(there)} exists already")
    changed = {root / place: text for place, text in _changed_files(wanted, texts, root).items()}
    for path, text in (new | changed).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        say(f"{'wrote' if path in new else 'changed'} {checkout.shown(path)}")
    held = f", for staff with {wanted.permission}" if wanted.permission else ", open to anyone"
    say(f"{wanted.method} {wanted.path}{held}. The tests marked xfail say what is left to write.")
    return 0


def _parsed(arguments: list[str]) -> Wanted:
    parser = verbs.parser("new")
    parser.prog = "riff new function"
    parser.add_argument("tag", metavar="TAG", choices=CONTEXTS, help=f"one of {', '.join(CONTEXTS)}")
    parser.add_argument("operation", metavar="OPERATION", help="verb and noun, such as refund_order")
    parser.add_argument("--route", help='such as "POST /staff/orders/{order_id}/refund"')
    parser.add_argument("--permission", help="what staff must hold, such as orders:void")
    given = parser.parse_args(arguments)
    if not _OPERATION.fullmatch(given.operation):
        raise UsageError(f"an operation is a verb and a noun, joined by underscores: {given.operation}")
    if taken := list(checkout.SOURCES.glob(f"riff/handlers/*/{given.operation}.py")):
        raise UsageError(f"the operation exists: {checkout.shown(taken[0])}")
    method, path = _route(given.route or _usual_route(given.tag, given.operation))
    subject = _subject(path)
    usual = subject.reading if method == "GET" else subject.changing
    permission = _permission(given.permission or usual) if path.startswith("/staff/") else None
    return Wanted(given.tag, given.operation, method, path, subject, permission)


def _usual_route(tag: str, operation: str) -> str:
    method = "GET" if operation.partition("_")[0] in _READING_WORDS else "POST"
    about = "/orders/{order_id}" if tag in {"sales", "checkout"} else "/raffles/{raffle_id}"
    audience = "" if tag in {"public", "checkout"} else "/staff"
    return f"{method} {audience}{about}/{operation.replace('_', '-')}"


def _route(text: str) -> tuple[str, str]:
    found = _ROUTE.fullmatch(text)
    if found is None:
        raise UsageError(
            f'a route is a method and a path, such as "GET /staff/raffles/{{raffle_id}}": {text}'
        )
    method, path = found.groups()
    for part, taken in _documented():
        if taken == (path, method.lower()):
            raise UsageError(f"{method} {path} exists in openapi/{part}")
    return method, path


def _documented() -> Iterator[tuple[str, tuple[str, str]]]:
    """Part, and path and method, of every operation in the document."""
    for part in sorted((checkout.ROOT / "openapi").glob("*.yaml")):
        path = ""
        for line in part.read_text("utf-8").splitlines():
            if found := re.fullmatch(r"  (/\S*):", line):
                path = found[1]
            elif found := re.fullmatch(r"    (get|post|put|delete|patch|head):", line):
                yield part.name, (path, found[1])


def _subject(path: str) -> Subject:
    variables = re.findall(r"\{(\w+)_id\}", path)
    if len(variables) != 1 or variables[0] not in SUBJECTS or path.count("{") != 1:
        known = " or ".join(f"{{{word}_id}}" for word in SUBJECTS)
        raise UsageError(f"the path has {known} in it, once: {path}")
    return SUBJECTS[variables[0]]


def _permission(name: str) -> str:
    catalogue = tomllib.loads((checkout.ROOT / "catalogue" / "permissions.toml").read_text("utf-8"))
    if name not in catalogue["permissions"]:
        raise UsageError(f"catalogue/permissions.toml has no {name}")
    return name


def _new_files(wanted: Wanted, texts: Mapping[str, str]) -> dict[str, str]:
    tag, operation = wanted.tag, wanted.operation
    return {
        f"src/python/riff/handlers/{tag}/{operation}.py": texts["handler"],
        f"src/python/riff/usecases/{tag}/{operation}.py": texts["usecase"],
        f"tests/unit/riff/handlers/{tag}/test_{operation}.py": texts["test_handler"],
        f"tests/unit/riff/usecases/{tag}/test_{operation}.py": texts["test_usecase"],
    }


def _changed_files(wanted: Wanted, texts: Mapping[str, str], root: Path) -> dict[str, str]:
    """What exists and gets a line, or is made for the first operation of a tag."""
    folder = f"src/python/riff/handlers/{wanted.tag}"
    added = {f"{folder}/BUILD": f'riff_functions("{wanted.operation}")\n'}
    if not wanted.reads:
        added[f"{folder}/functions.yaml"] = f"{wanted.operation}: {{database: business}}\n"
    changed = {place: _read(root / place) + line for place, line in added.items()}
    for layer, what in (("handlers", "Functions"), ("usecases", "Operations")):
        place = f"src/python/riff/{layer}/{wanted.tag}/__init__.py"
        if not (root / place).exists():
            kind = "tag" if layer == "handlers" else "context"
            changed[place] = f'"""{what} of the {kind} `{wanted.tag}`."""\n'
    part = f"openapi/{wanted.tag}.yaml"
    if not (root / part).exists():
        tags = _read(root / "openapi/openapi.yaml")
        changed["openapi/openapi.yaml"] = (
            f"{tags}  - {{name: {wanted.tag}, description: {wanted.tag.title()}.}}\n"
        )
    changed[part] = _documented_too(_read(root / part), wanted, texts)
    return changed


def _documented_too(part: str, wanted: Wanted, texts: Mapping[str, str]) -> str:
    paths, _, schemas = (part or "paths:\n\ncomponents:\n  schemas:\n").partition(
        "\ncomponents:\n  schemas:\n"
    )
    opening = f"  {wanted.path}:\n"
    if opening in paths:
        paths = paths.replace(opening, f"{opening}{texts['operation']}", 1)
    else:
        gap = "" if paths == "paths:\n" else "\n"
        paths = f"{paths}{gap}{opening}{texts['operation']}"
    gap = "\n" if schemas else ""
    return f"{paths}\ncomponents:\n  schemas:\n{schemas}{gap}{texts['schemas']}"


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _texts(wanted: Wanted) -> dict[str, str]:
    """Every text, by the name of its template."""
    words = _words(wanted)
    texts = {
        "handler": _filled("handler.py", words | {"imports": _imports(_handler_needs(wanted))}),
        "usecase": _filled("usecase.py", words | {"imports": _imports(_use_case_needs(wanted))}),
        "operation": _filled("operation.yaml", words),
        "schemas": _filled("schemas.yaml", words),
    }
    test = words | {"standard_imports": "from uuid import UUID, uuid4"}
    texts["test_handler"] = _filled(
        "test_handler.py", test | {"imports": _imports(_handler_test_needs(wanted))}
    )
    test = words | {"standard_imports": "from uuid import uuid4"}
    texts["test_usecase"] = _filled(
        "test_usecase.py", test | {"imports": _imports(_use_case_test_needs(wanted))}
    )
    return texts


def _words(wanted: Wanted) -> dict[str, str]:
    """What the templates' placeholders stand for."""
    subject, phrase = wanted.subject, wanted.operation.replace("_", " ")
    words = {
        "operation": wanted.operation,
        "name": wanted.name,
        "method": wanted.method,
        "verb": wanted.method.lower(),
        "path": wanted.path,
        "phrase": phrase,
        "sentence": phrase.capitalize(),
        "subject": subject.word,
        "value": subject.value,
        "value_id": f"{subject.word.capitalize()}Id",
        "parameter": f"{subject.word.capitalize()}Id",
        "example_id": subject.example,
        "existing": subject.existing,
    }
    words |= _staff_words(wanted)
    words |= _reading_words() if wanted.reads else _command_words(words)
    words |= {
        "endpoint": _endpoint(wanted),
        "standard_imports": _standard_imports(wanted),
        **_finding(wanted),
    }
    words["strangers"] = _filled("test_strangers.py", words) if wanted.permission else ""
    return words


def _staff_words(wanted: Wanted) -> dict[str, str]:
    staff, word = wanted.permission, wanted.subject.word
    why = "" if wanted.reads else ", and why"
    return {
        "fields_sentence": f"Which {word} `actor` means{why}." if staff else f"Which {word}{why}.",
        "actor_field": "actor: Actor" if staff else "",
        "pass_actor": "actor=request.actor," if staff else "",
        "manager": "stage.manager, " if staff else "",
        "security": "[{staff: []}]" if staff else "[]",
        "x_permission": f'x-permission: "{staff}"' if staff else "",
        "event_token": "token=claims()," if staff else "",
        "raises": (
            f"NotFoundError, NotPermittedError: no such {word}, or the actor may not do this."
            if staff
            else f"NotFoundError: there is no such {word}."
        ),
    }


def _reading_words() -> dict[str, str]:
    silent = (
        *("body_class", "pass_reason", "reason_field", "event_body", "event_headers", "why"),
        *("key_parameter", "request_body", "body_schema"),
    )
    return dict.fromkeys(silent, "") | {"asked": "query", "body_type": "None"}


def _command_words(words: Mapping[str, str]) -> dict[str, str]:
    return {
        "asked": "command",
        "body_type": f"{words['name']}Body",
        "body_class": _filled("body_class.py", words),
        "pass_reason": "reason=request.body.reason,",
        "reason_field": "reason: str",
        "event_body": 'body={"reason": "It has to be"},',
        "event_headers": 'headers={"Idempotency-Key": KEY},',
        "why": ', "it has to be"',
        "key_parameter": '- {$ref: "#/components/parameters/IdempotencyKey"}',
        "request_body": _filled("request_body.yaml", words),
        "body_schema": _filled("body_schema.yaml", words),
    }


def _endpoint(wanted: Wanted) -> str:
    parts = [] if wanted.reads else [f"body={wanted.name}Body"]
    parts += [f'permission="{wanted.permission}"'] if wanted.permission else []
    parts += [] if wanted.reads else ["idempotent=True"]
    return ", ".join(parts)


def _standard_imports(wanted: Wanted) -> str:
    typing = "Self" if wanted.reads else "Annotated, Self"
    return f"from typing import {typing}\nfrom uuid import UUID"


def _finding(wanted: Wanted) -> dict[str, str]:
    """How the use case finds its subject, and whether the caller may know of it."""
    asked = "query" if wanted.reads else "command"
    find = "get" if wanted.reads or wanted.subject.word == "order" else "lock"
    found = f"work.{wanted.subject.word}s.{find}({asked}.{wanted.subject.word}_id)"
    if wanted.permission is None:
        return {"find": found, "find_raffle": "", "guard": ""}
    raffle = "raffle = work.raffles.get(order.raffle_id)" if wanted.subject.word == "order" else ""
    guard = f'{asked}.actor.require("{wanted.permission}", raffle.organization_id)'
    return {"find": f"{wanted.subject.word} = {found}", "find_raffle": raffle, "guard": guard}


def _handler_needs(wanted: Wanted) -> dict[str, set[str]]:
    needs = {
        "riff.domain.identifiers": {f"{wanted.subject.word.capitalize()}Id"},
        wanted.subject.module: {wanted.subject.value},
        "riff.handlers._runtime.http": {"Ok", "Request", "endpoint"},
        f"riff.usecases.{wanted.tag}.{wanted.operation}": {wanted.name, wanted.operation},
        "riff.wiring": {"services"},
    }
    return needs if wanted.reads else needs | {"riff.handlers._runtime.limits": {"Length"}}


def _use_case_needs(wanted: Wanted) -> dict[str, set[str]]:
    needs = {
        "riff.domain.identifiers": {f"{wanted.subject.word.capitalize()}Id"},
        wanted.subject.module: {wanted.subject.value},
        "riff.ports.services": {"Services"},
    }
    return needs | {"riff.domain.accounts.actor": {"Actor"}} if wanted.permission else needs


def _handler_test_needs(wanted: Wanted) -> dict[str, set[str]]:
    support = {"Answer", "an_event", "ask"}
    support |= {"claims"} if wanted.permission else set()
    return {
        f"riff.handlers.{wanted.tag}.{wanted.operation}": {"handler"},
        "tests.support.gateway": support | (set() if wanted.reads else {"KEY"}),
        "tests.support.stage": {"Stage"},
    }


def _use_case_test_needs(wanted: Wanted) -> dict[str, set[str]]:
    return {
        "riff.domain.identifiers": {f"{wanted.subject.word.capitalize()}Id"},
        "riff.errors": {"NotFoundError"},
        f"riff.usecases.{wanted.tag}.{wanted.operation}": {wanted.name, wanted.operation},
        "tests.support.stage": {"Stage", *(["A_STRANGER"] if wanted.permission else [])},
    }


def _imports(needs: Mapping[str, set[str]]) -> str:
    """Import lines as the formatter orders them: constants, classes, functions."""

    def rank(name: str) -> tuple[bool, bool, str]:
        return (not name.isupper(), name.islower(), name)

    return "\n".join(
        f"from {module} import {', '.join(sorted(names, key=rank))}"
        for module, names in sorted(needs.items())
    )


def _filled(template: str, words: Mapping[str, str]) -> str:
    """A template with its placeholders filled; a line that is one placeholder vanishes when that is empty."""
    lines = []
    for line in (_TEMPLATES / f"{template}.tmpl").read_text("utf-8").splitlines(keepends=True):
        alone = _ALONE.fullmatch(line)
        if alone is None or words[alone[1]]:
            lines.append(
                Template(line).substitute({name: text.removesuffix("\n") for name, text in words.items()})
            )
    return "".join(lines)
