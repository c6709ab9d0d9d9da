"""A retried request gets the answer of its first attempt instead of being carried out twice.

The AWS SDKs mark each attempt of one call with the same `amz-sdk-invocation-id`. When a client loses the
connection after the server has acted, its retry would fail with "already exists": ministack does not know it.
"""

import asyncio
import re
import time
from typing import Final

from tools.local_aws.asgi import Application, Message, Receive, Scope, Send, header

_REMEMBERED_S: Final = 300.0
_LARGEST_KEPT: Final = 1_000_000
_RETRY: Final = re.compile(r"attempt=([2-9]|\d{2,})\b")
_SUCCESS: Final = range(200, 300)

type _Answer = list[Message] | None


class ReplayRetries:
    """ASGI wrapper that keeps the successful answers of changing calls for five minutes."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._answers: dict[str, tuple[float, asyncio.Future[_Answer]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, from memory if an earlier attempt of it succeeded."""
        invocation = header(scope, b"amz-sdk-invocation-id") if scope["type"] == "http" else ""
        if not invocation or scope["method"] in {"GET", "HEAD"}:
            await self._application(scope, receive, send)
            return
        if _RETRY.search(header(scope, b"amz-sdk-request")) and invocation in self._answers:
            answer = await asyncio.shield(self._answers[invocation][1])
            if answer is not None:
                for message in answer:
                    await send(message)
                return
        await self._carry_out(invocation, scope, receive, send)

    async def _carry_out(self, invocation: str, scope: Scope, receive: Receive, send: Send) -> None:
        self._forget_old()
        future: asyncio.Future[_Answer] = asyncio.get_running_loop().create_future()
        self._answers[invocation] = (time.monotonic(), future)
        recorded: list[Message] = []

        async def record(message: Message) -> None:
            recorded.append(message)
            await send(message)

        try:
            await self._application(scope, receive, record)
        finally:
            future.set_result(recorded if _worth_keeping(recorded) else None)

    def _forget_old(self) -> None:
        limit = time.monotonic() - _REMEMBERED_S
        # Insertion order is order of age, except for a repeated id, which only lives longer.
        for invocation, (since, future) in list(self._answers.items()):
            if since > limit:
                break
            if future.done():
                del self._answers[invocation]


def _worth_keeping(messages: list[Message]) -> bool:
    """Only a complete and successful answer: a failed attempt is to be tried again."""
    complete = bool(messages) and not messages[-1].get("more_body", False) and len(messages) > 1
    size = sum(len(message.get("body", b"")) for message in messages)
    return complete and messages[0].get("status") in _SUCCESS and size <= _LARGEST_KEPT
