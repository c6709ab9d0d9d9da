"""Invoking a certified function: what is sent, and what its failures become."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import attrs
import pytest

from riff.adapters.aws.functions import CertifiedFunctions, FunctionUnavailableError
from riff.adapters.aws.signed_request import Credentials

EVENT = {"text": "00000000000A"}


@attrs.define
class Lambda:
    """AWS Lambda on loopback, with one prepared answer."""

    status: int = 200
    answer: bytes = b'{"ok": true}'
    headers: dict[str, str] = attrs.field(factory=dict)
    asked: list[tuple[str, dict[str, str], bytes]] = attrs.field(factory=list)
    endpoint: str = ""

    def functions(self, timeout_s: float = 5) -> CertifiedFunctions:
        credentials = Credentials("AKID", "secret", "token")
        return CertifiedFunctions(credentials, "ca-central-1", self.endpoint, "local", timeout_s)


@pytest.fixture
def aws() -> Iterator[Lambda]:
    found = Lambda()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append((self.path, dict(self.headers.items()), body))
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.answer)))
            self.end_headers()
            self.wfile.write(found.answer)

        def log_message(self, *_: object) -> None:
            """Keep tests quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def test_hands_the_event_to_the_alias_that_serves(aws: Lambda) -> None:
    assert aws.functions().invoke("validate_ticket", EVENT) == {"ok": True}
    path, headers, body = aws.asked[0]
    assert path == "/2015-03-31/functions/local-critical-validate-ticket%3Alive/invocations"
    assert json.loads(body) == EVENT
    assert headers["X-Amz-Invocation-Type"] == "RequestResponse"
    assert headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKID/")
    assert "/ca-central-1/lambda/aws4_request" in headers["Authorization"]


def test_a_refusal_is_an_answer(aws: Lambda) -> None:
    aws.answer = b'{"ok": false, "error": {"code": "misread"}}'
    assert aws.functions().invoke("validate_ticket", EVENT)["ok"] is False


FAILURES = {
    "throttled": (429, b'{"Reason": "ConcurrentInvocationLimitExceeded"}', {}, "status 429"),
    "absent": (404, b"{}", {}, "status 404"),
    "broken inside": (200, b'{"errorType": "KeyError"}', {"X-Amz-Function-Error": "Unhandled"}, "KeyError"),
    "no JSON": (200, b"<html>", {}, "answers no JSON"),
    "no document": (200, b"[]", {}, "answers no document"),
}


@pytest.mark.parametrize(("status", "answer", "headers", "told"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_told_in_the_log_alone(
    aws: Lambda, status: int, answer: bytes, headers: dict[str, str], told: str
) -> None:
    aws.status, aws.answer, aws.headers = status, answer, headers
    with pytest.raises(FunctionUnavailableError) as caught:
        aws.functions().invoke("validate_ticket", EVENT)
    assert told in caught.value.__notes__[0]
    assert told not in caught.value.detail


def test_nobody_answers() -> None:
    functions = CertifiedFunctions(
        Credentials("AKID", "secret"), "ca-central-1", "http://127.0.0.1:1", "local"
    )
    with pytest.raises(FunctionUnavailableError):
        functions.invoke("validate_ticket", EVENT)
