"""`python -m tools.witness_simulator --port N --state DIR --origin NAME --key BASE64`: run it."""

import argparse
import signal
import threading
from base64 import b64decode
from pathlib import Path

from tools.witness_simulator.server import Server
from tools.witness_simulator.witness import Logs, Witness


def main() -> None:
    """Parse the command line and serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m tools.witness_simulator", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--state", type=Path, required=True, help="folder that keeps its key and what it saw")
    parser.add_argument("--origin", required=True, help="what the names of the logs begin with")
    parser.add_argument("--key", type=b64decode, required=True, help="public key of the logs, in base64")
    given = parser.parse_args()
    _serve(Server(given.port, Witness(given.state, Logs(given.origin, given.key))))


def _serve(server: Server) -> None:
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    listening = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    listening.start()
    stop.wait()
    server.shutdown()
    listening.join()
    server.server_close()


if __name__ == "__main__":
    main()
