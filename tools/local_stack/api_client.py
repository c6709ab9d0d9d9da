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
    """A client, signed in where it has a token."""

    api: str
    token: str | None = None

    def command(self, method: str, path: str, key: str, body: object = None) -> Any:  # noqa: ANN401 - any JSON
        """The reply to a command.

        Raises:
            StackError: it was refused; the message is the problem's.
        """
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return json.loads(self._ask(method, path, headers, content))

    def show(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        """What is shown at a path.

        Raises:
            StackError: it is not; the message is the problem's.
        """
        return json.loads(self.fetch(path))

    def fetch(self, path: str) -> bytes:
        """What is shown at a path, byte for byte.

        Raises:
            StackError: it is not; the message is the problem's.
        """
        return self._ask("GET", path, {}, None)

    def _ask(self, method: str, path: str, headers: dict[str, str], content: bytes | None) -> bytes:
        if self.token is not None:
            headers = {**headers, "Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(self.api + path, content, headers, method=method)  # noqa: S310 - loopback
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as reply:  # noqa: S310 - loopback
                return bytes(reply.read())
        except urllib.error.HTTPError as refused:
            with refused:
                told = refused.read().decode(errors="replace")
            raise StackError(f"{method} {path} was answered with {refused.code}: {told}") from None
        except OSError as error:
            raise StackError(f"{method} {path} was not answered: {error}") from error
