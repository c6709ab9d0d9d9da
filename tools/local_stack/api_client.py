"""Requests to the deployed API, as any client makes them."""

import dataclasses
import json
import urllib.error
import urllib.request
from typing import Any, Final

from tools.local_stack.failure import StackError

_TIMEOUT_S: Final = 35  # a first request may start a function


@dataclasses.dataclass(frozen=True)
class ApiClient:
    """A client that is signed in."""

    api: str
    token: str

    def command(self, method: str, path: str, key: str, body: object) -> Any:  # noqa: ANN401 - any JSON
        """The reply to a command.

        Raises:
            StackError: it was refused; the message is the problem's.
        """
        content = None if body is None else json.dumps(body).encode()
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        request = urllib.request.Request(self.api + path, content, headers, method=method)  # noqa: S310 - loopback
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as reply:  # noqa: S310 - loopback
                return json.loads(reply.read())
        except urllib.error.HTTPError as refused:
            with refused:
                told = refused.read().decode(errors="replace")
            raise StackError(f"{method} {path} was answered with {refused.code}: {told}") from None
        except OSError as error:
            raise StackError(f"{method} {path} was not answered: {error}") from error
