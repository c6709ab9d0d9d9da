"""What a document says becomes calls of the control plane; what API Gateway would drop is refused."""

import re
from typing import Any

import pytest

from tools.local_aws.openapi import ImportRefusedError, RestApiPlan, plan

REFERENCE = "https://apigateway.amazonaws.com/restapis/a1/models/"
FUNCTION = {"type": "aws_proxy", "httpMethod": "POST", "uri": "arn:aws:apigateway:r:lambda:path/x"}


def operation(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"security": [], "x-amazon-apigateway-integration": FUNCTION, **more}


def document(paths: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": paths, **more}


def planned(paths: dict[str, Any], **more: Any) -> RestApiPlan:  # noqa: ANN401 - any JSON
    return plan(document(paths, **more), REFERENCE)


def test_parameters_of_the_path_item_and_the_operation_are_merged() -> None:
    item = {
        "parameters": [{"name": "id", "in": "path", "required": True}, {"name": "q", "in": "query"}],
        "get": operation(parameters=[{"name": "q", "in": "query", "required": True}]),
    }
    method = planned({"/a/{id}": item}).methods[0]
    assert method.settings["requestParameters"] == {
        "method.request.path.id": True,
        "method.request.querystring.q": True,
    }


def test_references_between_schemas_become_references_to_models() -> None:
    schemas = {"A": {"type": "array", "items": {"$ref": "#/components/schemas/B"}}, "B": {"type": "string"}}
    found = planned({}, components={"schemas": schemas}).models
    assert found["A"]["items"] == {"$ref": f"{REFERENCE}B"}


def test_words_that_models_lack_are_dropped_but_not_properties_of_that_name() -> None:
    schema = {
        "type": "object",
        "example": {},
        "nullable": True,
        "x-note": 1,
        "properties": {"example": {"type": "string", "readOnly": True}},
        "enum": [{"example": 1}],
    }
    assert planned({}, components={"schemas": {"A": schema}}).models["A"] == {
        "type": "object",
        "properties": {"example": {"type": "string"}},
        "enum": [{"example": 1}],
    }


def test_an_inline_schema_gets_a_model_of_its_own_once() -> None:
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    found = planned({"/a": {"post": operation(requestBody=body), "put": operation(requestBody=body)}})
    assert len(found.models) == 1
    assert {next(iter(method.settings["requestModels"].values())) for method in found.methods} == set(
        found.models
    )


def test_an_operation_without_validator_uses_that_of_the_document() -> None:
    names = {
        "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": True}, "none": {}},
        "x-amazon-apigateway-request-validator": "all",
    }
    paths = {
        "/a": {"get": operation(), "post": operation(**{"x-amazon-apigateway-request-validator": "none"})}
    }
    assert [method.validator for method in planned(paths, **names).methods] == ["all", "none"]


def test_a_policy_given_as_an_object_is_kept_as_text() -> None:
    found = planned({}, **{"x-amazon-apigateway-policy": {"Version": "2012-10-17"}})
    assert found.settings["policy"] == '{"Version": "2012-10-17"}'


@pytest.mark.parametrize("body", [None, [], {}, {"openapi": "3.1.0"}, {"swagger": "2.0"}])
def test_refuses_what_is_not_openapi_3_0(body: object) -> None:
    with pytest.raises(ImportRefusedError, match=r"OpenAPI 3\.0"):
        plan(body, REFERENCE)


REFUSED = {
    "No integration defined": {"/a": {"get": {"security": []}}},
    "must say so": {"/a": {"get": operation(**{"x-amazon-apigateway-integration": {"type": "aws_proxy"}})}},
    "no such type": {"/a": {"get": operation(**{"x-amazon-apigateway-integration": {"type": "magic"}})}},
    "only one unique variable": {"/a/{b}": {"get": operation()}, "/a/{c}/d": {"get": operation()}},
    "path part is not allowed": {"/a/{b}c": {"get": operation()}},
    "starts with a slash": {"a": {"get": operation()}},
    "no variable c": {
        "/a/{b}": {"get": operation(parameters=[{"name": "c", "in": "path", "required": True}])}
    },
    "parameters in cookie": {"/a": {"get": operation(parameters=[{"name": "c", "in": "cookie"}])}},
    "nothing found at #/components/parameters/x": {
        "/a": {"get": operation(parameters=[{"$ref": "#/components/parameters/x"}])}
    },
    "nothing found at #/components/schemas/X": {
        "/a": {
            "post": operation(requestBody={"content": {"j": {"schema": {"$ref": "#/components/schemas/X"}}}})
        }
    },
    "no request validator is named v": {
        "/a": {"get": operation(**{"x-amazon-apigateway-request-validator": "v"})}
    },
    "staff has no authorizer": {"/a": {"get": operation(security=[{"staff": []}])}},
    "something else than a schema": {
        "/a": {"post": operation(requestBody={"content": {"j": {"schema": {"$ref": "other.yaml#/X"}}}})}
    },
}


@pytest.mark.parametrize("reason", REFUSED)
def test_refuses(reason: str) -> None:
    with pytest.raises(ImportRefusedError, match=re.escape(reason)):
        planned(REFUSED[reason])


def test_refuses_a_scheme_that_the_gateway_cannot_use() -> None:
    components = {"securitySchemes": {"staff": {"type": "http", "scheme": "bearer"}}}
    with pytest.raises(ImportRefusedError, match="staff has no authorizer"):
        planned({"/a": {"get": operation(security=[{"staff": []}])}}, components=components)


def test_refuses_security_of_the_root_because_the_gateway_ignores_it() -> None:
    with pytest.raises(ImportRefusedError, match="root's security"):
        planned({"/a": {"get": {"x-amazon-apigateway-integration": FUNCTION}}}, security=[{"staff": []}])


def test_refuses_model_names_that_are_not_alphanumeric() -> None:
    with pytest.raises(ImportRefusedError, match="alphanumeric: Bad_Name"):
        planned({}, components={"schemas": {"Bad_Name": {}}})


def test_refuses_references_in_a_circle() -> None:
    parameters = {"a": {"$ref": "#/components/parameters/b"}, "b": {"$ref": "#/components/parameters/a"}}
    with pytest.raises(ImportRefusedError, match="circle"):
        planned(
            {"/a": {"get": operation(parameters=[{"$ref": "#/components/parameters/a"}])}},
            components={"parameters": parameters},
        )
