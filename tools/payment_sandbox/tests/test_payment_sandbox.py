"""Each method of the sandbox, through its real server and a real receiver of notices."""

import dataclasses
import hashlib
import hmac
import http.client
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

HOST = "127.0.0.1"
API_KEY = "key-of-the-tests"
NOTICE_SECRET = "secret-of-the-tests"


@dataclasses.dataclass
class Received:
    body: bytes
    signature: str

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(self.body)


class Receiver(ThreadingHTTPServer):
    """Takes notices; answers with the statuses it was told to, then 200."""

    def __init__(self) -> None:
        self.received: queue.Queue[Received] = queue.Queue()
        self.statuses: list[int] = []
        super().__init__((HOST, 0), _ReceiverHandler)
        self.url = f"http://{HOST}:{self.server_address[1]}/v1/payment-notices"

    def next(self, timeout: float = 5.0) -> Received:
        return self.received.get(timeout=timeout)

    def next_of(self, order_id: str) -> Any:  # noqa: ANN401 - any JSON
        while (notice := self.next().json())["charge"]["order_id"] != order_id:
            pass
        return notice

    def expect_nothing(self, during_s: float) -> None:
        with pytest.raises(queue.Empty):
            self.received.get(timeout=during_s)


class _ReceiverHandler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.put(Received(body, self.headers["Riff-Sandbox-Signature"]))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        pass


class Sandbox:
    """The sandbox as its own process."""

    def __init__(self, folder: Path, receiver: Receiver) -> None:
        self.folder = folder
        self.receiver = receiver
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port: int = probe.getsockname()[1]
        (folder / "secrets.json").write_text(json.dumps({"api_key": API_KEY, "notice_secret": NOTICE_SECRET}))
        self.start()

    def start(self) -> None:
        arguments = ["--port", str(self.port), "--state", str(self.folder / "state")]
        arguments += ["--secrets", str(self.folder / "secrets.json"), "--notice-url", self.receiver.url]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tools.payment_sandbox", *arguments],
                stdout=log,
                stderr=log,
                env={**os.environ, "PAYMENT_SANDBOX_LATE_S": "1.5"},
            )
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                if self.call("GET", "/health", key=None)[0] == 200:
                    return
            except ConnectionError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())

    def end(self, signum: int) -> int:
        self.process.send_signal(signum)
        return self.process.wait(timeout=10)

    def call(
        self, method: str, path: str, body: object = None, key: str | None = API_KEY, timeout: float = 10
    ) -> tuple[int, Any]:
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = http.client.HTTPConnection(HOST, self.port, timeout=timeout)
        try:
            connection.request(method, path, raw, {} if key is None else {"Authorization": f"Bearer {key}"})
            reply = connection.getresponse()
            return reply.status, json.loads(reply.read())
        finally:
            connection.close()

    def charge(self, method: str, order_id: str = "o1", **changes: object) -> tuple[int, Any]:
        return self.call("POST", "/charges", charge_body(method, order_id, **changes))


def charge_body(method: str = "sandbox_ok", order_id: str = "o1", **changes: object) -> dict[str, object]:
    body: dict[str, object] = {"order_id": order_id, "amount": 2000, "currency": "EUR", "method": method}
    return {**body, "idempotency_key": f"key of {order_id}", **changes}


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[Sandbox]:
    sandbox = Sandbox(tmp_path_factory.mktemp("payments"), receiver)
    yield sandbox
    assert sandbox.end(signal.SIGTERM) == 0


@pytest.fixture
def sandbox(shared: Sandbox) -> Sandbox:
    while not shared.receiver.received.empty():
        shared.receiver.received.get()
    return shared


