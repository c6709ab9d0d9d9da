"""A processor on loopback that speaks as Stripe documents itself: payment intents, refunds, keys, search.

Shapes and rules are those of Stripe's API reference: a repeated idempotency key brings the first answer
again, errors included, and another request under it is refused; the search lags behind; what is final cannot
be cancelled.  (The emulator that the package registry has knows no keys, no search, and no confirmation with
a means of payment, which is what the plugin rests on.)
"""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

type Json = dict[str, Any]

API_KEY = "sk_test_key"
SECRET = "whsec_secret"


class RefusedError(Exception):
    """An answer of Stripe's that is an error."""

    def __init__(self, status: int, kind: str, code: str | None = None, param: str | None = None) -> None:
        super().__init__(kind)
        self.status = status
        self.error: Json = {"type": kind, "message": f"refused: {code or kind}"}
        self.error |= {name: value for name, value in (("code", code), ("param", param)) if value}


class Processor:
    """What Stripe remembers.

    Attributes:
        intents: payment intents by name.
        refunds: refunds by name.
        searchable: whether the search has caught up.
        refund_status: of the refunds that are made from now on.
        faults: what happens to the next request whose path ends so: the status that it gets instead of being
            served, or 0 where it is served and the answer is lost.
    """

    def __init__(self) -> None:
        self.intents: dict[str, Json] = {}
        self.refunds: dict[str, Json] = {}
        self.searchable = True
        self.refund_status = "succeeded"
        self.faults: dict[str, int] = {}
        self._answers: dict[str, tuple[str, int, Json]] = {}
        self._lock = threading.Lock()

    def answer(self, method: str, path: str, form: dict[str, str], key: str | None) -> tuple[int, Json]:
        """Status and body for one request."""
        with self._lock:
            asked = json.dumps([path, form], sort_keys=True)
            if key in self._answers:
                before, status, body = self._answers[key]
                return (status, body) if before == asked else _error(RefusedError(400, "idempotency_error"))
            try:
                status, body = 200, self._routed(method, path, form)
            except RefusedError as refused:
                status, body = _error(refused)
            body = json.loads(json.dumps(body))
            if key is not None:
                self._answers[key] = (asked, status, body)
            return status, body

    def forget_keys(self) -> None:
        """What happens after 24 hours."""
        self._answers.clear()

    def _routed(self, method: str, path: str, form: dict[str, str]) -> Json:
        match method, path.removeprefix("/v1/").split("/"):
            case "POST", ["payment_intents"]:
                return self._make(form)
            case "GET", ["payment_intents", "search"]:
                return self._search(form["query"])
            case "GET", ["payment_intents", name]:
                return self._intent(name)
            case "POST", ["payment_intents", name, ("confirm" | "cancel") as step]:
                taken = self._intent(name)
                return (
                    self._cancel(taken) if step == "cancel" else self._confirm(taken, form["payment_method"])
                )
            case "GET", ["refunds"]:
                return self._refunds_of(form["payment_intent"])
            case "POST", ["refunds"]:
                return self.refund(self._intent(form["payment_intent"]), form.get("amount"), _metadata(form))
        raise RefusedError(404, "invalid_request_error", "url_invalid")

    def _make(self, form: dict[str, str]) -> Json:
        name = f"pi_{len(self.intents) + 1}"
        self.intents[name] = {
            "id": name,
            "object": "payment_intent",
            "amount": int(form["amount"]),
            "amount_received": 0,
            "currency": form["currency"],
            "client_secret": f"{name}_secret_1",
            "last_payment_error": None,
            "latest_charge": None,
            "metadata": _metadata(form),
            "status": "requires_payment_method",
        }
        return self.intents[name]

    def _search(self, query: str) -> Json:
        found = [
            intent
            for intent in self.intents.values()
            if query == f"metadata['order_id']:'{intent['metadata'].get('order_id')}'"
        ]
        return {"object": "search_result", "data": found if self.searchable else [], "has_more": False}

    def _intent(self, name: str) -> Json:
        if name not in self.intents:
            raise RefusedError(404, "invalid_request_error", "resource_missing", "intent")
        return self.intents[name]

    def _confirm(self, intent: Json, method: str) -> Json:
        if intent["status"] not in ("requires_payment_method", "requires_confirmation", "requires_action"):
            raise RefusedError(400, "invalid_request_error", "payment_intent_unexpected_state")
        match method:
            case "pm_card_visa":
                self.succeed(intent["id"])
            case "pm_card_chargeDeclined":
                error = {"type": "card_error", "code": "card_declined"}
                intent |= {"last_payment_error": error, "latest_charge": f"ch_{intent['id']}"}
                raise RefusedError(402, "card_error", "card_declined")
            case "pm_card_threeDSecureRequired":
                intent["status"] = "requires_action"
            case "pm_processing":
                intent |= {"status": "processing", "latest_charge": f"ch_{intent['id']}"}
            case _:
                raise RefusedError(400, "invalid_request_error", "resource_missing", "payment_method")
        return intent

    def succeed(self, name: str) -> None:
        """Let an intent take its money."""
        intent = self.intents[name]
        intent |= {
            "status": "succeeded",
            "amount_received": intent["amount"],
            "latest_charge": f"ch_{name}",
        }

    def _cancel(self, intent: Json) -> Json:
        if intent["status"] in ("succeeded", "processing", "canceled"):
            raise RefusedError(400, "invalid_request_error", "payment_intent_unexpected_state")
        intent["status"] = "canceled"
        return intent

    def returned(self, intent: Json) -> int:
        """What the refunds of an intent come to that did not fail."""
        own = (r for r in self.refunds.values() if r["payment_intent"] == intent["id"])
        return sum(r["amount"] for r in own if r["status"] not in ("failed", "canceled"))

    def _refunds_of(self, name: str) -> Json:
        own = [r for r in self.refunds.values() if r["payment_intent"] == self._intent(name)["id"]]
        return {"object": "list", "url": "/v1/refunds", "data": own[::-1], "has_more": False}

    def refund(self, intent: Json, asked: str | None, metadata: Json | None = None) -> Json:
        """Return the amount that is asked for, or what is left."""
        left = intent["amount_received"] - self.returned(intent)
        amount = left if asked is None else int(asked)
        if left == 0:
            raise RefusedError(400, "invalid_request_error", "charge_already_refunded")
        if amount > left:
            raise RefusedError(400, "invalid_request_error", param="amount")
        name = f"re_{len(self.refunds) + 1}"
        self.refunds[name] = {
            "id": name,
            "object": "refund",
            "amount": amount,
            "currency": intent["currency"],
            "metadata": metadata or {},
            "payment_intent": intent["id"],
            "status": self.refund_status,
        }
        return self.refunds[name]


