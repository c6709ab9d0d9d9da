"""Bundle the parts of the OpenAPI document into the one that API Gateway imports.

`python -m tools.openapi.bundle openapi dist/openapi.json`

The parts: `openapi.yaml` has what concerns the whole document, `<tag>.yaml` the paths of one tag and the
schemas that only they use, `components/*.yaml` what several tags use.  What follows from the parts is added
here, so that nobody writes it twice: an operation's tag, and its problem replies, of which it lists only its
own (`x-problems`).  The result depends on the parts alone, byte for byte.
"""

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

METHODS: Final = ("get", "put", "post", "delete", "patch", "head")
_OPERATION_ID: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PARTS_OF_TAG: Final = frozenset({"paths", "components"})
_KEY_PARAMETER: Final = "#/components/parameters/IdempotencyKey"

type Json = dict[str, Any]


class BundleError(Exception):
    """The parts do not make one document; the message says where and why."""


class _Loader(yaml.SafeLoader):
    """YAML without surprises: a name occurs once in a mapping, and a date is text as it is in JSON."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Json:
    names = [loader.construct_object(key) for key, _ in node.value]
    if doubled := {str(name) for name in names if names.count(name) > 1}:
        raise BundleError(f"{node.start_mark}: occurs twice: {', '.join(sorted(doubled))}")
    return {
        str(name): loader.construct_object(value, deep=True)
        for name, (_, value) in zip(names, node.value, strict=True)
    }


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def bundle(folder: Path) -> Json:
    """The whole document.

    Args:
        folder: holds the parts; the catalogue of problems lies beside it.

    Raises:
        BundleError: the parts contradict each other or refer to what is not there.
    """
    document = _load(folder / "openapi.yaml")
    titles = tomllib.loads((folder.parent / "catalogue" / "problems.toml").read_text("utf-8"))
    document["paths"], document["components"] = {}, {}
    for part in sorted((folder / "components").glob("*.yaml")):
        _add_components(document, _load(part), part)
    tags = [tag["name"] for tag in document["tags"]]
    for tag in tags:
        _add_tag(document, tag, folder / f"{tag}.yaml")
    known = {f"{name}.yaml" for name in [*tags, "openapi"]}
    if strays := sorted(part.name for part in folder.glob("*.yaml") if part.name not in known):
        raise BundleError(f"no tag is named like {', '.join(strays)}")
    for path, method, operation in operations(document):
        _add_problems(operation, path, method, titles)
    _require_unique_ids(document)
    _require_references(document)
    return document


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Path, method and content of every operation."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def rendered(document: Json) -> str:
    """The document as it is stored."""
    return json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def _load(part: Path) -> Json:
    if not part.exists():
        raise BundleError(f"{part.name} is missing")
    loaded = yaml.load(part.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader, made stricter
    if not isinstance(loaded, dict):
        raise BundleError(f"{part.name} is not a mapping")
    return loaded


def _add_components(document: Json, components: Json, part: Path) -> None:
    for kind, entries in components.items():
        known = document["components"].setdefault(kind, {})
        if doubled := sorted(known.keys() & entries.keys()):
            raise BundleError(f"{part.name}: {kind} exist already: {', '.join(doubled)}")
        known.update(entries)


def _add_tag(document: Json, tag: str, part: Path) -> None:
    content = _load(part)
    if unknown := sorted(content.keys() - _PARTS_OF_TAG):
        raise BundleError(f"{part.name}: has no place for {', '.join(unknown)}")
    _add_components(document, content.get("components", {}), part)
    for path, item in content["paths"].items():
        known = document["paths"].setdefault(path, {})
        for method, operation in item.items():
            if method not in METHODS:
                raise BundleError(f"{part.name}: {path}: {method} is not a method")
            if method in known:
                raise BundleError(f"{part.name}: {path}: {method} exists already")
            known[method] = {"tags": [tag], **operation}


def _add_problems(operation: Json, path: str, method: str, titles: Mapping[str, Mapping[str, Any]]) -> None:
    codes = set(operation.get("x-problems", ())) | _implied(operation, path, method)
    if unknown := sorted(codes - titles.keys()):
        raise BundleError(f"{method} {path}: no such problem: {', '.join(unknown)}")
    operation["x-problems"] = sorted(codes)
    for code in sorted(codes):
        status = str(titles[code]["status"])
        reply = operation["responses"].setdefault(
            status,
            {
                "description": "",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
        reply["description"] = f"{reply['description']}\n- `{code}`: {titles[code]['title']}".strip()


def _implied(operation: Json, path: str, method: str) -> set[str]:
    """The problems that follow from what an operation is."""
    parameters = [parameter.get("$ref") for parameter in operation.get("parameters", ())]
    conditions: Mapping[str, bool] = {
        "invalid-request": True,
        "limit-reached": True,
        "unavailable": True,
        "internal-error": True,
        "integrity-failure": method != "get",
        "malformed-request": "requestBody" in operation,
        "request-too-large": "requestBody" in operation,
        "not-authenticated": any("staff" in scheme for scheme in operation["security"]),
        "not-permitted": "x-permission" in operation,
        "not-found": "{" in path,
        "idempotency-key-reused": _KEY_PARAMETER in parameters,
    }
    return {code for code, holds in conditions.items() if holds}


def _require_unique_ids(document: Json) -> None:
    seen: set[str] = set()
    for path, method, operation in operations(document):
        name = operation.get("operationId", "")
        if not _OPERATION_ID.fullmatch(name):
            raise BundleError(f"{method} {path}: operationId is words joined by underscores: {name!r}")
        if name in seen:
            raise BundleError(f"{method} {path}: operationId occurs twice: {name}")
        seen.add(name)


def _require_references(document: Json) -> None:
    used = set(_references(document))
    for pointer in sorted(used):
        if not pointer.startswith("#/components/") or _found(document, pointer) is None:
            raise BundleError(f"nothing is found at {pointer}")
    for kind in ("schemas", "parameters", "headers", "responses"):
        for name in document["components"].get(kind, {}):
            if f"#/components/{kind}/{name}" not in used:
                raise BundleError(f"nothing refers to #/components/{kind}/{name}")


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for entry in node:
            yield from _references(entry)


def _found(document: Json, pointer: str) -> object:
    node: object = document
    for step in pointer.removeprefix("#/").split("/"):
        node = node.get(step) if isinstance(node, dict) else None
    return node


def main() -> int:
    """Bundle; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.openapi.bundle", description="Bundle the document."
    )
    parser.add_argument("folder", type=Path, help="folder of the parts")
    parser.add_argument("target", type=Path, help="file to write")
    given = parser.parse_args()
    try:
        text = rendered(bundle(given.folder))
    except (BundleError, yaml.YAMLError) as error:
        print(f"openapi: {error}", file=sys.stderr)
        return 1
    given.target.parent.mkdir(parents=True, exist_ok=True)
    given.target.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
