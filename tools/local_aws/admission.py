"""Requests to APIs beyond what the machine can carry wait, instead of each starting a process of its own.

ministack starts one worker for each concurrent invocation, as AWS does: two hundred at once would be as many
Python processes on a developer's machine, and all of them late.
"""

import asyncio
from typing import Final

from tools.local_aws.asgi import Application, Receive, Scope, Send

_EXECUTE_API: Final = "/_aws/execute-api/"


class Admission:
    """ASGI wrapper that lets so many requests to deployed APIs in at once, in the order of their arrival."""

    def __init__(self, application: Application, at_once: int) -> None:
        self._application = application
        self._admitted = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request when its turn has come."""
        if scope["type"] == "http" and scope["path"].startswith(_EXECUTE_API):
            async with self._admitted:
                await self._application(scope, receive, send)
            return
        await self._application(scope, receive, send)
