# ruff: noqa: SLF001 - it extends the internals of one pinned version
"""PutRestApi: an OpenAPI document replaces the contents of a REST API, as Terraform's `body` asks for."""

import json
from collections.abc import Mapping

import yaml

from tools.local_aws.openapi import ImportRefusedError, Json, Method, RestApiPlan, plan
from tools.local_aws.upstream import Untyped

type Reply = tuple[int, dict[str, str], bytes]

# What an overwrite replaces. Deployments and stages stay, as on AWS.
_REPLACED_STORES = ("_resources", "_models", "_request_validators", "_authorizers_v1", "_gateway_responses")


def put_rest_api(v1: Untyped, api_id: str, body: bytes, query: Mapping[str, list[str]]) -> Reply:
    """Answer PutRestApi.

    Args:
        v1: ministack's module of REST APIs.
        api_id: the API to overwrite.
        body: the document, JSON or YAML.
        query: the call's query parameters; only `mode=overwrite` is known here.
    """
    reply: Reply
    if api_id not in v1._rest_apis:
        reply = v1._v1_error("NotFoundException", "Invalid API identifier specified", 404)
        return reply
    if query.get("mode") != ["overwrite"]:
        reply = v1._v1_error("BadRequestException", "the local AWS knows mode=overwrite only", 400)
        return reply
    try:
        document = _parse(body)
        planned = plan(document, f"https://apigateway.amazonaws.com/restapis/{api_id}/models/")
        _overwrite(v1, api_id, document, planned)
    except ImportRefusedError as refusal:
        reply = v1._v1_error("BadRequestException", f"Errors found during import:\n\t{refusal}", 400)
        return reply
    reply = v1._v1_response(v1._rest_api_view(v1._rest_apis[api_id]))
    return reply


def _parse(body: bytes) -> Json:
    try:
        document = json.loads(body)
    except ValueError:
        try:
            document = yaml.safe_load(body)
        except yaml.YAMLError as error:
            raise ImportRefusedError(f"the body is neither JSON nor YAML: {error}") from error
    if not isinstance(document, dict):
        raise ImportRefusedError("the body is not an object")
    return document


def _overwrite(v1: Untyped, api_id: str, document: Json, planned: RestApiPlan) -> None:
    before = {store: getattr(v1, store).get(api_id) for store in _REPLACED_STORES}
    root = next(entry for entry in before["_resources"].values() if entry["path"] == "/")
    try:
        for store in _REPLACED_STORES:
            getattr(v1, store)[api_id] = {}
        v1._resources[api_id] = {root["id"]: {**root, "resourceMethods": {}}}
        _build(v1, api_id, document, planned)
    except BaseException:
        for store, content in before.items():
            getattr(v1, store)[api_id] = content if content is not None else {}
        raise
    v1._rest_apis[api_id].update(planned.settings)


def _build(v1: Untyped, api_id: str, document: Json, planned: RestApiPlan) -> None:
    for name, schema in planned.models.items():
        _accepted(v1._create_model(api_id, {"name": name, "schema": json.dumps(schema)}))
    validators = {
        name: _accepted(v1._create_request_validator(api_id, validator))["id"]
        for name, validator in planned.validators.items()
    }
    for kind, response in planned.gateway_responses.items():
        _accepted(v1._put_gateway_response(api_id, kind, response))
    authorizers = v1._import_security_schemes(api_id, document)
    resources = {"/": next(iter(v1._resources[api_id]))}
    for method in planned.methods:
        resource_id = _resource(v1, api_id, resources, method.path)
        settings = {
            **method.settings,
            **v1._method_security(method.security, authorizers),
            "requestValidatorId": validators[method.validator] if method.validator else None,
        }
        _put_method(v1, api_id, resource_id, method, settings)


def _put_method(v1: Untyped, api_id: str, resource_id: str, method: Method, settings: Json) -> None:
    at = (api_id, resource_id, method.http_method)
    _accepted(v1._put_method(*at, settings))
    for status, response in method.responses.items():
        _accepted(v1._put_method_response(*at, status, response))
    _accepted(v1._put_integration(*at, method.integration))
    for status, response in method.integration_responses.items():
        _accepted(v1._put_integration_response(*at, status, response))


def _resource(v1: Untyped, api_id: str, known: dict[str, str], path: str) -> str:
    """The id of the resource at a path, made with all its parents if need be."""
    path = "/" + path.strip("/")
    if path not in known:
        parent, _, part = path.rpartition("/")
        parent_id = _resource(v1, api_id, known, parent)
        known[path] = _accepted(v1._create_resource(api_id, parent_id, {"pathPart": part}))["id"]
    return known[path]


def _accepted(reply: Reply) -> Untyped:
    status, _, body = reply
    if status >= 400:  # noqa: PLR2004 - HTTP's limit of success
        raise ImportRefusedError(json.loads(body).get("message", "refused"))
    return json.loads(body)