def test_ok_succeeds_and_sends_one_signed_notice(sandbox: Sandbox) -> None:
    status, charge = sandbox.charge("sandbox_ok", "ok")
    assert status == 201
    assert (charge["status"], charge["amount"], charge["currency"]) == ("succeeded", 2000, "EUR")
    notice = sandbox.receiver.next()
    assert notice.json()["type"] == "charge.succeeded"
    assert notice.json()["charge"] == charge
    timestamp, digest = (part.split("=", 1)[1] for part in notice.signature.split(","))
    signed = f"{timestamp}.".encode() + notice.body
    assert digest == hmac.new(NOTICE_SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert abs(int(timestamp) - time.time()) < 5
    sandbox.receiver.expect_nothing(0.4)


def test_decline_takes_nothing_and_says_so(sandbox: Sandbox) -> None:
    status, charge = sandbox.charge("sandbox_decline", "decline")
    assert (status, charge["status"]) == (201, "declined")
    assert sandbox.receiver.next().json()["type"] == "charge.declined"
    refund = sandbox.call("POST", f"/charges/{charge['id']}/refunds", {"amount": 1, "idempotency_key": "d"})
    assert refund[0] == 409


def test_pending_is_captured_and_a_notice_follows(sandbox: Sandbox) -> None:
    _, charge = sandbox.charge("sandbox_pending", "pending")
    assert charge["status"] == "pending"
    assert sandbox.receiver.next().json()["charge"]["status"] == "succeeded"
    assert sandbox.call("GET", f"/charges/{charge['id']}")[1]["status"] == "succeeded"


def test_timeout_is_captured_but_never_answered(sandbox: Sandbox) -> None:
    with pytest.raises(TimeoutError):
        sandbox.call("POST", "/charges", charge_body("sandbox_timeout", "timeout"), timeout=0.5)
    found = sandbox.call("GET", "/charges?order_id=timeout")[1]["charges"]
    assert [charge["status"] for charge in found] == ["succeeded"]
    assert sandbox.receiver.next().json()["charge"]["order_id"] == "timeout"


def test_a_repeat_after_a_timeout_is_answered_with_the_one_charge(sandbox: Sandbox) -> None:
    with pytest.raises(TimeoutError):
        sandbox.call("POST", "/charges", charge_body("sandbox_timeout", "again"), timeout=0.5)
    status, charge = sandbox.charge("sandbox_timeout", "again")
    assert (status, charge["status"]) == (200, "succeeded")
    assert sandbox.call("GET", "/charges?order_id=again")[1]["charges"] == [charge]


def test_silent_succeeds_later_without_any_notice(sandbox: Sandbox) -> None:
    _, charge = sandbox.charge("sandbox_silent", "silent")
    assert charge["status"] == "pending"
    sandbox.receiver.expect_nothing(2.3)
    assert sandbox.call("GET", f"/charges/{charge['id']}")[1]["status"] == "succeeded"


def test_duplicate_delivers_the_same_notice_twice(sandbox: Sandbox) -> None:
    sandbox.charge("sandbox_duplicate", "duplicate")
    first, second = sandbox.receiver.next(), sandbox.receiver.next()
    assert first.body == second.body
    sandbox.receiver.expect_nothing(0.4)


def test_late_is_captured_at_once_and_the_notice_takes_its_time(sandbox: Sandbox) -> None:
    _, charge = sandbox.charge("sandbox_late", "late")
    assert charge["status"] == "pending"
    assert sandbox.call("GET", f"/charges/{charge['id']}")[1]["status"] == "succeeded"
    sandbox.receiver.expect_nothing(1.0)
    assert sandbox.receiver.next().json()["charge"]["order_id"] == "late"


def test_a_refused_notice_is_sent_again(sandbox: Sandbox) -> None:
    sandbox.receiver.statuses = [500, 403]
    sandbox.charge("sandbox_ok", "refused")
    bodies = {sandbox.receiver.next().body for _ in range(3)}
    assert len(bodies) == 1
    sandbox.receiver.expect_nothing(0.4)


def test_the_same_key_gives_the_same_charge(sandbox: Sandbox) -> None:
    first = sandbox.charge("sandbox_ok", "same")
    second = sandbox.charge("sandbox_ok", "same")
    assert (first[0], second[0]) == (201, 200)
    assert first[1] == second[1]


@pytest.mark.parametrize(
    "change", [{"amount": 1}, {"currency": "USD"}, {"order_id": "x"}, {"method": "sandbox_late"}]
)
def test_the_same_key_with_another_body_is_refused(sandbox: Sandbox, change: dict[str, object]) -> None:
    body = charge_body(order_id=f"reused {change}")
    assert sandbox.call("POST", "/charges", body)[0] == 201
    assert sandbox.call("POST", "/charges", {**body, **change})[0] == 409


def test_a_refund_is_made_once_and_announced(sandbox: Sandbox) -> None:
    _, charge = sandbox.charge("sandbox_ok", "refund")
    sandbox.receiver.next_of("refund")
    path = f"/charges/{charge['id']}/refunds"
    first = sandbox.call("POST", path, {"amount": 500, "idempotency_key": "r"})
    second = sandbox.call("POST", path, {"amount": 500, "idempotency_key": "r"})
    assert (first[0], second[0]) == (201, 200)
    assert first[1] == second[1]
    assert first[1]["status"] == "succeeded"
    notice = sandbox.receiver.next_of("refund")
    assert (notice["type"], notice["charge"]["refunded"]) == ("charge.refunded", 500)
    assert sandbox.call("POST", path, {"amount": 501, "idempotency_key": "r"})[0] == 409
    assert sandbox.call("POST", path, {"amount": 1501, "idempotency_key": "r2"})[0] == 409
    assert sandbox.call("POST", path, {"amount": 1500, "idempotency_key": "r3"})[0] == 201


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"[" * 5000,
        charge_body(extra=1),
        {"order_id": "o"},
        charge_body(amount="2000"),
        charge_body(amount=0),
        charge_body(amount=-1),
        charge_body(amount=True),
        charge_body(amount=2000.0),
        charge_body(amount=10**12),
        charge_body(currency="eur"),
        charge_body(currency="EURO"),
        charge_body(currency="ÄÖÜ"),
        charge_body(method="card"),
        {**charge_body(), "method": None},
        charge_body(order_id=""),
        charge_body(order_id="a\nb"),
        charge_body(order_id="x" * 201),
        charge_body(idempotency_key=7),
        charge_body(order_id="y" * 11_000),
    ],
    ids=lambda body: str(body)[:60],
)
def test_refuses_a_bad_charge(sandbox: Sandbox, body: object) -> None:
    status, reply = sandbox.call("POST", "/charges", body)
    assert status == 400
    assert reply["error"]


