"""Reading and running of the vector files under tests/vectors and beside the checkout."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from _pytest.mark import ParameterSet

from riff_critical.errors import CriticalError

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors"
SHARED_VECTORS = ROOT.parent / "shared" / "vectors"

type Operations = Mapping[str, Callable[[dict[str, Any]], Any]]


def cases(name: str) -> list[ParameterSet]:
    """The cases of a file, each as a parameter with a readable id."""
    return [pytest.param(case, id=f"{case['id']}-{case['operation']}") for case in _read(name)["cases"]]


def run(case: dict[str, Any], operations: Operations) -> None:
    """Run one case: the expected output, or a refusal with the expected code (of a draw, its fault)."""
    operation = operations[case["operation"]]
    if case["result"] == "valid":
        assert case["output"] == operation(case["input"]), case["comment"]
        return
    with pytest.raises(CriticalError) as refusal:
        operation(case["input"])
    assert case["error"] == getattr(refusal.value, "fault", refusal.value.code), case["comment"]


def check_file(name: str, text: str) -> None:
    """The file obeys its schema, is what its tool writes today, and holds more bad cases than good."""
    document = _read(name)
    jsonschema.validate(document, json.loads((VECTORS / document["schema"]).read_text()))
    assert (VECTORS / name).read_text() == text
    flags = {flag for case in document["cases"] for flag in case["flags"]}
    assert flags == set(document["flags"])
    results = [case["result"] for case in document["cases"]]
    assert results.count("invalid") > results.count("valid")


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((VECTORS / name).read_text())
    return document
