# ruff: noqa: SLF001 - it extends the internals of one pinned version
"""What ministack's REST APIs lack: OpenAPI bodies, and five answers that differ from those of AWS."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from tools.local_aws.rest_api_import import Reply, put_rest_api
from tools.local_aws.upstream import Untyped

_log = logging.getLogger("local_aws.gateway")
_FUNCTION_FAILED = "the function failed"
_FUNCTION_FAILED_BODY = json.dumps({"message": _FUNCTION_FAILED}).encode()


def extend(v1: Untyped) -> None:
    """Replace, in ministack's module of REST APIs, what the pinned version does otherwise than AWS."""
    _accept_openapi_bodies(v1)
    _accept_empty_api_key(v1)
    _omit_access_log_that_is_not_set(v1)
    _refuse_access_tokens_without_scopes(v1)
    _hide_function_errors(v1)


def _accept_openapi_bodies(v1: Untyped) -> None:
    original = v1.handle_request

    async def handle_request(
        method: str, path: str, headers: Mapping[str, str], body: bytes, query_params: Mapping[str, list[str]]
    ) -> Reply:
        parts = path.strip("/").split("/")
        if method == "PUT" and len(parts) == 2 and parts[0] == "restapis":  # noqa: PLR2004 - /restapis/{id}
            return put_rest_api(v1, parts[1], body, query_params)
        reply: Reply = await original(method, path, headers, body, query_params)
        return reply

    v1.handle_request = handle_request


def _accept_empty_api_key(v1: Untyped) -> None:
    """Terraform sends `"value": ""` for a key whose value AWS shall choose."""
    original = v1._create_api_key

    def create_api_key(data: dict[str, Untyped]) -> Reply:
        given = {name: value for name, value in data.items() if name != "value" or value}
        reply: Reply = original(given)
        return reply

    v1._create_api_key = create_api_key


def _omit_access_log_that_is_not_set(v1: Untyped) -> None:
    """An empty `accessLogSettings` is, to Terraform, a setting to remove: no second plan would be empty."""
    original = v1._create_stage

    def create_stage(api_id: str, data: dict[str, Untyped]) -> Reply:
        reply: Reply = original(api_id, data)
        stage = v1._stages_v1.get(api_id, {}).get(data.get("stageName"))
        if reply[0] != HTTPStatus.CREATED or stage["accessLogSettings"]:
            return reply
        del stage["accessLogSettings"]
        omitted: Reply = v1._v1_response(stage, HTTPStatus.CREATED)
        return omitted

    v1._create_stage = create_stage


def _refuse_access_tokens_without_scopes(v1: Untyped) -> None:
    """A method without authorization scopes takes ID tokens only."""
    original = v1._validate_cognito_authorizer

    async def validate(
        authorizer: Untyped, method: Untyped, headers: Untyped, query: Untyped, stage: Untyped
    ) -> tuple[Untyped, Untyped]:
        claims, error = await original(authorizer, method, headers, query, stage)
        if error is None and claims.get("token_use") != "id" and not method.get("authorizationScopes"):
            return None, v1._gw_error("UNAUTHORIZED", "Unauthorized")
        return claims, error

    v1._validate_cognito_authorizer = validate


def _hide_function_errors(v1: Untyped) -> None:
    """A failed function is answered by the 5XX gateway response, with 502 and without the error's text."""
    shape, invoke, render = v1._lambda_proxy_response, v1._invoke_lambda_proxy_v1, v1._gateway_error_response

    class FunctionFailed(v1._GatewayError):  # type: ignore[misc] # ministack has no types
        """The gateway error of a function that failed, which alone has status 502."""

    def lambda_proxy_response(result: Untyped) -> tuple[Untyped, str | None]:
        response, error = shape(result)
        if error is None and isinstance(response, dict):
            return response, None
        _log.warning("a function failed: %s", error or "its reply is no object")
        return None, _FUNCTION_FAILED

    async def invoke_lambda_proxy(*args: Untyped, **kwargs: Untyped) -> Untyped:
        reply = await invoke(*args, **kwargs)
        if isinstance(reply, tuple) and reply[2] == _FUNCTION_FAILED_BODY:
            return FunctionFailed("DEFAULT_5XX", "Internal server error")
        return reply

    def gateway_error_response(error: Untyped, request: Untyped) -> Reply:
        status, headers, body = render(error, request)
        return (502 if isinstance(error, FunctionFailed) else status), headers, body

    v1._lambda_proxy_response = lambda_proxy_response
    v1._invoke_lambda_proxy_v1 = invoke_lambda_proxy
    v1._gateway_error_response = gateway_error_response
