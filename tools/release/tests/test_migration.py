"""The invocation of the migration, told by what the client of Lambda answers."""

import io
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from tools.release.migration import ReleaseError, lambda_client, migrate


class Lambda:
    """Stands where the client of Lambda is; keeps what it was asked."""

    def __init__(self, told: object, **more: object) -> None:
        self.answer = {"Payload": io.BytesIO(json.dumps(told).encode()), **more}
        self.asked: list[dict[str, Any]] = []

    def invoke(self, **asked: object) -> dict[str, Any]:
        """Answer as Lambda would."""
        self.asked.append(asked)
        return self.answer


class Unreachable:
    """Stands where Lambda cannot be asked."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def invoke(self, **_: object) -> dict[str, Any]:
        """Fail."""
        raise self.error


def test_tells_what_was_applied() -> None:
    client = Lambda({"applied": ["0001_create_things", "0002_add_more"], "number": 2, "newer": 0})
    told = list(migrate(client, "dev"))
    assert told == ["applied 0001_create_things", "applied 0002_add_more", "schema at migration 2"]
    assert client.asked == [
        {"FunctionName": "dev-release-migrate-database", "Qualifier": "live", "Payload": b"{}"}
    ]


def test_tells_of_a_database_that_is_ahead() -> None:
    client = Lambda({"applied": [], "number": 4, "newer": 2})
    assert list(migrate(client, "dev")) == ["schema at migration 4, 2 newer than what was deployed"]


def test_a_migration_that_failed_stops_the_release() -> None:
    client = Lambda(
        {"errorMessage": "migration 3 was applied and must not be edited"}, FunctionError="Unhandled"
    )
    with pytest.raises(ReleaseError, match="must not be edited"):
        list(migrate(client, "dev"))


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "not found"}}, "Invoke"),
        EndpointConnectionError(endpoint_url="http://127.0.0.1:1"),
    ],
)
def test_a_function_that_cannot_be_asked_stops_the_release(error: Exception) -> None:
    with pytest.raises(ReleaseError, match="dev-release-migrate-database cannot be invoked"):
        list(migrate(Unreachable(error), "dev"))


def test_waits_for_the_answer_and_asks_once() -> None:
    config = lambda_client("http://127.0.0.1:1", "eu-central-1").meta.config
    assert (config.read_timeout > 900, config.retries["total_max_attempts"]) == (True, 1)


def test_says_that_a_region_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    with pytest.raises(ReleaseError, match="region"):
        lambda_client(None, None)
