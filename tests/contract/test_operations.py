"""One name derives everything: OpenAPI, handlers, use cases, tests, BUILD and functions.yaml agree."""

import ast
import importlib
import inspect
import re
import types
from typing import Final, get_args

import attrs
import pytest

from riff.domain.accounts.permission_catalogue import PERMISSIONS
from riff.handlers._runtime.http import Caller, Keys
from riff.handlers._runtime.idempotency import HEADER
from tests.support import operations
from tests.support.operations import ROOT, Operation, all_operations
from tests.support.wire_schema import classes_within
from tools.artifacts.functions import find_functions

EVERY = pytest.mark.parametrize("operation", all_operations().values(), ids=lambda found: found.name)
_SECRET_EVERYWHERE: Final = {"validation_number", "validation_key", "logon_code", "payment_client_secret"}


def _class_name(operation: str) -> str:
    return "".join(word.capitalize() for word in operation.split("_"))


def test_document_handlers_and_builds_are_the_same_list() -> None:
    documented = {(operation.tag, operation.name) for operation in all_operations().values()}
    assert documented == set(operations.modules(operations.HANDLERS)) - operations.not_http()
    assert documented == set(operations.built()) - operations.not_http()


def test_what_is_no_route_is_built_too() -> None:
    assert operations.not_http() <= set(operations.built())


def test_nothing_is_built_twice() -> None:
    built = list(operations.built())
    assert len(built) == len(set(built))


def test_settings_concern_functions_that_exist() -> None:
    assert {(tag, name) for tag, name, _ in operations.settings()} <= set(
        operations.modules(operations.HANDLERS)
    )


def test_artifacts_are_made_of_the_same_list() -> None:
    found = {
        (f.context, f.operation) for f in find_functions(operations.SOURCES) if f.settings.trigger == "http"
    }
    assert found == {(operation.tag, operation.name) for operation in all_operations().values()}


@EVERY
def test_has_one_use_case_of_its_name(operation: Operation) -> None:
    module = importlib.import_module(f"riff.usecases.{operation.tag}.{operation.name}")
    assert inspect.isfunction(getattr(module, operation.name))
    assert attrs.has(getattr(module, _class_name(operation.name)))


@EVERY
@pytest.mark.parametrize("layer", ["handlers", "usecases"])
def test_has_its_tests(operation: Operation, layer: str) -> None:
    assert (ROOT / f"tests/unit/riff/{layer}/{operation.tag}/test_{operation.name}.py").exists()


@EVERY
def test_handler_names_its_route(operation: Operation) -> None:
    module = importlib.import_module(f"riff.handlers.{operation.tag}.{operation.name}")
    assert str(module.__doc__).startswith(f"{operation.route}: ")


@EVERY
def test_permission_is_the_documented_one(operation: Operation) -> None:
    assert operation.handler.permission == operation.content.get("x-permission")
    assert operation.handler.permission in {None, *PERMISSIONS}


@EVERY
def test_caller_is_the_documented_one(operation: Operation) -> None:
    for caller, pool, prefix in ((Caller.STAFF, "staff", "/staff/"), (Caller.UNIT, "devices", "/units/")):
        served = operation.handler.caller is caller
        assert served == (operation.content["security"] == [{pool: []}])
        assert served == operation.path.startswith(prefix)


@EVERY
def test_commands_and_only_they_carry_a_key(operation: Operation) -> None:
    keyed = HEADER in operations.parameters(operation, "header")
    assert keyed == (operation.handler.keys is not Keys.NONE)
    signed = operation.content["security"] == [{"payment_notice": []}]
    assert keyed == (operation.method != "get" and not signed)


@EVERY
def test_a_stored_answer_holds_no_secret_and_is_whole_without_it(operation: Operation) -> None:
    """What a class keeps out of its text is not stored; the schema says that it may be absent."""
    if operation.handler.keys is not Keys.ANSWERED:
        return
    members = [
        member for kind in classes_within(operation.reply_class).values() for member in attrs.fields(kind)
    ]
    secrets = {member.name for member in members if member.repr is False}
    assert {member.name for member in members} & _SECRET_EVERYWHERE <= secrets
    assert all(types.NoneType in get_args(member.type) for member in members if member.name in secrets)


@EVERY
def test_parameters_are_the_documented_ones(operation: Operation) -> None:
    assert operation.handler.query == operations.parameters(operation, "query").keys()
    variables = {part.strip("{}") for part in operation.path.split("/") if part.startswith("{")}
    assert variables == operations.parameters(operation, "path").keys()
    source = inspect.getsource(operation.handler.handler)
    assert all(re.search(rf'request\.path_(id|name)\("{name}"\)', source) for name in variables)


@EVERY
def test_headers_are_the_documented_ones(operation: Operation) -> None:
    module = importlib.import_module(f"riff.handlers.{operation.tag}.{operation.name}")
    read = re.findall(r"request\.header\((\w+)\)", inspect.getsource(module))
    documented = operations.parameters(operation, "header").keys() - {HEADER}
    assert {getattr(module, name) for name in read} == documented


@EVERY
def test_has_a_body_where_one_is_documented(operation: Operation) -> None:
    assert (operation.handler.body is not None) == ("requestBody" in operation.content)


@EVERY
def test_status_of_success_is_the_documented_one(operation: Operation) -> None:
    returned = inspect.signature(operation.handler.handler).return_annotation
    assert str(returned.__origin__.status) == operation.success[0]


def test_limit_of_the_list_is_the_documented_one() -> None:
    module = importlib.import_module("riff.handlers.public.list_open_raffles")
    schema = operations.parameters(all_operations()["list_open_raffles"], "query")["limit"]["schema"]
    assert (schema["minimum"], schema["maximum"]) == (module.LIMIT.least, module.LIMIT.most)


def test_functions_that_take_money_are_built_with_the_processor() -> None:
    """No import reveals a plugin, so the build has to be told."""
    takers = {
        name
        for tag, name in operations.modules(operations.HANDLERS)
        if "services.payments" in _reached(f"riff.usecases.{tag}.{name}")
    }
    processors = "riff.adapters.payments."
    plugged = {
        name
        for name, plugins in operations.plugged()
        if any(plugin.startswith(processors) for plugin in plugins)
    }
    assert takers == plugged


def _reached(module: str) -> str:
    """The source of a use case and of the use cases that it calls; a class alone calls nothing."""
    source = inspect.getsource(importlib.import_module(module))
    called = [
        node.module
        for node in ast.parse(source).body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("riff.usecases.")
        if any(alias.name.islower() for alias in node.names)
    ]
    return source + "".join(_reached(str(name)) for name in called)
