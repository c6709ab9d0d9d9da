"""An OpenAPI document as the calls that build its REST API.

The result speaks the request shapes of the control plane (PutMethod, PutIntegration, CreateModel) and knows
nothing of ministack. It refuses what API Gateway refuses or silently drops, so that it is seen here.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_METHODS: Final = ("get", "post", "put", "delete", "patch", "head", "options")
_ANY_METHOD: Final = "x-amazon-apigateway-any-method"
_MODEL_NAME: Final = re.compile(r"[A-Za-z0-9]+")
_PATH_PART: Final = re.compile(r"[A-Za-z0-9._:-]+|\{[A-Za-z0-9._-]+\+?\}")
_PARAMETER_PLACES: Final = {"path": "path", "query": "querystring", "header": "header"}
_SCHEMA_REFERENCE: Final = "#/components/schemas/"
# Words of OpenAPI schemas that JSON Schema draft 4, the language of API Gateway's models, does not have.
_DROPPED_SCHEMA_WORDS: Final = frozenset(
    {"example", "readOnly", "writeOnly", "discriminator", "xml", "nullable", "deprecated"}
)

type Json = dict[str, Any]


class ImportRefusedError(Exception):
    """The document cannot become a REST API; the message says what and where."""


@dataclasses.dataclass(frozen=True)
class Method:
    """One method of one resource, with its integration."""

    path: str
    http_method: str
    settings: Json
    security: list[Json]
    validator: str | None
    integration: Json
    integration_responses: dict[str, Json]
    responses: dict[str, Json]


@dataclasses.dataclass(frozen=True)
class RestApiPlan:
    """Everything that a document says about a REST API."""

    settings: Json
    models: dict[str, Json]
    validators: dict[str, Json]
    gateway_responses: dict[str, Json]
    methods: tuple[Method, ...]


def plan(document: object, model_reference: str) -> RestApiPlan:
    """What to build for a document of OpenAPI 3.0.

    Args:
        document: the parsed document.
        model_reference: the prefix that makes a model's name a reference to it, `https://.../models/`.

    Raises:
        ImportRefusedError: API Gateway would refuse the document, or would drop something that matters.
    """
    if not isinstance(document, dict) or not str(document.get("openapi", "")).startswith("3.0"):
        raise ImportRefusedError("the body is not a document of OpenAPI 3.0")
    models = {
        name: _schema(schema, model_reference) for name, schema in _components(document, "schemas").items()
    }
    inline: dict[str, Json] = {}
    methods = tuple(_methods(document, models, inline, model_reference))
    models.update(inline)
    for name in models:
        if not _MODEL_NAME.fullmatch(name):
            raise ImportRefusedError(f"Model name must be alphanumeric: {name}")
    _refuse_rival_variables([method.path for method in methods])
    return RestApiPlan(
        settings=_settings(document),
        models=models,
        validators=_validators(document),
        gateway_responses=_gateway_responses(document),
        methods=methods,
    )


def _components(document: Json, kind: str) -> dict[str, Any]:
    found = (document.get("components") or {}).get(kind) or {}
    return found if isinstance(found, dict) else {}


def _settings(document: Json) -> Json:
    info = document.get("info") or {}
    endpoint = document.get("x-amazon-apigateway-endpoint-configuration") or {}
    return {
        "name": str(info.get("title") or "unnamed"),
        "description": str(info.get("description") or ""),
        "version": str(info.get("version") or ""),
        "binaryMediaTypes": list(document.get("x-amazon-apigateway-binary-media-types") or []),
        "minimumCompressionSize": document.get("x-amazon-apigateway-minimum-compression-size"),
        "apiKeySource": document.get("x-amazon-apigateway-api-key-source") or "HEADER",
        "policy": _policy(document.get("x-amazon-apigateway-policy")),
        "disableExecuteApiEndpoint": bool(endpoint.get("disableExecuteApiEndpoint", False)),
    }


def _policy(policy: object) -> str | None:
    return policy if policy is None or isinstance(policy, str) else json.dumps(policy)


def _validators(document: Json) -> dict[str, Json]:
    return {
        name: {
            "name": name,
            "validateRequestBody": bool(validator.get("validateRequestBody")),
            "validateRequestParameters": bool(validator.get("validateRequestParameters")),
        }
        for name, validator in (document.get("x-amazon-apigateway-request-validators") or {}).items()
    }


def _gateway_responses(document: Json) -> dict[str, Json]:
    responses = document.get("x-amazon-apigateway-gateway-responses") or {}
    return {
        kind: {
            "statusCode": None if response.get("statusCode") is None else str(response["statusCode"]),
            "responseParameters": dict(response.get("responseParameters") or {}),
            "responseTemplates": dict(response.get("responseTemplates") or {}),
        }
        for kind, response in responses.items()
    }


def _methods(
    document: Json, models: dict[str, Json], inline: dict[str, Json], reference: str
) -> Iterator[Method]:
    for path, item in (document.get("paths") or {}).items():
        _refuse_odd_path(path)
        for word, operation in item.items():
            if word in _METHODS or word == _ANY_METHOD:
                http_method = "ANY" if word == _ANY_METHOD else word.upper()
                content = _Content(document, models, inline, reference, where=f"{http_method} {path}")
                yield _method(content, path, http_method, item, operation)


def _refuse_odd_path(path: str) -> None:
    if not path.startswith("/"):
        raise ImportRefusedError(f"a path starts with a slash: {path}")
    for part in path.strip("/").split("/"):
        if part and not _PATH_PART.fullmatch(part):
            raise ImportRefusedError(f"Resource's path part is not allowed: {part} in {path}")


def _refuse_rival_variables(paths: list[str]) -> None:
    variables: dict[str, str] = {}
    for path in paths:
        parts = path.strip("/").split("/")
        for depth, part in enumerate(parts):
            parent = "/".join(parts[:depth])
            if part.startswith("{") and variables.setdefault(parent, part) != part:
                raise ImportRefusedError(
                    f"A sibling ({variables[parent]}) of this resource already has a variable path part:"
                    f" only one unique variable path part is allowed, refused {part} in {path}"
                )


@dataclasses.dataclass(frozen=True)
class _Content:
    """One operation's view of the document: resolves references and collects models of inline schemas."""

    document: Json
    models: Mapping[str, Json]
    inline: dict[str, Json]
    reference: str
    where: str

    def resolve(self, node: Json) -> Json:
        """The node, or what its reference points to."""
        for _ in range(10):
            pointer = node.get("$ref")
            if pointer is None:
                return node
            node = self._follow(str(pointer))
        raise ImportRefusedError(f"{self.where}: references lead in a circle")

    def _follow(self, pointer: str) -> Json:
        found: object = self.document
        for step in pointer.removeprefix("#/").split("/"):
            key = step.replace("~1", "/").replace("~0", "~")
            found = found.get(key) if isinstance(found, dict) else None
        if not pointer.startswith("#/") or not isinstance(found, dict):
            raise ImportRefusedError(f"{self.where}: nothing found at {pointer}")
        return found

    def model_name(self, schema: Json) -> str:
        """The model of a schema: the component it refers to, else one made for the inline schema."""
        pointer = str(schema.get("$ref", ""))
        if pointer.startswith(_SCHEMA_REFERENCE):
            name = pointer.removeprefix(_SCHEMA_REFERENCE)
            if name not in self.models:
                raise ImportRefusedError(f"{self.where}: nothing found at {pointer}")
            return name
        translated = _schema(schema, self.reference)
        digest = hashlib.sha256(json.dumps(translated, sort_keys=True).encode()).hexdigest()
        name = f"MODEL{digest[:12]}"
        self.inline[name] = translated
        return name


