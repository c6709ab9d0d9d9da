"""What a beacon's value is taken from, and what each fault of a relay leads to."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import attrs
import pytest

from riff.adapters.beacon.drand import DrandRelays, connect
from riff.errors import BeaconEarlyError, BeaconSchemeError, BeaconUnavailableError
from tests.support.fakes import FakeClock
from tests.support.quicknet import QUICKNET, ROUNDS

ROUND = 1000
COMES = datetime.fromtimestamp(QUICKNET.genesis + 999 * QUICKNET.period, UTC)
HONEST = {"round": ROUND, "randomness": "ignored", "signature": ROUNDS[ROUND].hex()}


class Relay(ThreadingHTTPServer):
    """Answers every request with one status and one body, or closes the connection."""

    def __init__(self, status: int | None, body: bytes) -> None:
        self.status, self.body = status, body
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Relay

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.server.status is None:
            return
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        pass


@contextmanager
def relay(answer: object = HONEST, status: int | None = 200) -> Iterator[Relay]:
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    with Relay(status, body) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


FAULTS = {
    "dead": (HONEST, None, "no answer"),
    "late": ({"error": "not yet"}, 404, "not there yet"),
    "too early for it": ({}, 425, "not there yet"),
    "broken": ({}, 500, "status 500"),
    "elsewhere": ({}, 302, "status 302"),
    "no JSON": (b"<html>", 200, "not JSON"),
    "nested without end": (b"[" * 9000, 200, "not JSON"),
    "endless": (b'{"round":1000,"signature":"' + b"0" * 20_000 + b'"}', 200, "not JSON"),
    "a list": ([], 200, "not a value of a beacon"),
    "no hexadecimal": ({**HONEST, "signature": "xyz"}, 200, "not a value of a beacon"),
    "another round": ({**HONEST, "round": 42}, 200, "another round"),
    "another round's signature": ({**HONEST, "signature": ROUNDS[42].hex()}, 200, "not signed by the beacon"),
    "no signature": ({**HONEST, "signature": ""}, 200, "not signed by the beacon"),
}


@pytest.mark.parametrize(("answer", "status", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_relay_costs_nothing_while_another_is_honest(
    answer: object, status: int | None, fault: str
) -> None:
    with relay(answer, status) as faulty, relay() as honest:
        found = connect([faulty.address, honest.address], FakeClock(COMES)).value(QUICKNET, ROUND)
    assert found.signature == ROUNDS[ROUND]
    assert len(faulty.asked) == 1, fault


@pytest.mark.parametrize(("answer", "status", "fault"), FAULTS.values(), ids=FAULTS)
def test_faulty_relays_are_told_apart(answer: object, status: int | None, fault: str) -> None:
    with relay(answer, status) as first, relay(answer, status) as second:
        beacon = connect([first.address, second.address], FakeClock(COMES))
        with pytest.raises(BeaconUnavailableError) as refused:
            beacon.value(QUICKNET, ROUND)
    ports = [server.server_address[1] for server in (first, second)]
    assert refused.value.facts["relays"] == "; ".join(f"127.0.0.1:{port}: {fault}" for port in ports)


def test_hands_the_value_out_with_its_randomness() -> None:
    with relay() as first, relay() as second:
        found = connect([first.address, second.address], FakeClock(COMES)).value(QUICKNET, ROUND)
    assert (found.chain, found.round) == (QUICKNET.chain, ROUND)
    assert found.randomness == hashlib.sha256(ROUNDS[ROUND]).digest()
    assert first.asked == [f"/{QUICKNET.chain.hex()}/public/{ROUND}"]
    assert second.asked == []


def test_asks_nobody_for_a_round_to_come() -> None:
    with relay() as first, relay() as second:
        beacon = connect([first.address, second.address], FakeClock(COMES - timedelta(seconds=1)))
        with pytest.raises(BeaconEarlyError):
            beacon.value(QUICKNET, ROUND)
    assert first.asked == second.asked == []


def test_refuses_a_scheme_that_it_cannot_check() -> None:
    chained = type(QUICKNET).from_json({**QUICKNET.to_json(), "scheme": "pedersen-bls-chained"})
    with pytest.raises(BeaconSchemeError):
        connect(["http://127.0.0.1:1", "http://127.0.0.1:2"], FakeClock(COMES)).value(chained, ROUND)


def test_one_relay_is_not_enough() -> None:
    with pytest.raises(ValueError, match="relays"):
        DrandRelays(("http://127.0.0.1:1",), FakeClock(COMES))


def test_is_frozen() -> None:
    beacon = connect(["http://127.0.0.1:1", "http://127.0.0.1:2"], FakeClock(COMES))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        beacon.relays = ()  # type: ignore[misc]
