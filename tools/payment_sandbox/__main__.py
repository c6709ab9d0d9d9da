"""`python -m tools.payment_sandbox --port N --state DIR --secrets FILE`: run it in the foreground."""

import argparse
import json
import logging
import os
import signal
import threading
from pathlib import Path

from tools.payment_sandbox.charges import Ledger
from tools.payment_sandbox.notices import Courier
from tools.payment_sandbox.processor import Processor, Timing
from tools.payment_sandbox.server import SandboxServer, loopback_url


def main() -> None:
    """Parse the command line and serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m tools.payment_sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--state", type=Path, required=True, help="folder that keeps the charges")
    parser.add_argument(
        "--secrets", type=Path, required=True, help="JSON file with api_key and notice_secret"
    )
    parser.add_argument("--notice-url", help="where notices go; PUT /notice-url changes it later")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    given.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    secrets = json.loads(given.secrets.read_text())
    ledger = Ledger(given.state / "charges.sqlite")
    if given.notice_url:
        ledger.notice_url = loopback_url(given.notice_url)
    late_s = float(os.environ.get("PAYMENT_SANDBOX_LATE_S", Timing.late_s))
    server = SandboxServer(given.port, Processor(ledger, Timing(late_s=late_s)), secrets["api_key"])
    _serve(server, Courier(ledger, secrets["notice_secret"]))
    ledger.close()


def _serve(server: SandboxServer, courier: Courier) -> None:
    stop = threading.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: stop.set())
    courier.start()
    listening = threading.Thread(target=server.serve_forever, name="http", kwargs={"poll_interval": 0.1})
    listening.start()
    stop.wait()
    server.closing.set()
    server.shutdown()
    listening.join()
    server.server_close()
    courier.stop()


if __name__ == "__main__":
    main()
