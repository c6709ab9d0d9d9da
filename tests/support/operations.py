"""The operations of this repository, as each of its descriptions knows them."""

import ast
import importlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs
import yaml

from riff.handlers._runtime.http import Endpoint, RawBody
from tools.artifacts.functions import CRITICAL, Function, find_functions
from tools.openapi.bundle import bundle, operations

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "python"
HANDLERS = SOURCES / "riff" / "handlers"
USE_CASES = SOURCES / "riff" / "usecases"

type Json = dict[str, Any]


@attrs.frozen
class Operation:
    """One operation as OpenAPI describes it."""

    name: str
    tag: str
    path: str
    method: str
    content: Json = attrs.field(repr=False)

    @property
    def route(self) -> str:
        """As handlers name it in their first line."""
        return f"{self.method.upper()} {self.path}"

    @property
    def handler(self) -> Endpoint:
        """Its function."""
        return handler_of(self.tag, self.name)

    @property
    def reply_class(self) -> type:
        """The class of a successful reply's body."""
        return get_args(get_type_hints(self.handler.handler)["return"])[0]  # type: ignore[no-any-return] # Ok[Body]

    @property
    def body_class(self) -> type | None:
        """The class of the body, unless there is none or its shape is a stranger's."""
        return None if self.handler.body is RawBody else self.handler.body

    @property
    def success(self) -> tuple[str, Json]:
        """Status and content of the only successful reply."""
        ((status, reply),) = ((s, r) for s, r in self.content["responses"].items() if s.startswith("2"))
        return status, reply["content"]["application/json"]

    @property
    def request(self) -> Json:
        """Schema and example of the body."""
        found: Json = self.content["requestBody"]["content"]["application/json"]
        return found


@cache
def document() -> Json:
    """The bundled document."""
    return bundle(ROOT / "openapi")


@cache
def all_operations() -> Mapping[str, Operation]:
    """Every operation of the document, by name."""
    return {
        content["operationId"]: Operation(content["operationId"], content["tags"][0], path, method, content)
        for path, method, content in operations(document())
    }


def parameters(operation: Operation, place: str) -> dict[str, Json]:
    """An operation's parameters in the path, the query or the headers."""
    known = document()["components"]["parameters"]
    listed = [known[entry["$ref"].rpartition("/")[2]] for entry in operation.content.get("parameters", ())]
    return {parameter["name"]: parameter for parameter in listed if parameter["in"] == place}


def handler_of(tag: str, name: str) -> Endpoint:
    """The function of an operation."""
    found = importlib.import_module(f"riff.handlers.{tag}.{name}").handler
    assert isinstance(found, Endpoint)
    return found


def modules(folder: Path) -> Iterator[tuple[str, str]]:
    """Tag and name of every module of the contexts below a folder."""
    for module in sorted(folder.glob("[!_]*/[!_]*.py")):
        yield module.parent.name, module.stem


def built() -> Iterator[tuple[str, str]]:
    """Tag and name of every function that a BUILD file declares."""
    for build in sorted(HANDLERS.glob("*/BUILD")):
        for node in ast.walk(ast.parse(build.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "riff_functions":
                for argument in node.args:
                    yield build.parent.name, ast.literal_eval(argument)


def plugged() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name and plugins of every function that a BUILD file gives plugins to."""
    for build in sorted(HANDLERS.glob("*/BUILD")):
        for node in ast.walk(ast.parse(build.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                plugins = [ast.literal_eval(word.value) for word in node.keywords if word.arg == "plugins"]
                for argument in node.args:
                    yield ast.literal_eval(argument), tuple(name for group in plugins for name in group)


def settings() -> Iterator[tuple[str, str, Json]]:
    """Tag, name and settings of every entry of the functions.yaml files."""
    for file in sorted(HANDLERS.glob("*/functions.yaml")):
        for name, entry in yaml.safe_load(file.read_text("utf-8")).items():
            yield file.parent.name, name, entry


def functions(trigger: str) -> dict[str, Function]:
    """The functions of a kind of trigger, by operation."""
    return {found.operation: found for found in find_functions(SOURCES) if found.settings.trigger == trigger}


def not_http() -> set[tuple[str, str]]:
    """Tag and name of every function of the contexts that something else than a request starts."""
    return {
        (found.context, found.operation)
        for found in find_functions(SOURCES)
        if found.settings.trigger != "http" and found.context != CRITICAL
    }
