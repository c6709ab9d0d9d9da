"""HTTP on loopback: what the witness is asked, and what it answers."""

import json
from enum import StrEnum
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from tools.witness_simulator.witness import RefusedError, Witness

HOST: Final = "127.0.0.1"
_LARGEST_BODY: Final = 1 << 16
_SIZE: Final = "text/x.tlog.size"
_TEXT: Final = "text/plain; charset=utf-8"


class Behaviour(StrEnum):
    """How the witness answers."""

    HONEST = "honest"
    DEAD = "dead"
    """Connections are closed without an answer."""


class Server(ThreadingHTTPServer):
    """The witness at a port."""

    daemon_threads = True

    def __init__(self, port: int, witness: Witness) -> None:
        self.witness = witness
        self.behaviour = Behaviour.HONEST
        super().__init__((HOST, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        """A ledger is shown every minute; nobody reads that."""

    def do_GET(self) -> None:
        if self.path == "/health":
            self._send(HTTPStatus.OK, "ok\n")
        else:
            self._send(HTTPStatus.NOT_FOUND, "not found\n")

    def do_PUT(self) -> None:
        try:
            self.server.behaviour = Behaviour(json.loads(self._body())["behaviour"])
        except (ValueError, KeyError, TypeError):
            self._send(HTTPStatus.BAD_REQUEST, f"behaviour is one of {', '.join(Behaviour)}\n")
        else:
            self._send(HTTPStatus.OK, "ok\n")

    def do_POST(self) -> None:
        body = self._body()
        if self.server.behaviour is Behaviour.DEAD:
            self.close_connection = True
        elif self.path != "/add-checkpoint":
            self._send(HTTPStatus.NOT_FOUND, "not found\n")
        else:
            self._cosign(body)

    def _cosign(self, body: bytes) -> None:
        try:
            line = self.server.witness.cosign(body)
        except RefusedError as refusal:
            self._send(refusal.status, refusal.answer)
        else:
            self._send(HTTPStatus.OK, line)

    def _body(self) -> bytes:
        return self.rfile.read(min(int(self.headers.get("Content-Length", 0)), _LARGEST_BODY))

    def _send(self, status: HTTPStatus, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", _SIZE if status is HTTPStatus.CONFLICT else _TEXT)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