@pytest.mark.parametrize("key", [None, "", "wrong", API_KEY + "x", "kéy"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/charges"), ("GET", "/charges?order_id=o"), ("GET", "/charges/ch_0"), ("PUT", "/notice-url")],
)
def test_refuses_a_missing_or_wrong_api_key(
    sandbox: Sandbox, method: str, path: str, key: str | None
) -> None:
    body: object = None if method == "GET" else {}
    assert sandbox.call(method, path, body, key=key)[0] == 401


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/charges/ch_0123", 404),
        ("GET", "/charges", 400),
        ("GET", "/charges?order_id=a&order_id=b", 400),
        ("GET", "/nowhere", 404),
        ("POST", "/nowhere", 404),
        ("POST", "/charges/ch_0123/refunds", 404),
        ("PUT", "/charges", 404),
    ],
)
def test_refuses_what_does_not_exist(sandbox: Sandbox, method: str, path: str, status: int) -> None:
    body = None if method == "GET" else {"amount": 1, "idempotency_key": "x"}
    assert sandbox.call(method, path, body)[0] == status


@pytest.mark.parametrize("url", ["https://127.0.0.1/x", "http://example.com/x", "file:///etc/passwd", "", 7])
def test_notices_stay_on_this_machine(sandbox: Sandbox, url: object) -> None:
    assert sandbox.call("PUT", "/notice-url", {"url": url})[0] == 400


def test_the_notice_url_can_be_changed(sandbox: Sandbox) -> None:
    other = Receiver()
    thread = threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    assert sandbox.call("PUT", "/notice-url", {"url": other.url}) == (200, {"url": other.url})
    sandbox.charge("sandbox_ok", "elsewhere")
    assert other.next().json()["charge"]["order_id"] == "elsewhere"
    assert sandbox.call("PUT", "/notice-url", {"url": sandbox.receiver.url})[0] == 200
    other.shutdown()
    thread.join()
    other.server_close()


def test_a_kill_loses_neither_charges_nor_notices(tmp_path: Path, receiver: Receiver) -> None:
    receiver.statuses = [500]
    sandbox = Sandbox(tmp_path, receiver)
    try:
        _, charge = sandbox.charge("sandbox_ok", "killed")
        receiver.next()
        sandbox.end(signal.SIGKILL)
        sandbox.start()
        assert sandbox.call("GET", f"/charges/{charge['id']}")[1] == charge
        assert receiver.next().json()["charge"] == charge
        assert sandbox.charge("sandbox_ok", "killed") == (200, charge)
    finally:
        assert sandbox.end(signal.SIGTERM) == 0


def test_a_stop_does_not_wait_for_unanswered_requests(tmp_path: Path, receiver: Receiver) -> None:
    sandbox = Sandbox(tmp_path, receiver)
    with pytest.raises(TimeoutError):
        sandbox.call("POST", "/charges", charge_body("sandbox_timeout", "hanging"), timeout=0.3)
    began = time.monotonic()
    assert sandbox.end(signal.SIGTERM) == 0
    assert time.monotonic() - began < 3


def test_an_abandoned_order_is_charged_nothing_more(sandbox: Sandbox) -> None:
    assert sandbox.call("POST", "/abandonments", {"order_id": "given up"}) == (200, {"charges": []})
    status, late = sandbox.charge("sandbox_timeout", "given up")
    assert (status, late["status"]) == (201, "declined")
    sandbox.receiver.expect_nothing(0.4)


def test_abandoning_an_order_leaves_the_charge_that_was_made(sandbox: Sandbox) -> None:
    _, made = sandbox.charge("sandbox_ok", "too late")
    assert sandbox.call("POST", "/abandonments", {"order_id": "too late"}) == (200, {"charges": [made]})
    assert sandbox.call("POST", "/abandonments", {"order": "too late"})[0] == 400