def _method(content: _Content, path: str, http_method: str, item: Json, operation: Json) -> Method:
    document = content.document
    validators = document.get("x-amazon-apigateway-request-validators") or {}
    name = "x-amazon-apigateway-request-validator"
    validator = operation.get(name, document.get(name))
    if validator is not None and validator not in validators:
        raise ImportRefusedError(f"{content.where}: no request validator is named {validator}")
    integration = operation.get("x-amazon-apigateway-integration")
    if not isinstance(integration, dict):
        raise ImportRefusedError(f"{content.where}: No integration defined for method")
    return Method(
        path=path,
        http_method=http_method,
        settings={
            "operationName": operation.get("operationId", ""),
            "requestParameters": _request_parameters(content, path, item, operation),
            "requestModels": _request_models(content, operation),
        },
        security=_security(content, operation),
        validator=validator,
        integration=_integration(integration),
        integration_responses=_integration_responses(integration),
        responses=_responses(content, operation),
    )


def _request_parameters(content: _Content, path: str, item: Json, operation: Json) -> dict[str, bool]:
    merged: dict[str, bool] = {}
    for listed in [*(item.get("parameters") or []), *(operation.get("parameters") or [])]:
        parameter = content.resolve(listed)
        place = _PARAMETER_PLACES.get(str(parameter.get("in")))
        if place is None:
            raise ImportRefusedError(
                f"{content.where}: parameters in {parameter.get('in')} are not supported"
            )
        name = parameter.get("name")
        if place == "path" and f"{{{name}}}" not in path and f"{{{name}+}}" not in path:
            raise ImportRefusedError(f"{content.where}: the path has no variable {name}")
        merged[f"method.request.{place}.{name}"] = bool(parameter.get("required", False))
    return merged


