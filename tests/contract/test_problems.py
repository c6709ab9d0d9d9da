"""Every code that can be told is catalogued, with its status; the catalogue has no other."""

import importlib
import pkgutil
import tomllib

import pytest

import riff
from riff.errors import RiffError
from riff.handlers._runtime.problems import status_of
from tests.support.operations import ROOT, Operation, all_operations

CATALOGUE = tomllib.loads((ROOT / "catalogue" / "problems.toml").read_text("utf-8"))


def _errors() -> dict[str, type[RiffError]]:
    for module in pkgutil.walk_packages(riff.__path__, "riff."):
        importlib.import_module(module.name)

    def below(kind: type[RiffError]) -> list[type[RiffError]]:
        return [kind, *(found for derived in kind.__subclasses__() for found in below(derived))]

    own = [kind for kind in below(RiffError) if kind.__module__.startswith("riff.")]
    return {f"{kind.__module__}.{kind.__name__}": kind for kind in own}


@pytest.mark.parametrize("name", _errors())
def test_every_error_is_catalogued_with_its_status(name: str) -> None:
    kind = _errors()[name]
    assert CATALOGUE[kind.code]["status"] == status_of(kind)


def test_catalogue_has_no_code_that_nothing_tells() -> None:
    assert CATALOGUE.keys() == {kind.code for kind in _errors().values()}


@pytest.mark.parametrize("operation", all_operations().values(), ids=lambda found: found.name)
def test_replies_of_an_operation_are_those_of_its_problems(operation: Operation) -> None:
    listed = {str(CATALOGUE[code]["status"]) for code in operation.content["x-problems"]}
    assert listed == {
        status for status in operation.content["responses"] if not status.startswith(("2", "3"))
    }