def _metadata(form: dict[str, str]) -> Json:
    return {key[9:-1]: value for key, value in form.items() if key.startswith("metadata[")}


def _error(refused: RefusedError) -> tuple[int, Json]:
    return refused.status, {"error": refused.error}


def signed(event: object, at: float | None = None, secret: str = SECRET) -> tuple[dict[str, str], bytes]:
    """Headers and body of a notice as Stripe signs it."""
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    stamp = int(time.time() if at is None else at)
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"stripe-signature": f"t={stamp},v1={digest}"}, body


@contextmanager
def running(processor: Processor) -> Iterator[str]:
    """Where the processor answers while the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(processor))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler_of(processor: Processor) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._serve(parts.path, parts.query)

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._serve(self.path, content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
            pass

        def _serve(self, path: str, query: str) -> None:
            form = {name: values[0] for name, values in parse_qs(query).items()}
            ending = next((word for word in processor.faults if path.endswith(word)), None)
            status = None if ending is None else processor.faults.pop(ending)
            if self.headers["Authorization"] != f"Bearer {API_KEY}":
                status, body = _error(RefusedError(401, "invalid_request_error"))
            elif status is None or status == 0:
                key = self.headers.get("Idempotency-Key")
                lost, (status, body) = status == 0, processor.answer(self.command, path, form, key)
                if lost:
                    self.close_connection = True
                    return
            else:
                body = {"error": {"type": "api_error", "message": "an outage"}}
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler
