"""HTTP on loopback: decodes, authenticates, calls the processor, answers in JSON."""

import hmac
import json
import logging
import re
import threading
import urllib.parse
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from tools.payment_sandbox.charges import KeyReusedError, NotRefundableError, UnknownChargeError
from tools.payment_sandbox.processor import BadRequestError, Processor

HOST: Final = "127.0.0.1"
_LARGEST_BODY: Final = 10_000
_HANGS_FOR_S: Final = 120.0  # far beyond any client's patience
_CHARGE: Final = re.compile(r"/charges/(ch_[0-9a-f]+)")
_REFUNDS: Final = re.compile(r"/charges/(ch_[0-9a-f]+)/refunds")

_log = logging.getLogger("payment_sandbox")

type _Reply = tuple[int, dict[str, Any]]


class _UnansweredError(Exception):
    """The reply to this request is never to come."""


class SandboxServer(ThreadingHTTPServer):
    """The listening server."""

    daemon_threads = True

    def __init__(self, port: int, processor: Processor, api_key: str) -> None:
        self.processor = processor
        self.api_key = api_key
        self.closing = threading.Event()
        super().__init__((HOST, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: SandboxServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        _log.info("%s", format % args)

    def do_GET(self) -> None:
        self._serve(self._get)

    def do_POST(self) -> None:
        self._serve(self._post)

    def do_PUT(self) -> None:
        self._serve(self._put)

    def _serve(self, route: Callable[[], _Reply]) -> None:
        try:
            status, reply = route()
        except BadRequestError as error:
            status, reply = HTTPStatus.BAD_REQUEST, {"error": str(error)}
        except KeyReusedError:
            status, reply = HTTPStatus.CONFLICT, {"error": "the idempotency key belongs to another request"}
        except NotRefundableError:
            status, reply = HTTPStatus.CONFLICT, {"error": "the charge does not hold that much money"}
        except UnknownChargeError:
            status, reply = HTTPStatus.NOT_FOUND, {"error": "no such charge"}
        except _UnansweredError:
            self.server.closing.wait(_HANGS_FOR_S)
            self.close_connection = True
            return
        self._send(int(status), reply)

    def _send(self, status: int, reply: dict[str, Any]) -> None:
        content = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def _get(self) -> _Reply:
        path, _, query = self.path.partition("?")
        if path == "/health":
            return 200, {"status": "ok"}
        if (refusal := self._refusal()) is not None:
            return refusal
        if found := _CHARGE.fullmatch(path):
            return 200, self.server.processor.find(found[1])
        if path == "/charges":
            wanted = urllib.parse.parse_qs(query, keep_blank_values=True)
            if wanted.keys() != {"order_id"} or len(wanted["order_id"]) != 1:
                raise BadRequestError("ask for the charges of one order_id")
            return 200, self.server.processor.of_order(wanted["order_id"][0])
        return 404, {"error": "no such path"}

    def _post(self) -> _Reply:
        body = self._body()
        if (refusal := self._refusal()) is not None:
            return refusal
        if self.path == "/charges":
            status, reply, answers = self.server.processor.charge(body)
            if not answers:
                raise _UnansweredError
            return status, reply
        if self.path == "/abandonments":
            return 200, self.server.processor.abandon(body)
        if found := _REFUNDS.fullmatch(self.path):
            return self.server.processor.refund(found[1], body)
        return 404, {"error": "no such path"}

    def _put(self) -> _Reply:
        body = self._body()
        if (refusal := self._refusal()) is not None:
            return refusal
        if self.path != "/notice-url":
            return 404, {"error": "no such path"}
        if not isinstance(body, dict) or body.keys() != {"url"} or not isinstance(body["url"], str):
            raise BadRequestError("the body has exactly the field url")
        self.server.processor.ledger.notice_url = loopback_url(body["url"])
        return 200, {"url": body["url"]}

    def _refusal(self) -> _Reply | None:
        expected = f"Bearer {self.server.api_key}".encode()
        given = self.headers.get("Authorization", "").encode("utf-8", "replace")
        return (
            None
            if hmac.compare_digest(expected, given)
            else (401, {"error": "the API key is missing or wrong"})
        )

    def _body(self) -> object:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LARGEST_BODY:
            self.close_connection = True  # the body stays unread
            raise BadRequestError(f"a body of at most {_LARGEST_BODY} bytes, with its length, is required")
        content = self.rfile.read(int(length))
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise BadRequestError("the body is not JSON") from error


def loopback_url(url: str) -> str:
    """The URL, if notices may go there.

    Raises:
        BadRequestError: it is not an http URL of this machine.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in {"127.0.0.1", "localhost"}:
        raise BadRequestError("notices go to an http URL on 127.0.0.1 only")
    return url
