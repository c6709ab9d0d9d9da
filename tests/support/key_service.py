"""The key service on loopback, with one prepared answer."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import attrs

from riff.adapters.aws.key_management import KeyManagement
from riff.adapters.aws.signed_request import Credentials


@attrs.define
class KeyService:
    """What it answers next, and what it was asked so far."""

    status: int = 200
    answer: bytes = b"{}"
    asked: list[tuple[str, dict[str, object]]] = attrs.field(factory=list)
    endpoint: str = ""

    def keys(self) -> KeyManagement:
        """What functions use, pointed at this service."""
        return KeyManagement(Credentials("AKID", "secret", "token"), "ca-central-1", self.endpoint, 5)

    def refuse(self, fault: str, status: int = 400) -> None:
        """Answer with an exception of the service from now on."""
        self.status = status
        self.answer = json.dumps({"__type": f"com.amazonaws.kms#{fault}", "message": "no"}).encode()


@contextmanager
def serving() -> Iterator[KeyService]:
    """A running service."""
    found = KeyService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.asked.append((self.headers["X-Amz-Target"], json.loads(body)))
            self.send_response(found.status)
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
