"""`python -m tools.beacon_simulator --ports N M --state DIR`: run the relays in the foreground."""

import argparse
import signal
import threading
from pathlib import Path

from tools.beacon_simulator.chain import PERIOD_S, Chain
from tools.beacon_simulator.server import Relay


def main() -> None:
    """Parse the command line and serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m tools.beacon_simulator", description=__doc__)
    parser.add_argument("--ports", type=int, nargs="+", required=True, help="ports on 127.0.0.1, one a relay")
    parser.add_argument("--state", type=Path, required=True, help="folder that keeps the beacon's key")
    parser.add_argument(
        "--period", type=int, default=PERIOD_S, help="seconds between rounds, of a new beacon"
    )
    given = parser.parse_args()
    chain = Chain.kept_in(given.state, given.period)
    _serve([Relay(port, chain) for port in given.ports])


def _serve(relays: list[Relay]) -> None:
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    listening = [
        threading.Thread(target=relay.serve_forever, kwargs={"poll_interval": 0.1}) for relay in relays
    ]
    for thread in listening:
        thread.start()
    stop.wait()
    for relay, thread in zip(relays, listening, strict=True):
        relay.shutdown()
        thread.join()
        relay.server_close()


if __name__ == "__main__":
    main()
