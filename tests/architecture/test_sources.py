"""Where things may stand: SQL, clocks, entropy, environment, broad excepts, floats; and their size."""

import ast
import re
from pathlib import Path

import pytest

from tests.support.source_tree import ROOT, SOURCES, Module, body_lines, riff_modules

EVERY = pytest.mark.parametrize("module", riff_modules(), ids=lambda module: module.place)

BANNED_NAMES = {
    "utils",
    "util",
    "common",
    "helpers",
    "helper",
    "base",
    "manager",
    "misc",
    "constants",
    "types",
}
_SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b", re.DOTALL
)
# Generated from the catalogues: one line per entry, however many there are.
_GENERATED = ("event_catalogue.py", "permission_catalogue.py", "problem_catalogue.py", "profile_catalogue.py")


@EVERY
def test_is_named_by_its_subject(module: Module) -> None:
    assert BANNED_NAMES.isdisjoint(module.path.relative_to(SOURCES).with_suffix("").parts)


@EVERY
def test_is_no_longer_than_400_lines(module: Module) -> None:
    if module.path.name not in _GENERATED:
        assert len(module.text.splitlines()) <= 400


@EVERY
def test_functions_are_short(module: Module) -> None:
    assert [function.name for function in module.functions if body_lines(function) > 40] == []


def test_functions_are_short_on_the_whole() -> None:
    lengths = [body_lines(function) for module in riff_modules() for function in module.functions]
    assert sum(length <= 25 for length in lengths) >= 0.97 * len(lengths)


@EVERY
def test_sql_stands_in_its_adapter(module: Module) -> None:
    texts = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant)]
    found = [text for text in texts if isinstance(text, str) and _SQL.search(text)]
    if not module.place.startswith("riff/adapters/postgres/"):
        assert found == []
    assert [text for text in found if re.search(r"SELECT\s+\*|\.\*", text)] == []


@EVERY
def test_sql_is_a_constant(module: Module) -> None:
    """No statement is built from parts: `{` in one would be a value that somebody may choose."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            assert not _SQL.search(text)


# Name -> the only modules that may use it.
PLACES = {
    r"os\.environ|os\.getenv|environ|getenv": ["riff/config.py"],
    r"datetime\.(now|utcnow|today)|date\.today": [
        "riff/adapters/system/clock.py",
        # A signed request states its instant.
        "riff/adapters/aws/",
    ],
    r"time\.(time|time_ns)": ["riff/adapters/system/identifiers.py"],
    r"time\.(monotonic|perf_counter)(_ns)?": ["riff/adapters/postgres/", "riff/handlers/_runtime/log.py"],
    r"time\.sleep": ["riff/adapters/"],
    r"urandom|os\.urandom": ["riff/adapters/system/", "riff/adapters/aws/parameters.py"],
    r"uuid[1345678]|uuid\.uuid[1345678]": [],
    r"(random|secrets|SystemRandom)(\..*)?": [],
    r"boto3(\..*)?|botocore(\..*)?": [],
    r"print|breakpoint|eval|exec": [],
    r"logging(\..*)?": ["riff/handlers/_runtime/log.py"],
}


@pytest.mark.parametrize("names", PLACES)
def test_stands_only_where_it_may(names: str) -> None:
    pattern = re.compile(names)
    used = {
        module.place for module in riff_modules() if any(pattern.fullmatch(name) for name in module.names)
    }
    assert {place for place in used if not place.startswith(tuple(PLACES[names] or ["-"]))} == set()


def test_everything_is_caught_at_the_edges_only() -> None:
    """A request ends as a reply whatever is raised; one thing that a job fails with keeps nobody waiting."""
    broad = [
        (module.place, node.lineno)
        for module in riff_modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or ast.unparse(node.type) == "Exception"
    ]
    edges = {"riff/handlers/_runtime/http.py", "riff/handlers/_runtime/schedule.py"}
    assert {place for place, _ in broad} == edges
    assert len(broad) == len(edges)


@pytest.mark.parametrize(
    "module", riff_modules("domain", "usecases", "ports"), ids=lambda module: module.place
)
def test_no_float_is_near_money(module: Module) -> None:
    assert "float" not in set(module.names)
    literals = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant)]
    assert [value for value in literals if isinstance(value, float)] == []
    assert [node for node in ast.walk(module.tree) if isinstance(node, ast.Div)] == []


@EVERY
def test_errors_are_called_errors(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and any(
            ast.unparse(base).endswith(("Error", "Exception")) for base in node.bases
        ):
            assert node.name.endswith("Error")


@EVERY
def test_statuses_stand_at_the_edge(module: Module) -> None:
    """Rules know no HTTP, so that jobs can use them."""
    if not module.place.startswith(("riff/handlers/_runtime", "riff/adapters/")):
        numbers = [node.value for node in ast.walk(module.tree) if isinstance(node, ast.Constant)]
        statuses = {400, 401, 403, 404, 409, 413, 422, 429, 503}
        assert [number for number in numbers if type(number) is int and number in statuses] == []


# Tested on the real thing, or through what uses them: values of the domain by use cases, shapes by handlers.
_WITHOUT_MIRROR = (
    *("riff/adapters/postgres/", "riff/adapters/aws/parameters.py", "riff/adapters/payments/stripe.py"),
    *("riff/domain/", "riff/handlers/_runtime/shapes/", "riff/ports/", "riff/errors.py"),
)


def _has_code(module: Module) -> bool:
    """Whether it does something by itself; what a folder shares (`_name.py`) is tested with its users."""
    return any(True for _ in module.functions) and not module.path.name.startswith("_")


@pytest.mark.parametrize(
    "module",
    [found for found in riff_modules() if _has_code(found) and not found.place.startswith(_WITHOUT_MIRROR)],
    ids=lambda module: module.place,
)
def test_module_has_its_unit_test(module: Module) -> None:
    mirror = ROOT / "tests/unit" / module.path.relative_to(SOURCES)
    assert mirror.with_name(f"test_{mirror.name}").exists()


@pytest.mark.parametrize(
    "test",
    sorted((ROOT / "tests/unit/riff").rglob("test_*.py")),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_unit_test_mirrors_a_module(test: Path) -> None:
    source = SOURCES / test.relative_to(ROOT / "tests/unit")
    assert source.with_name(source.name.removeprefix("test_")).exists()
