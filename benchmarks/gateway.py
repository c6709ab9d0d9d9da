"""The running stack from outside: a warm call through the gateway, and whole purchases.

Warm call: the jackpot through the gateway, its function and the database, against the emulator's own health
page, which is an answer of the same server without any of them; calls alternate over one connection each,
and medians are compared.  Purchases: eight buyers at once, each order opened, charged at the sandbox and
given its numbers, counted when it is paid.  The reference of the purchases is not of this run and not of this
machine: pretix through its own API, on SQLite and one client, 9.5 orders a second of one ticket and 4.8 of
twenty, as published with the target.  `--state DIR` is the stack's folder; it must be up.  `--list` names the
figures.
"""

import argparse
import http.client
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, conclude

FIGURES: Final = ("gateway.warm", "orders.end_to_end")
MOST_WARM: Final = 2.5
LEAST_ORDERS: Final = 10.0
PUBLISHED_ORDERS_S: Final = 9.5
CALLS: Final = 300
WARM_UP: Final = 30
BUYERS: Final = 8
SECONDS: Final = 10
STATE: Final = Path(__file__).resolve().parents[1] / ".riff" / "stack"
_HEALTH: Final = "/_ministack/health"
_TIMEOUT_S: Final = 30
_OK: Final = 200
_CREATED: Final = 201


class Caller:
    """One connection to the stack."""

    def __init__(self, endpoint: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(endpoint).netloc, timeout=_TIMEOUT_S)

    def ask(self, method: str, path: str, body: object = None, key: str = "") -> tuple[int, Any]:
        """Status and document of a reply."""
        headers = {"Content-Type": "application/json", **({"Idempotency-Key": key} if key else {})}
        self._connection.request(method, path, None if body is None else json.dumps(body), headers)
        reply = self._connection.getresponse()
        return reply.status, json.loads(reply.read())


def main() -> int:
    """Measure, print, and tell by the exit status whether every target is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--list", action="store_true", help="name the figures, measure nothing")
    parser.add_argument("--state", type=Path, default=STATE, metavar="DIR", help="default: %(default)s")
    given = parser.parse_args()
    if given.list:
        print(*FIGURES, sep="\n")
        return 0
    try:
        aws = json.loads((given.state / "stack.json").read_text("utf-8"))["aws"]
        raffle = _raffle(aws)
    except OSError as error:
        print(f"the stack does not run, start it with ./riff up: {error}")
        return 1
    warm, rate = _warm(aws, raffle), _orders(aws, raffle)
    print(
        f"published for pretix, not of this run: {PUBLISHED_ORDERS_S} orders/s of one ticket, 4.8 of twenty"
    )
    return conclude(
        Figure("gateway.warm", warm, MOST_WARM, at_most=True),
        Figure("orders.end_to_end", rate / PUBLISHED_ORDERS_S, LEAST_ORDERS),
    )


def _raffle(aws: Mapping[str, str]) -> Mapping[str, Any]:
    """The demonstration raffle, with its packages."""
    caller, prefix = Caller(aws["endpoint"]), urlsplit(aws["api"]).path
    _, listed = caller.ask("GET", f"{prefix}/raffles")
    _, raffle = caller.ask("GET", f"{prefix}/raffles/{listed['raffles'][0]['id']}")
    found: Mapping[str, Any] = raffle
    return found


def _warm(aws: Mapping[str, str], raffle: Mapping[str, Any]) -> float:
    jackpot = f"{urlsplit(aws['api']).path}/raffles/{raffle['id']}/jackpot"
    callers = {path: Caller(aws["endpoint"]) for path in (jackpot, _HEALTH)}
    times: dict[str, list[float]] = {path: [] for path in callers}
    for _ in range(WARM_UP + CALLS):
        for path, caller in callers.items():
            started = perf_counter()
            status, _ = caller.ask("GET", path)
            times[path].append(perf_counter() - started)
            if status != _OK:
                raise RuntimeError(f"{path} answered {status}")
    ours, reference = (1000 * median(times[path][WARM_UP:]) for path in (jackpot, _HEALTH))
    print(f"jackpot through the gateway {ours:6.2f} ms; the emulator's health page {reference:.2f} ms")
    return ours / reference


def _orders(aws: Mapping[str, str], raffle: Mapping[str, Any]) -> float:
    """Paid orders a second."""
    package = next(entry for entry in raffle["packages"] if "online" in entry["channels"])
    path = f"{urlsplit(aws['api']).path}/raffles/{raffle['id']}/orders"
    body = {
        "package_id": package["id"],
        "buyer": {"name": "Robin", "email": "robin@example.org"},
        "payment_method": "sandbox_ok",
    }

    def buy(seconds: float) -> int:
        caller, paid, until = Caller(aws["endpoint"]), 0, perf_counter() + seconds
        while perf_counter() < until:
            status, order = caller.ask("POST", path, body, str(uuid4()))
            if status != _CREATED or order["state"] != "paid":
                raise RuntimeError(f"an order answered {status}: {order}")
            paid += 1
        return paid

    with ThreadPoolExecutor(BUYERS) as buyers:
        list(buyers.map(buy, [SECONDS / 3] * BUYERS))  # every buyer's function has started
        started = perf_counter()
        paid = sum(buyers.map(buy, [SECONDS] * BUYERS))
        rate = paid / (perf_counter() - started)
    print(f"{rate:6.1f} paid orders/s end to end, {BUYERS} buyers, {package['numbers']} numbers each")
    return rate


if __name__ == "__main__":
    sys.exit(main())
