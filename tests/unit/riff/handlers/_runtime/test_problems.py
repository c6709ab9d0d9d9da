"""Errors as replies."""

import json

import pytest

from riff import errors
from riff.handlers._runtime.problem_catalogue import TITLES
from riff.handlers._runtime.problems import problem, status_of


def _kinds(base: type[errors.RiffError]) -> list[type[errors.RiffError]]:
    return [base, *(kind for derived in base.__subclasses__() for kind in _kinds(derived))]


@pytest.mark.parametrize("kind", _kinds(errors.RiffError), ids=lambda kind: kind.__name__)
def test_every_error_has_a_title_and_a_status(kind: type[errors.RiffError]) -> None:
    assert kind.code in TITLES
    assert 400 <= status_of(kind) <= 503


def test_type_is_left_out_while_the_configuration_cannot_be_read() -> None:
    reply = problem(errors.UnavailableError("Later."), "request-1", None)
    assert json.loads(reply.body) == {
        "title": "The service is briefly unavailable",
        "status": 503,
        "code": "unavailable",
        "instance": "request-1",
        "detail": "Later.",
    }


def test_violations_point_into_the_body_or_name_a_parameter() -> None:
    error = errors.InvalidRequestError("No.", [("/a/0", "x"), ("", "y"), ("limit", "z")])
    assert json.loads(problem(error, "request-1", "p:").body)["errors"] == [
        {"detail": "x", "pointer": "#/a/0"},
        {"detail": "y", "pointer": "#"},
        {"detail": "z", "parameter": "limit"},
    ]
