"""A retried call gets its first answer; nothing else is ever replayed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tools.local_aws.asgi import Message, Receive, Scope, Send
from tools.local_aws.replay import ReplayRetries
from tools.local_aws.tests.conftest import LocalAws, request


class Server:
    """Counts what it carried out and answers as told."""

    def __init__(self, *statuses: int, size: int = 2, pause_s: float = 0.0) -> None:
        self.carried_out = 0
        self._statuses = list(statuses)
        self._size = size
        self._pause_s = pause_s

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        self.carried_out += 1
        number = self.carried_out
        await asyncio.sleep(self._pause_s)
        status = self._statuses[min(number, len(self._statuses)) - 1]
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": str(number).encode() * self._size})


def attempt(
    server: ReplayRetries, number: int, invocation: str = "i1", method: str = "POST"
) -> Awaitable[tuple[int, bytes]]:
    headers = [
        (b"amz-sdk-invocation-id", invocation.encode()),
        (b"amz-sdk-request", f"attempt={number}; max=25".encode()),
    ]
    return _call(server, {"type": "http", "method": method, "path": "/", "headers": headers})


async def _call(server: ReplayRetries, scope: Scope) -> tuple[int, bytes]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await server(scope, receive, send)
    return sent[0]["status"], sent[1]["body"]


def run(scenario: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - what the scenario returns
    async def main() -> Any:  # noqa: ANN401 - what the scenario returns
        return await scenario()

    return asyncio.run(main())


def test_a_retry_of_a_success_is_not_carried_out_again() -> None:
    server = Server(201)
    wrapped = ReplayRetries(server)

    async def scenario() -> list[tuple[int, bytes]]:
        return [await attempt(wrapped, 1), await attempt(wrapped, 2), await attempt(wrapped, 3)]

    assert run(scenario) == [(201, b"11")] * 3
    assert server.carried_out == 1


def test_a_retry_of_a_failure_is_carried_out() -> None:
    server = Server(500, 200)
    wrapped = ReplayRetries(server)

    async def scenario() -> list[tuple[int, bytes]]:
        return [await attempt(wrapped, 1), await attempt(wrapped, 2)]

    assert run(scenario) == [(500, b"11"), (200, b"22")]


def test_a_retry_waits_for_the_attempt_that_is_still_running() -> None:
    server = Server(200, pause_s=0.05)
    wrapped = ReplayRetries(server)

    async def scenario() -> list[tuple[int, bytes]]:
        return list(await asyncio.gather(attempt(wrapped, 1), attempt(wrapped, 2)))

    assert run(scenario) == [(200, b"11")] * 2
    assert server.carried_out == 1


def test_another_call_is_never_answered_from_memory() -> None:
    server = Server(200)
    wrapped = ReplayRetries(server)

    async def scenario() -> None:
        await attempt(wrapped, 1, "i1")
        await attempt(wrapped, 1, "i2")
        await attempt(wrapped, 2, "i3")

    run(scenario)
    assert server.carried_out == 3


def test_a_first_attempt_is_always_carried_out() -> None:
    server = Server(200)
    wrapped = ReplayRetries(server)

    async def scenario() -> None:
        await attempt(wrapped, 1)
        await attempt(wrapped, 1)

    run(scenario)
    assert server.carried_out == 2


def test_reading_calls_are_passed_on() -> None:
    server = Server(200)
    wrapped = ReplayRetries(server)

    async def scenario() -> None:
        await attempt(wrapped, 1, method="GET")
        await attempt(wrapped, 2, method="GET")

    run(scenario)
    assert server.carried_out == 2


def test_a_large_answer_is_not_kept() -> None:
    server = Server(200, size=2_000_000)
    wrapped = ReplayRetries(server)

    async def scenario() -> None:
        await attempt(wrapped, 1)
        await attempt(wrapped, 2)

    run(scenario)
    assert server.carried_out == 2


def test_an_attempt_that_raised_does_not_block_its_retry() -> None:
    class Broken(Server):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            if self.carried_out == 0:
                self.carried_out += 1
                raise ConnectionError
            await super().__call__(scope, receive, send)

    wrapped = ReplayRetries(Broken(200))

    async def scenario() -> tuple[int, bytes]:
        await asyncio.gather(attempt(wrapped, 1), return_exceptions=True)
        return await attempt(wrapped, 2)

    assert run(scenario) == (200, b"22")


def test_a_retried_create_role_succeeds_on_the_real_server(aws: LocalAws) -> None:
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request",
        "amz-sdk-invocation-id": "the-same",
    }
    url = (
        f"{aws.endpoint}/?Action=CreateRole&Version=2010-05-08&RoleName=twice&AssumeRolePolicyDocument=%7B%7D"
    )
    first = request(url, "POST", {}, {**headers, "amz-sdk-request": "attempt=1; max=3"})
    retried = request(url, "POST", {}, {**headers, "amz-sdk-request": "attempt=2; max=3"})
    another = request(
        url,
        "POST",
        {},
        {**headers, "amz-sdk-invocation-id": "another", "amz-sdk-request": "attempt=1; max=3"},
    )
    assert (first.status, retried.status, another.status) == (200, 200, 409)
    assert first.body == retried.body