def _request_models(content: _Content, operation: Json) -> dict[str, str]:
    body = content.resolve(operation.get("requestBody") or {})
    return {
        media_type: content.model_name(media["schema"])
        for media_type, media in (body.get("content") or {}).items()
        if isinstance(media.get("schema"), dict)
    }


def _responses(content: _Content, operation: Json) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for status, listed in (operation.get("responses") or {}).items():
        if not re.fullmatch(r"[1-5]\d\d", str(status)):
            continue  # API Gateway has no "default" response
        response = content.resolve(listed)
        found[str(status)] = {
            "responseModels": {
                media_type: content.model_name(media["schema"])
                for media_type, media in (response.get("content") or {}).items()
                if isinstance(media.get("schema"), dict)
            },
            "responseParameters": {
                f"method.response.header.{header}": False for header in (response.get("headers") or {})
            },
        }
    return found


def _security(content: _Content, operation: Json) -> list[Json]:
    """The operation's requirements; every scheme they name must lead to an authorizer or an API key.

    API Gateway ignores a scheme that it cannot use, and the root's `security`: the method is then open.
    """
    security = operation.get("security")
    if security is None:
        if content.document.get("security"):
            raise ImportRefusedError(
                f"{content.where}: the root's security is ignored; each operation says its own ([] for none)"
            )
        return []
    schemes = _components(content.document, "securitySchemes")
    for scheme_name in (name for requirement in security for name in requirement):
        scheme = schemes.get(scheme_name) or {}
        usable = isinstance(scheme.get("x-amazon-apigateway-authorizer"), dict) or (
            scheme.get("x-amazon-apigateway-authtype") == "awsSigv4"
            or str(scheme.get("name", "")).lower() == "x-api-key"
        )
        if not usable:
            raise ImportRefusedError(f"{content.where}: the security scheme {scheme_name} has no authorizer")
    return list(security)


def _integration(integration: Json) -> Json:
    kind = str(integration.get("type", "")).upper()
    if kind not in {"AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"}:
        raise ImportRefusedError(f"no such type of integration: {integration.get('type')}")
    translated = {
        "type": kind,
        "httpMethod": integration.get("httpMethod"),
        "uri": integration.get("uri", ""),
        "credentials": integration.get("credentials"),
        "connectionType": str(integration.get("connectionType") or "INTERNET").upper(),
        "requestParameters": dict(integration.get("requestParameters") or {}),
        "requestTemplates": dict(integration.get("requestTemplates") or {}),
        "passthroughBehavior": str(integration.get("passthroughBehavior") or "WHEN_NO_MATCH").upper(),
        "timeoutInMillis": integration.get("timeoutInMillis", 29000),
        "contentHandling": integration.get("contentHandling"),
        "cacheKeyParameters": list(integration.get("cacheKeyParameters") or []),
    }
    if kind == "AWS_PROXY" and translated["httpMethod"] != "POST":
        raise ImportRefusedError("a function is invoked by POST: the integration's httpMethod must say so")
    return translated


def _integration_responses(integration: Json) -> dict[str, Json]:
    return {
        str(response.get("statusCode", "200")): {
            "selectionPattern": "" if pattern == "default" else pattern,
            "responseParameters": dict(response.get("responseParameters") or {}),
            "responseTemplates": dict(response.get("responseTemplates") or {}),
            "contentHandling": response.get("contentHandling"),
        }
        for pattern, response in (integration.get("responses") or {}).items()
    }


def _schema(schema: object, reference: str) -> Any:  # noqa: ANN401 - a schema is any JSON
    """A schema in the language of models: references lead to models, words unknown to it are left out."""
    if isinstance(schema, list):
        return [_schema(entry, reference) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    pointer = schema.get("$ref")
    if isinstance(pointer, str):
        if not pointer.startswith(_SCHEMA_REFERENCE):
            raise ImportRefusedError(f"a schema refers to something else than a schema: {pointer}")
        return {"$ref": reference + pointer.removeprefix(_SCHEMA_REFERENCE)}
    return {word: _schema_word(word, value, reference) for word, value in schema.items() if _kept(word)}


def _kept(word: str) -> bool:
    return word not in _DROPPED_SCHEMA_WORDS and not word.startswith("x-")


def _schema_word(word: str, value: object, reference: str) -> Any:  # noqa: ANN401 - a schema is any JSON
    if word in {"properties", "patternProperties", "definitions"} and isinstance(value, dict):
        return {name: _schema(schema, reference) for name, schema in value.items()}
    if word in {"enum", "default", "required"}:
        return value
    return _schema(value, reference)
