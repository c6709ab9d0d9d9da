"""What the clock starts: one name for handler, use case, tests, and the rate that functions.yaml states."""

import importlib
import inspect

import attrs
import pytest

from riff.handlers._runtime.schedule import Job
from tests.support import operations
from tests.support.operations import ROOT
from tools.artifacts.functions import Function
from tools.artifacts.manifest import described

JOBS = operations.functions("schedule")
EVERY = pytest.mark.parametrize("found", JOBS.values(), ids=JOBS.keys())


@EVERY
def test_handler_is_a_job_of_its_name(found: Function) -> None:
    handler = importlib.import_module(f"riff.handlers.{found.context}.{found.operation}").handler
    assert isinstance(handler, Job)
    assert handler.operation == found.operation


@EVERY
def test_handler_says_when_it_runs(found: Function) -> None:
    module = importlib.import_module(f"riff.handlers.{found.context}.{found.operation}")
    kind, _, when = str(found.settings.every).rstrip(")").partition("(")
    number, _, unit = when.partition(" ")
    said = {"rate": f"Every {unit if number == '1' else when}: ", "cron": "By the clock: "}
    assert str(module.__doc__).startswith(said[kind])


@EVERY
def test_has_one_use_case_of_its_name(found: Function) -> None:
    module = importlib.import_module(f"riff.usecases.{found.context}.{found.operation}")
    assert inspect.isfunction(getattr(module, found.operation))
    assert attrs.has(getattr(module, "".join(word.capitalize() for word in found.operation.split("_"))))


@EVERY
@pytest.mark.parametrize("layer", ["handlers", "usecases"])
def test_has_its_tests(found: Function, layer: str) -> None:
    assert (ROOT / f"tests/unit/riff/{layer}/{found.context}/test_{found.operation}.py").exists()


@EVERY
def test_has_time_for_more_than_what_is_kept(found: Function) -> None:
    """Below half a minute a run would keep half of its time for what it has begun."""
    assert found.settings.timeout_s >= 30


@EVERY
def test_is_listed_with_what_the_clock_needs(found: Function) -> None:
    """The unit `triggers` reads the list of artifacts and nothing else; its own tests go on from there."""
    listed = described(found, {})
    assert (listed["trigger"], listed["every"]) == ("schedule", found.settings.every)
    assert str(listed["name"]).endswith(found.operation.replace("_", "-"))
