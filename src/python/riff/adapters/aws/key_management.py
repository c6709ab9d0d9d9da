"""AWS Key Management Service, over its HTTP interface."""

import http.client
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import attrs

from riff.adapters.aws.signed_request import Credentials, Signer
from riff.adapters.system.connections import connection_to
from riff.errors import UnavailableError


class KeyUnavailableError(UnavailableError):
    """A key cannot be reached or used now.  What the service said is in the note, not in the reply."""

    def __init__(self, action: str, reason: str) -> None:
        super().__init__("A key is briefly unavailable.")
        self.add_note(f"key management, {action}: {reason}")


class KeyRefusesError(Exception):
    """The service refuses for good; `fault` is the name of its exception."""

    def __init__(self, action: str, fault: str) -> None:
        super().__init__(f"key management, {action}: {fault}")
        self.fault = fault


@attrs.frozen
class KeyManagement:
    """The keys of one account and region.

    Attributes:
        credentials: who uses them.
        region: where they are.
        endpoint: where the service answers.
        timeout_s: how long one answer may take.
    """

    credentials: Credentials
    region: str
    endpoint: str
    timeout_s: float = 5.0

    def ask(self, action: str, query: Mapping[str, object], final: frozenset[str] = frozenset()) -> Any:  # noqa: ANN401 - parsed JSON
        """The answer to an action, such as `Encrypt`.

        Args:
            action: its name.
            query: its parameters.
            final: names of exceptions after which asking again is of no use.

        Raises:
            KeyRefusesError: the service answered with one of those.
            KeyUnavailableError: it does not answer, or refuses otherwise.
        """
        status, text = self._post(action, json.dumps(query).encode())
        if status == http.client.OK:
            return json.loads(text)
        fault = _fault(text)
        if fault in final:
            raise KeyRefusesError(action, fault)
        raise KeyUnavailableError(action, f"status {status}, {fault}")

    def _post(self, action: str, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(self.endpoint)
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"TrentService.{action}"}
        signer = Signer(self.credentials, self.region, "kms")
        signed = signer.headers("POST", f"{parts.scheme}://{parts.netloc}/", headers, body, datetime.now(UTC))
        connection = connection_to(self.endpoint, self.timeout_s)
        try:
            connection.request("POST", "/", body, signed)
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise KeyUnavailableError(action, f"does not answer: {error!r}") from error
        finally:
            connection.close()


def _fault(text: bytes) -> str:
    """The name of the exception in an error's body."""
    try:
        return str(json.loads(text)["__type"]).rpartition("#")[2]
    except (ValueError, KeyError, TypeError):
        return "of no known kind"
