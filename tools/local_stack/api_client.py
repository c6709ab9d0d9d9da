"""Requests to the deployed API, as any client makes them."""

import dataclasses
import json
import urllib.error
import urllib.request
from typing import Any, Final

from tools.local_stack.failure import StackError

_TIMEOUT_S: Final = 35  # a first request may start a function


class RefusedRequestError(StackError):
    """A request was answered with a problem.

    Attributes:
        code: the permanent code of the problem; empty where the answer was none of ours.
    """

    def __init__(self, request: str, status: int, content: bytes) -> None:
        """Tell what was asked, and the answer as it came."""
        super().__init__(f"{request} was answered with {status}: {content.decode(errors='replace')}")
        self.code = _code_of(content)


def _code_of(content: bytes) -> str:
    try:
        problem = json.loads(content)
    except ValueError:
        return ""
    return str(problem.get("code", "")) if isinstance(problem, dict) else ""


@dataclasses.dataclass(frozen=True)
class ApiClient:
    """A client, signed in where it has a token."""

    api: str
    token: str | None = None

    def command(self, method: str, path: str, key: str, body: object = None) -> Any:  # noqa: ANN401 - any JSON
        """The reply to a command.

        Raises:
            RefusedRequestError: it was refused; the message is the problem's.
            StackError: nothing answered.
        """
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return json.loads(self._ask(method, path, headers, content))

    def show(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        """What is shown at a path.

        Raises:
            RefusedRequestError: it is not; the message is the problem's.
            StackError: nothing answered.
        """
        return json.loads(self.fetch(path))

    def fetch(self, path: str) -> bytes:
        """What is shown at a path, byte for byte.

        Raises:
            RefusedRequestError: it is not; the message is the problem's.
            StackError: nothing answered.
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
                content = refused.read()
            raise RefusedRequestError(f"{method} {path}", refused.code, content) from None
        except OSError as error:
            raise StackError(f"{method} {path} was not answered: {error}") from error
