"""The simulator as its own process, asked through the adapter that asks the real relays."""

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from riff.adapters.beacon.drand import connect
from riff.adapters.system.clock import SystemClock
from riff.errors import BeaconUnavailableError
from riff_critical.draw import Beacon


class Simulator:
    """Two relays of one simulated beacon."""

    def __init__(self, folder: Path) -> None:
        with ExitStack() as stack:
            probes = [stack.enter_context(socket.socket()) for _ in range(2)]
            for probe in probes:
                probe.bind(("127.0.0.1", 0))
            ports = [probe.getsockname()[1] for probe in probes]
        self.relays = [f"http://127.0.0.1:{port}" for port in ports]
        self._ports = ports
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tools.beacon_simulator", "--period", "1"),
                *("--state", str(folder), "--ports", *map(str, ports)),
            ],
        )
        for port in ports:
            _wait_for(port)

    def get(self, path: str) -> Any:  # noqa: ANN401 - any JSON
        status, answer = _ask(self._ports[0], "GET", path)
        assert status == 200, answer
        return answer

    def refusal(self, method: str, path: str, body: object = None) -> int:
        return _ask(self._ports[0], method, path, body)[0]

    def behave(self, behaviour: str, *relays: int) -> None:
        for relay in relays or range(2):
            assert _ask(self._ports[relay], "PUT", "/behaviour", {"behaviour": behaviour})[0] == 200

    def beacon(self) -> Beacon:
        info = self.get("/info")
        return Beacon(
            chain=bytes.fromhex(info["hash"]),
            public_key=bytes.fromhex(info["public_key"]),
            scheme=info["schemeID"],
            genesis=info["genesis_time"],
            period=info["period"],
        )

    def stop(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(10)


def _ask(port: int, method: str, path: str, body: object = None) -> tuple[int, Any]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request(method, path, json.dumps(body))
        response = connection.getresponse()
        return response.status, json.load(response)


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            _ask(port, "GET", "/health")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(port)


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    started = Simulator(tmp_path)
    yield started
    started.stop()


def test_its_rounds_carry_the_beacons_signature(simulator: Simulator) -> None:
    beacon, latest = simulator.beacon(), simulator.get("/public/latest")
    client = connect(simulator.relays, SystemClock())
    for round_ in (1, latest["round"] - 1, latest["round"]):
        assert client.value(beacon, round_).round == round_
    assert client.value(beacon, latest["round"]).randomness.hex() == latest["randomness"]


@pytest.mark.parametrize("behaviour", ["dead", "late", "lying"])
def test_one_relay_may_misbehave(simulator: Simulator, behaviour: str) -> None:
    beacon, client = simulator.beacon(), connect(simulator.relays, SystemClock())
    honest = client.value(beacon, 7)
    simulator.behave(behaviour, 0)
    assert client.value(beacon, 7) == honest


@pytest.mark.parametrize(
    ("behaviour", "fault"),
    [("dead", "no answer"), ("late", "not there yet"), ("lying", "not signed by the beacon")],
)
def test_all_relays_may_not(simulator: Simulator, behaviour: str, fault: str) -> None:
    beacon = simulator.beacon()
    simulator.behave(behaviour)
    with pytest.raises(BeaconUnavailableError) as refused:
        connect(simulator.relays, SystemClock()).value(beacon, 7)
    assert str(refused.value.facts["relays"]).count(fault) == 2


def test_keeps_its_key_over_a_restart(tmp_path: Path) -> None:
    first = Simulator(tmp_path)
    before = first.beacon(), first.get("/public/7")
    assert first.stop() == 0
    second = Simulator(tmp_path)
    assert (second.beacon(), second.get("/public/7")) == before
    second.stop()


def test_knows_no_other_chain(simulator: Simulator) -> None:
    assert simulator.refusal("GET", f"/{'0' * 64}/public/7") == 404


def test_refuses_a_behaviour_that_it_does_not_know(simulator: Simulator) -> None:
    assert simulator.refusal("PUT", "/behaviour", {"behaviour": "charming"}) == 400
    assert simulator.refusal("PUT", "/behaviour", ["honest"]) == 400
