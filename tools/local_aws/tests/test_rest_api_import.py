"""An OpenAPI body becomes a REST API whose rules hold for requests."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tools.local_aws.tests.conftest import REGION, Answer, LocalAws, request

ECHO = """
import json

def handler(event, context):
    if (event["queryStringParameters"] or {}).get("fail"):
        raise ValueError("a secret of the function")
    return {"statusCode": 201, "headers": {"content-type": "application/json"}, "body": json.dumps({
        "resource": event["resource"], "path": event["path"], "pathParameters": event["pathParameters"],
        "claims": event["requestContext"].get("authorizer", {}).get("claims"), "body": event["body"]})}
"""
PROBLEM = '{"title":$context.error.messageString,"status":"$context.status","instance":"$context.requestId"}'


def invocation(arn: str) -> dict[str, Any]:
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"
    return {"type": "aws_proxy", "httpMethod": "POST", "uri": uri}


def document(arn: str, pool_arn: str) -> dict[str, Any]:
    function = invocation(arn)
    orders = {
        "post": {
            "operationId": "create_order",
            "security": [],
            "parameters": [
                {"$ref": "#/components/parameters/raffle_id"},
                {"name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string"}},
            ],
            "requestBody": {
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}
            },
            "responses": {"201": {"description": "made"}, "default": {"description": "not made"}},
            "x-amazon-apigateway-integration": function,
        },
        "options": {
            "security": [],
            "responses": {"204": {"description": "allowed"}},
            "x-amazon-apigateway-integration": {
                "type": "mock",
                "requestTemplates": {"application/json": '{"statusCode": 204}'},
                "responses": {
                    "default": {
                        "statusCode": "204",
                        "responseParameters": {"method.response.header.Access-Control-Allow-Origin": "'*'"},
                    }
                },
            },
        },
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": "raffles", "version": "1", "description": "the API"},
        "x-amazon-apigateway-request-validators": {
            "strict": {"validateRequestBody": True, "validateRequestParameters": True}
        },
        "x-amazon-apigateway-request-validator": "strict",
        "x-amazon-apigateway-gateway-responses": {
            kind: {
                "responseParameters": {
                    "gatewayresponse.header.Content-Type": "'application/problem+json'",
                    "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
                },
                "responseTemplates": {"application/json": PROBLEM},
            }
            for kind in ("DEFAULT_4XX", "DEFAULT_5XX")
        },
        "paths": {
            "/raffles/{raffle_id}/orders": orders,
            "/me": {
                "get": {
                    "security": [{"staff": []}],
                    "responses": {"200": {"description": "you"}},
                    "x-amazon-apigateway-integration": function,
                }
            },
            "/files/{rest+}": {
                "x-amazon-apigateway-any-method": {
                    "security": [],
                    "responses": {},
                    "x-amazon-apigateway-integration": function,
                }
            },
        },
        "components": {
            "parameters": {
                "raffle_id": {
                    "name": "raffle_id",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string"},
                }
            },
            "schemas": {
                "Order": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["package", "lines"],
                    "properties": {
                        "package": {"type": "string", "example": "pk1", "maxLength": 8},
                        "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
                    },
                },
                "Line": {"type": "object", "properties": {"count": {"type": "integer", "minimum": 1}}},
            },
            "securitySchemes": {
                "staff": {
                    "type": "apiKey",
                    "name": "Authorization",
                    "in": "header",
                    "x-amazon-apigateway-authtype": "cognito_user_pools",
                    "x-amazon-apigateway-authorizer": {
                        "type": "cognito_user_pools",
                        "providerARNs": [pool_arn],
                    },
                }
            },
        },
    }


class Deployed:
    """One deployed API with a user who may call it."""

    def __init__(self, aws: LocalAws) -> None:
        self.aws = aws
        identity = aws.client("cognito-idp")
        pool = identity.create_user_pool(PoolName="staff")["UserPool"]
        self.client_id = identity.create_user_pool_client(
            UserPoolId=pool["Id"], ClientName="c", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]
        )["UserPoolClient"]["ClientId"]
        identity.admin_create_user(UserPoolId=pool["Id"], Username="ada", MessageAction="SUPPRESS")
        identity.admin_set_user_password(
            UserPoolId=pool["Id"], Username="ada", Password="Correct-horse-1", Permanent=True
        )
        self.tokens = identity.initiate_auth(
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": "ada", "PASSWORD": "Correct-horse-1"},
        )["AuthenticationResult"]
        self.document = document(aws.function("echo", ECHO), pool["Arn"])
        self.api_id = aws.deploy("raffles", self.document)

    def call(self, path: str, method: str = "GET", body: object = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return request(f"{self.aws.endpoint}/v1{path}", method, body, named)

    def order(self, body: object, **headers: str) -> Answer:
        return self.call("/raffles/r1/orders", "POST", body, **headers)


@pytest.fixture(scope="module")
def api(aws: LocalAws) -> Deployed:
    return Deployed(aws)


def test_a_request_reaches_its_function_with_path_parameters(api: Deployed) -> None:
    answer = api.order({"package": "pk1", "lines": [{"count": 2}]}, idempotency_key="k")
    assert answer.status == 201
    assert answer.json()["pathParameters"] == {"raffle_id": "r1"}
    assert answer.json()["resource"] == "/raffles/{raffle_id}/orders"
    assert answer.json()["path"] == "/raffles/r1/orders"


@pytest.mark.parametrize(
    "body",
    [
        {"package": "pk1"},
        {"package": "pk1", "lines": [], "extra": 1},
        {"package": "much too long", "lines": []},
        {"package": "pk1", "lines": [{"count": 0}]},
        {"package": "pk1", "lines": [{"count": "2"}]},
        {"package": None, "lines": []},
        [],
    ],
)
def test_a_body_that_breaks_the_schema_is_refused(api: Deployed, body: object) -> None:
    answer = api.order(body, idempotency_key="k")
    assert answer.status == 400
    assert answer.json()["title"] == "Invalid request body"


def test_a_missing_required_header_is_refused(api: Deployed) -> None:
    answer = api.order({"package": "pk1", "lines": []})
    assert answer.status == 400
    assert "Idempotency-Key" in answer.json()["title"]


def test_refusals_of_the_gateway_are_problem_documents(api: Deployed) -> None:
    answer = api.order({}, idempotency_key="k")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["instance"]


@pytest.mark.parametrize("token", ["", "garbage", "a.b.c"])
def test_a_method_with_an_authorizer_refuses_bad_tokens(api: Deployed, token: str) -> None:
    answer = api.call("/me", authorization=token)
    assert answer.status == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_id_token_is_accepted_and_its_claims_reach_the_function(api: Deployed) -> None:
    answer = api.call("/me", authorization=f"Bearer {api.tokens['IdToken']}")
    assert answer.status == 201
    assert answer.json()["claims"]["cognito:username"] == "ada"


def test_an_access_token_is_refused_where_no_scope_is_asked_for(api: Deployed) -> None:
    assert api.call("/me", authorization=f"Bearer {api.tokens['AccessToken']}").status == 401


def test_a_mock_integration_answers_a_preflight(api: Deployed) -> None:
    answer = api.call("/raffles/r1/orders", "OPTIONS")
    assert answer.status == 204
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_any_method_serves_every_method_below_a_greedy_path(api: Deployed, method: str) -> None:
    answer = api.call("/files/a/b.txt", method)
    assert answer.json()["pathParameters"] == {"rest": "a/b.txt"}


def test_a_failed_function_shows_nothing_of_its_error(api: Deployed) -> None:
    answer = api.call("/files/x?fail=1")
    assert answer.status == 502
    assert b"secret" not in answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Internal server error"


def test_an_unknown_path_is_refused_through_the_gateway_response(api: Deployed) -> None:
    answer = api.call("/nowhere")
    assert answer.status == 403
    assert answer.json()["title"] == "Missing Authentication Token"


def test_the_document_names_the_api(api: Deployed) -> None:
    found = api.aws.client("apigateway").get_rest_api(restApiId=api.api_id)
    assert (found["name"], found["version"], found["description"]) == ("raffles", "1", "the API")


def test_an_overwrite_replaces_what_was_there_and_keeps_the_root(aws: LocalAws) -> None:
    gateway = aws.client("apigateway")
    api_id = gateway.create_rest_api(name="other")["id"]
    root = gateway.get_resources(restApiId=api_id)["items"][0]["id"]
    arn = "arn:aws:lambda:eu-central-1:000000000000:function:f"
    operation = {"security": [], "x-amazon-apigateway-integration": invocation(arn)}
    for path in ("/one", "/two"):
        aws.put_rest_api(
            api_id, {"openapi": "3.0.1", "info": {"title": "t"}, "paths": {path: {"get": operation}}}
        )
    resources = {entry["path"]: entry["id"] for entry in gateway.get_resources(restApiId=api_id)["items"]}
    assert set(resources) == {"/", "/two"}
    assert resources["/"] == root


def test_a_refused_document_changes_nothing(api: Deployed) -> None:
    bad = {**api.document, "paths": {"/gone": {"get": {"security": [{"nobody": []}]}}}}
    with pytest.raises(ClientError, match="import"):
        api.aws.put_rest_api(api.api_id, bad)
    assert api.call("/me", authorization=api.tokens["IdToken"]).status == 201


def test_yaml_bodies_are_read_too(aws: LocalAws) -> None:
    api_id = aws.client("apigateway").create_rest_api(name="yaml")["id"]
    body = b"openapi: 3.0.1\ninfo: {title: from yaml}\npaths: {}\n"
    found = aws.client("apigateway").put_rest_api(restApiId=api_id, mode="overwrite", body=body)
    assert found["name"] == "from yaml"


def test_merging_is_refused_by_name(aws: LocalAws) -> None:
    api_id = aws.client("apigateway").create_rest_api(name="merge")["id"]
    with pytest.raises(ClientError, match="overwrite only"):
        aws.client("apigateway").put_rest_api(restApiId=api_id, mode="merge", body=json.dumps({}).encode())


def test_an_unknown_api_is_not_found(aws: LocalAws) -> None:
    with pytest.raises(ClientError, match="Invalid API identifier"):
        aws.put_rest_api("nothing", {"openapi": "3.0.1"})


def test_an_api_key_with_an_empty_value_gets_one(aws: LocalAws) -> None:
    assert len(aws.client("apigateway").create_api_key(name="k", value="")["value"]) >= 20


def test_a_stage_without_access_log_says_nothing_of_one(aws: LocalAws) -> None:
    """Terraform would take an empty setting for one to remove."""
    gateway = aws.client("apigateway")
    api_id = gateway.create_rest_api(name="stages")["id"]
    deployment_id = gateway.create_deployment(restApiId=api_id)["id"]
    created = gateway.create_stage(restApiId=api_id, deploymentId=deployment_id, stageName="quiet")
    assert "accessLogSettings" not in created
    assert "accessLogSettings" not in gateway.get_stage(restApiId=api_id, stageName="quiet")
