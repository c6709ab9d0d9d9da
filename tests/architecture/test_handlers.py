"""A handler translates; it never decides."""

import ast

import pytest

from tests.support.source_tree import Module, body_lines, riff_modules

HANDLERS = [
    module
    for module in riff_modules("handlers")
    if not module.place.startswith("riff/handlers/_runtime") and not module.path.name.startswith("_")
]
EVERY = pytest.mark.parametrize("module", HANDLERS, ids=lambda module: module.place)


def _handler(module: Module) -> ast.FunctionDef:
    (found,) = (
        node for node in module.tree.body if isinstance(node, ast.FunctionDef) and node.name == "handler"
    )
    return found


@EVERY
def test_has_one_handler_of_at_most_25_lines(module: Module) -> None:
    assert body_lines(_handler(module)) <= 25


@EVERY
def test_calls_its_use_case_once_and_no_other(module: Module) -> None:
    use_cases = {
        name.rpartition(".")[2]
        for name in module.imports
        if name.startswith("riff.usecases.") and name.rpartition(".")[2].islower()
    }
    assert use_cases == {module.path.stem}
    calls = [node for node in ast.walk(_handler(module)) if isinstance(node, ast.Call)]
    assert [ast.unparse(call.func) for call in calls].count(module.path.stem) == 1


@EVERY
def test_does_not_decide(module: Module) -> None:
    forbidden = (ast.If, ast.IfExp, ast.Try, ast.While, ast.Match, ast.Raise, ast.With)
    found = [type(node).__name__ for node in ast.walk(_handler(module)) if isinstance(node, forbidden)]
    assert found == []
