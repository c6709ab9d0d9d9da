"""The schemas of OpenAPI are those of the classes that read and write; the examples are valid."""

import json
import re
from typing import Any

import attrs
import jsonschema
import pytest

from riff.domain.instants import format_instant, parse_instant
from riff.handlers._runtime import wire
from tests.support.operations import Operation, all_operations, document
from tests.support.wire_schema import classes_within, object_schema

EVERY = pytest.mark.parametrize("operation", all_operations().values(), ids=lambda found: found.name)
WITH_BODY = [operation for operation in all_operations().values() if operation.body_class]

_READ = {name: kind for operation in WITH_BODY for name, kind in classes_within(operation.body_class).items()}
_WRITTEN = {
    name: kind
    for operation in all_operations().values()
    for name, kind in classes_within(operation.reply_class).items()
    if name not in _READ
}
_PROBLEMS = {"Problem", "Violation"}
_WORDS_FOR_PEOPLE = {"description", "example"}


def _bare(schema: Any) -> Any:  # noqa: ANN401 - parsed JSON
    """A schema without what is written for people, in any order."""
    if isinstance(schema, dict):
        kept = {word: _bare(value) for word, value in schema.items() if word not in _WORDS_FOR_PEOPLE}
        return kept | ({"required": sorted(kept["required"])} if "required" in kept else {})
    return [_bare(entry) for entry in schema] if isinstance(schema, list) else schema


def _validate(value: object, schema: dict[str, Any]) -> None:
    whole = {"allOf": [schema], "components": document()["components"]}
    _validator(whole).validate(value)


def _validator(whole: dict[str, Any]) -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(whole, format_checker=jsonschema.FormatChecker())


def test_every_schema_is_a_class_and_every_class_a_schema() -> None:
    assert document()["components"]["schemas"].keys() - _PROBLEMS == _READ.keys() | _WRITTEN.keys()


@pytest.mark.parametrize("name", sorted(_READ | _WRITTEN))
def test_schema_says_what_the_class_does(name: str) -> None:
    derived = object_schema((_READ | _WRITTEN)[name], closed=name in _READ)
    assert _bare(derived) == _bare(document()["components"]["schemas"][name])


@pytest.mark.parametrize("name", sorted(_READ | _WRITTEN))
def test_every_schema_and_class_says_what_it_is(name: str) -> None:
    assert document()["components"]["schemas"][name]["description"]


@EVERY
def test_body_and_reply_refer_to_their_classes(operation: Operation) -> None:
    prefix = "#/components/schemas/"
    assert operation.success[1]["schema"] == {"$ref": prefix + operation.reply_class.__name__}
    if operation.body_class:
        assert operation.request["schema"] == {"$ref": prefix + operation.body_class.__name__}


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda found: found.name)
def test_example_of_the_body_is_read(operation: Operation) -> None:
    assert operation.body_class
    _validate(operation.request["example"], operation.request["schema"])
    assert attrs.has(type(wire.read(operation.request["example"], operation.body_class)))


@EVERY
def test_example_of_the_reply_is_valid_and_has_no_member_that_is_not_described(operation: Operation) -> None:
    closed = {
        name: {**schema, "additionalProperties": False}
        for name, schema in document()["components"]["schemas"].items()
    }
    whole = {"allOf": [operation.success[1]["schema"]], "components": {"schemas": closed}}
    _validator(whole).validate(operation.success[1]["example"])


@EVERY
def test_instants_of_examples_are_spelt_as_they_are_written(operation: Operation) -> None:
    for text in re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[^\"]*", json.dumps(operation.success[1]["example"])):
        assert text == format_instant(parse_instant(text))


def test_example_of_a_problem_is_valid() -> None:
    schema = document()["components"]["schemas"]["Problem"]
    _validate(schema["example"], {"$ref": "#/components/schemas/Problem"})
