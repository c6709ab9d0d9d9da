"""What the certified core may and may not contain, read from its syntax trees (style: H23 to H27)."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import riff_critical
from riff_critical.errors import CriticalError

SOURCES = Path(riff_critical.__file__).parent
FILES = sorted(path.relative_to(SOURCES).as_posix() for path in SOURCES.rglob("*.py"))
TREES = {name: ast.parse((SOURCES / name).read_text(encoding="utf-8")) for name in FILES}

# Where the world comes in.  Everything else works on the values that it is given.
DOORS = {
    "os.urandom": {"rng/system.py"},
    "pathlib": {"__main__.py"},
    "zipfile": {"verification/files.py"},
    "os": {"verification/files.py", "__main__.py"},
    "open": {"verification/files.py"},
    "hash": {"values.py"},
    "sys": {"__main__.py"},
    "print": {"__main__.py"},
}
# Modules of the standard library through which values, or their order, could come from outside.
WORLD = {
    *("os", "io", "sys", "pathlib", "tempfile", "shutil", "glob", "zipfile", "zipimport", "importlib"),
    *("time", "random", "secrets", "uuid", "locale", "platform", "logging", "warnings", "getpass"),
    *("socket", "ssl", "http", "urllib", "subprocess", "threading", "asyncio", "multiprocessing", "signal"),
    *("sqlite3", "pickle", "ctypes", "decimal", "fractions", "math", "cmath", "statistics"),
}
HARMLESS = {"importlib.machinery", "http.HTTPStatus", "io.BytesIO"}
CLOCK = {"now", "utcnow", "today", "fromtimestamp"}
FORBIDDEN_CALLS = {
    "open",
    "input",
    "eval",
    "exec",
    "compile",
    "__import__",
    "float",
    "print",
    "id",
    "hash",
    "vars",
}
BANNED_NAMES = {"utils", "common", "helpers", "base", "manager", "misc", "constants", "types"}
KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def nodes(name: str) -> Iterator[ast.AST]:
    return ast.walk(TREES[name])


def imports(name: str) -> Iterator[str]:
    for node in nodes(name):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_allowed(imported: str, name: str) -> bool:
    """Whether the import is of the core, or of a harmless part of the standard library, or a known door."""
    top = imported.partition(".")[0]
    if top not in WORLD or any(imported.startswith(harmless) for harmless in HARMLESS):
        return True
    doors = [door for door in (imported, imported.rpartition(".")[0], top) if door in DOORS]
    return any(name in DOORS[door] for door in doors)


@pytest.mark.parametrize("name", FILES)
def test_imports_itself_and_the_standard_library_only(name: str) -> None:
    tops = {imported.partition(".")[0] for imported in imports(name)}
    assert tops <= {"riff_critical"} | sys.stdlib_module_names


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("handlers/")])
def test_the_world_comes_in_by_known_doors_only(name: str) -> None:
    assert [imported for imported in imports(name) if not is_allowed(imported, name)] == []


@pytest.mark.parametrize(
    ("imported", "name", "allowed"),
    [
        ("hashlib.sha256", "draw/seal.py", True),
        ("riff_critical.rng.sample", "draw/selection.py", True),
        ("os.urandom", "rng/system.py", True),
        ("os.urandom", "draw/seal.py", False),
        ("os.environ", "rng/system.py", False),
        ("random.random", "rng/selection.py", False),
        ("time", "memory/store.py", False),
        ("pathlib.Path", "memory/store.py", False),
        ("io.open", "rng/stream.py", False),
    ],
)
def test_a_door_opens_for_its_own_files_only(imported: str, name: str, allowed: bool) -> None:
    assert is_allowed(imported, name) is allowed


@pytest.mark.parametrize("name", FILES)
def test_no_assert_that_optimisation_would_remove(name: str) -> None:
    assert [node.lineno for node in nodes(name) if isinstance(node, ast.Assert)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_fraction_touches_a_result(name: str) -> None:
    """No float or complex literal, no true division (verification joins no paths by it)."""
    literals = [
        node.lineno
        for node in nodes(name)
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
    ]
    divisions = [
        node.lineno
        for node in nodes(name)
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
    ]
    assert literals + divisions == []


@pytest.mark.parametrize("name", FILES)
def test_calls_nothing_that_depends_on_where_and_when_it_runs(name: str) -> None:
    called = {
        node.func.id for node in nodes(name) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    allowed = {call for call, files in DOORS.items() if name in files}
    assert called & FORBIDDEN_CALLS <= allowed


@pytest.mark.parametrize("name", FILES)
def test_reads_no_clock_and_no_environment(name: str) -> None:
    read = {node.attr for node in nodes(name) if isinstance(node, ast.Attribute)}
    assert read & (CLOCK | {"environ", "getenv"}) == set()


@pytest.mark.parametrize("name", FILES)
def test_modules_are_small_and_named_after_their_subject(name: str) -> None:
    assert len((SOURCES / name).read_text(encoding="utf-8").splitlines()) <= 400
    assert BANNED_NAMES.isdisjoint(Path(name).with_suffix("").parts)


@pytest.mark.parametrize("name", FILES)
def test_functions_can_be_read_at_once(name: str) -> None:
    bodies = {node.name: body_lines(node) for node in nodes(name) if isinstance(node, ast.FunctionDef)}
    assert {function: lines for function, lines in bodies.items() if lines > 30} == {}


def body_lines(node: ast.FunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("name", FILES)
def test_every_module_states_its_method(name: str) -> None:
    assert ast.get_docstring(TREES[name])


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith("/__init__.py")])
def test_packages_list_what_others_may_use(name: str) -> None:
    module = importlib.import_module("riff_critical." + name.removesuffix("/__init__.py").replace("/", "."))
    offered = getattr(module, "__all__", [])
    imported = {
        alias.name for node in nodes(name) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert set(offered) == imported


def errors() -> list[type[BaseException]]:
    found = set()
    for name in FILES:
        dotted = ".".join(("riff_critical", *Path(name).with_suffix("").parts)).removesuffix(".__init__")
        module = importlib.import_module(dotted)
        found |= {
            kind
            for _, kind in inspect.getmembers(module, inspect.isclass)
            if issubclass(kind, BaseException) and kind.__module__ == dotted
        }
    return sorted(found, key=lambda kind: kind.__name__)


ERRORS = errors()


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_belongs_to_the_one_tree(kind: type[CriticalError]) -> None:
    assert issubclass(kind, CriticalError)
    assert kind.__name__.endswith("Error")
    assert kind.__doc__
    assert "code" in vars(kind)
    assert KEBAB.fullmatch(kind.code)


def test_every_code_names_one_error() -> None:
    codes = Counter(kind.code for kind in ERRORS if issubclass(kind, CriticalError))
    assert [code for code, count in codes.items() if count > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_raises_errors_of_the_tree_only(name: str) -> None:
    raised = {
        node.exc.func.id
        for node in nodes(name)
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
    }
    known = {kind.__name__ for kind in ERRORS} | {"ArgumentTypeError"}
    assert raised <= known


# What importing the core must not load, because it alone would take most of the 30 ms that the import of a
# package may take (docs/adr/0014).  Nothing is timed here: what is not loaded takes no time on any machine.
SLOW = {
    *("dataclasses", "inspect", "re", "json", "pathlib", "tempfile", "zipfile", "base64", "random", "ast"),
    *("copy", "contextlib", "datetime", "zlib", "logging", "argparse", "ctypes", "subprocess"),
    *("typing", "collections", "functools"),
}
# The interpreter itself needs `typing` for the generic tables of `lifecycle`, numbering keeps large tables.
NEEDED = {
    "lifecycle": {"typing", "collections", "functools"},
    "handlers.validate_ticket": {"typing", "collections", "functools"},
    "numbering": {"collections", "functools"},
}
IMPORTED = [
    *sorted({name.partition("/")[0] for name in FILES if name.endswith("/__init__.py")} - {"handlers"}),
    *("handlers.select_winners", "handlers.validate_ticket"),
]


@pytest.mark.parametrize("name", IMPORTED)
def test_a_package_is_imported_without_what_is_slow_to_import(name: str) -> None:
    program = (
        "import sys; sys.path.insert(0, '.'); before = set(sys.modules)\n"
        f"import riff_critical.{name}; print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-S", "-E", "-s", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=SOURCES.parent,
    )
    assert f"riff_critical.{name}" in run.stdout.split()
    assert SLOW & set(run.stdout.split()) == NEEDED.get(name, set())


@pytest.mark.parametrize("name", [name for name in FILES if name != "declarations.py"])
def test_declarations_use_the_words_of_the_core(name: str) -> None:
    """A `ClassVar` or `Annotated` of the library would be no such thing to values and documents."""
    found = [imported for imported in imports(name) if imported.startswith(("typing", "collections.abc"))]
    assert found == (["typing.BinaryIO"] if name == "__main__.py" else [])
