"""The sources of riff as the rules of architecture see them."""

import ast
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "python"


@attrs.frozen(slots=False)
class Module:
    """One Python file."""

    path: Path

    @property
    def place(self) -> str:
        """Its path below src/python."""
        return self.path.relative_to(SOURCES).as_posix()

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> frozenset[str]:
        """Dotted names of the modules, or names in modules, that it imports."""
        return frozenset(name for name, _ in self.imported)

    @cached_property
    def imported(self) -> tuple[tuple[str, str], ...]:
        """Everything it imports: the dotted name, and its last part."""
        found: list[tuple[str, str]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, alias.name.rpartition(".")[2]) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [(f"{node.module}.{alias.name}", alias.name) for alias in node.names]
        return tuple(found)

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    @property
    def names(self) -> Iterator[str]:
        """Every dotted name that is read: `datetime.now`, `os.environ`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield ast.unparse(node)
            elif isinstance(node, ast.Name):
                yield node.id


def riff_modules(*places: str) -> list[Module]:
    """The modules of riff below these places (all of riff by default), generated ones included."""
    folders = [SOURCES / "riff" / place for place in places] or [SOURCES / "riff"]
    files = [file for folder in folders for file in ([folder] if folder.is_file() else folder.rglob("*.py"))]
    return [Module(file) for file in sorted(set(files))]


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return 0 if not body else (body[-1].end_lineno or 0) - body[0].lineno + 1
