"""HTTP on loopback: what one relay answers, and how it may misbehave."""

import hashlib
import json
import re
import time
from enum import StrEnum
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from tools.beacon_simulator.chain import Chain

HOST: Final = "127.0.0.1"
_LARGEST_BODY: Final = 1000
_PATH: Final = re.compile(r"(?:/([0-9a-f]{64}))?/(info|public/(latest|[1-9][0-9]{0,14}))")


class Behaviour(StrEnum):
    """How a relay answers."""

    HONEST = "honest"
    DEAD = "dead"
    """Connections are closed without an answer."""
    LATE = "late"
    """No round has come yet, whatever the clock says."""
    LYING = "lying"
    """The values are of other rounds."""


class Relay(ThreadingHTTPServer):
    """One relay."""

    daemon_threads = True

    def __init__(self, port: int, chain: Chain) -> None:
        self.chain = chain
        self.behaviour = Behaviour.HONEST
        super().__init__((HOST, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Relay
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        """Rounds are asked for by the thousand; nobody reads that."""

    def do_GET(self) -> None:
        if self.path == "/health":
            self._send(HTTPStatus.OK, {"status": "ok", "behaviour": self.server.behaviour})
        elif self.server.behaviour is Behaviour.DEAD:
            self.close_connection = True
        else:
            self._send(*self._value())

    def do_PUT(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), _LARGEST_BODY))
        try:
            self.server.behaviour = Behaviour(json.loads(body)["behaviour"])
        except (ValueError, KeyError, TypeError):
            self._send(HTTPStatus.BAD_REQUEST, {"error": f"behaviour is one of {', '.join(Behaviour)}"})
        else:
            self._send(HTTPStatus.OK, {"behaviour": self.server.behaviour})

    def _value(self) -> tuple[HTTPStatus, dict[str, Any]]:
        chain = self.server.chain
        found = _PATH.fullmatch(self.path)
        if found is None or found[1] not in (None, chain.hash.hex()):
            return HTTPStatus.NOT_FOUND, {"error": "no such chain"}
        if found[2] == "info":
            return HTTPStatus.OK, chain.info
        latest = chain.latest(time.time())
        round_ = latest if found[3] == "latest" else int(found[3])
        if not 1 <= round_ <= latest or self.server.behaviour is Behaviour.LATE:
            return HTTPStatus(425), {"error": "the round is still to come"}
        lies = self.server.behaviour is Behaviour.LYING
        signature = chain.signature(round_ + 1 if lies else round_)
        randomness = hashlib.sha256(signature).hexdigest()
        return HTTPStatus.OK, {"round": round_, "randomness": randomness, "signature": signature.hex()}

    def _send(self, status: HTTPStatus, reply: dict[str, Any]) -> None:
        content = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
