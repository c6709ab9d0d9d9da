"""Certified functions, invoked: AWS Lambda's Invoke, synchronous, at the alias that serves.

A certified function has no state and no connections, and the same request always has the same answer, so an
invocation whose answer was lost may be repeated.
"""

import http.client
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

import attrs

from riff.adapters.aws.signed_request import Credentials, Signer
from riff.adapters.system.connections import connection_to
from riff.errors import UnavailableError

_ALIAS: Final = "live"
_LARGEST_ANSWER: Final = 6 << 20  # of a synchronous invocation


class FunctionUnavailableError(UnavailableError):
    """A certified function cannot be reached, or failed.  What happened is in the note, not in the reply."""

    def __init__(self, operation: str, reason: str) -> None:
        super().__init__("A certified function is briefly unavailable.")
        self.add_note(f"function {operation}: {reason}")


@attrs.frozen
class CertifiedFunctions:
    """The functions of the context `critical` of one environment.

    Attributes:
        credentials: who invokes.
        region: where they are.
        endpoint: where Lambda answers.
        environment: whose functions.
        timeout_s: how long one answer may take.
    """

    credentials: Credentials
    region: str
    endpoint: str
    environment: str
    timeout_s: float = 60.0

    def invoke(self, operation: str, event: Mapping[str, object]) -> dict[str, Any]:
        """The answer of a function, which says itself whether it refused.

        Args:
            operation: its name, such as `select_winners`.
            event: what it is given; at most 6 MB as JSON.

        Raises:
            FunctionUnavailableError: it was not reached, had no time or memory left, or is broken.
        """
        body = json.dumps(event).encode()
        answer = self._post(operation, body)
        try:
            document = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise FunctionUnavailableError(operation, "answers no JSON") from error
        if not isinstance(document, dict):
            raise FunctionUnavailableError(operation, "answers no document")
        return document

    def _post(self, operation: str, body: bytes) -> bytes:
        name = f"{self.environment}-critical-{operation.replace('_', '-')}:{_ALIAS}"
        path = f"/2015-03-31/functions/{quote(name, safe='')}/invocations"
        parts = urlsplit(self.endpoint)
        headers = {"Content-Type": "application/json", "X-Amz-Invocation-Type": "RequestResponse"}
        signed = Signer(self.credentials, self.region, "lambda").headers(
            "POST", f"{parts.scheme}://{parts.netloc}{path}", headers, body, datetime.now(UTC)
        )
        connection = connection_to(self.endpoint, self.timeout_s)
        try:
            connection.request("POST", path, body, signed)
            response = connection.getresponse()
            answer = response.read(_LARGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise FunctionUnavailableError(operation, f"does not answer: {error!r}") from error
        finally:
            connection.close()
        if response.status != http.client.OK:
            raise FunctionUnavailableError(operation, f"status {response.status}: {_told(answer)}")
        if (fault := response.getheader("X-Amz-Function-Error")) is not None:
            raise FunctionUnavailableError(operation, f"{fault}: {_told(answer)}")
        return answer


def _told(answer: bytes) -> str:
    """The beginning of an error's text; it describes the failure, and never what the function was given."""
    return answer[:500].decode(errors="replace")
