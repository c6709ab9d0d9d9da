"""AWS Systems Manager's parameter store, read by path."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from os import urandom
from typing import Any, Final

import attrs

from riff.adapters.aws.signed_request import Credentials, Signer
from riff.adapters.system.connections import connection_to
from riff.errors import UnavailableError

_TARGET: Final = "AmazonSSM.GetParametersByPath"
# Many functions that start at once share one quota, so a refusal is waited out, each for another time.
_WAITS_S: Final = (0.1, 0.4, 1.6)
_SERVER_FAULT: Final = 500
_RETRIED: Final = frozenset({"ThrottlingException", "TooManyUpdates", "InternalServerError"})


class ParameterStoreError(UnavailableError):
    """The parameter store does not answer, or refuses.  What it said is in the note, not in the reply."""

    def __init__(self, reason: str) -> None:
        super().__init__("The service is briefly unavailable.")
        self.add_note(f"parameter store: {reason}")


@attrs.frozen
class ParameterStore:
    """The parameters of one account and region.

    Attributes:
        credentials: whose parameters.
        region: where.
        endpoint: where the service answers.
        timeout_s: how long one answer may take.
    """

    credentials: Credentials
    region: str
    endpoint: str
    timeout_s: float = 3.0

    def below(self, *paths: str) -> Mapping[str, str]:
        """All parameters below some paths, by the rest of their name, decrypted.

        Raises:
            ParameterStoreError: the store does not answer, or refuses.
        """
        with closing(connection_to(self.endpoint, self.timeout_s)) as connection:
            return {
                parameter["Name"].removeprefix(path).lstrip("/"): parameter["Value"]
                for path in paths
                for page in self._pages(connection, path)
                for parameter in page["Parameters"]
            }

    def _pages(self, connection: http.client.HTTPConnection, path: str) -> Iterator[Any]:
        query: dict[str, object] = {"Path": path, "Recursive": True, "WithDecryption": True, "MaxResults": 10}
        while True:
            page = self._patiently(connection, query)
            yield page
            if not page.get("NextToken"):
                return
            query["NextToken"] = page["NextToken"]

    def _patiently(self, connection: http.client.HTTPConnection, query: Mapping[str, object]) -> Any:  # noqa: ANN401 - parsed JSON
        for wait_s in _WAITS_S:
            answer = self._ask(connection, query)
            if answer is not None:
                return answer
            time.sleep(wait_s * (1 + urandom(1)[0] / 255))
        answer = self._ask(connection, query)
        if answer is None:
            raise ParameterStoreError("busy or failing, after several attempts")
        return answer

    def _ask(self, connection: http.client.HTTPConnection, query: Mapping[str, object]) -> Any:  # noqa: ANN401
        """One answer, or None where asking again may help."""
        body = json.dumps(query).encode()
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": _TARGET}
        signer = Signer(self.credentials, self.region, "ssm")
        url = f"{self.endpoint.rstrip('/')}/"
        try:
            connection.request(
                "POST", "/", body, signer.headers("POST", url, headers, body, datetime.now(UTC))
            )
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise ParameterStoreError(f"{self.endpoint} does not answer: {error!r}") from error
        if response.status == http.client.OK:
            return json.loads(text)
        fault = _fault(text)
        if response.status >= _SERVER_FAULT or fault in _RETRIED:
            return None
        raise ParameterStoreError(f"status {response.status}, {fault}")


def _fault(text: bytes) -> str:
    """The name of the exception in an error's body."""
    try:
        return str(json.loads(text)["__type"]).rpartition("#")[2]
    except (ValueError, KeyError, TypeError):
        return "of no known kind"
