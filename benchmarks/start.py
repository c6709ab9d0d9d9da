"""The cold start of a purchase, against that of an empty handler.

Each start is a new process: a bare interpreter, a client of Lambda's runtime interface, the unpacked zip and
one invocation, from the start of the process to the first response.  The purchases are `sell_tickets` and
`create_online_order` as built, with everything that a first request does: reading the parameters page by
page, checking the digest of the core, connecting, selling, and online leasing a block and charging before.
PostgreSQL, the parameter store and the payment processor are on this machine, so what is measured is our code
and what it loads.  Starts of all alternate; medians are compared.  `--list` names the figures.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

import attrs

from benchmarks import artifacts
from benchmarks.figures import Figure, conclude
from riff.adapters.system.clock import SystemClock
from riff.usecases.units.lease_block import LeaseBlock, lease_block
from tests.support.builders import a_package, a_raffle
from tests.support.gateway import an_event, claims
from tests.support.postgres import PASSWORDS, MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of
from tests.support.venue import Venue
from tests.unit.riff.test_config import PARAMETERS, PAYMENTS
from tools.payment_sandbox.charges import Ledger
from tools.payment_sandbox.processor import Processor, Timing
from tools.payment_sandbox.server import SandboxServer

OPERATIONS: Final = ("sell_tickets", "create_online_order")
FIGURES: Final = tuple(f"start.{operation}" for operation in OPERATIONS)
MOST: Final = 4.0
ROUNDS: Final = 15
_ROOT: Final = "/riff/benchmark"
_ROLE: Final = "riff_critical"
_CLIENT: Final = Path(__file__).with_name("runtime_client.py")
_EMPTY: Final = 'def handler(event, context):\n    return {"statusCode": 201, "body": ""}\n'
_GOOD: Final = (200, 201)
_LEAST_PAGE: Final = 10
_NUMBERS: Final = 5

type Events = Callable[[int], Mapping[str, Any]]


class Surroundings(ThreadingHTTPServer):
    """Lambda's runtime interface and the parameter store, for one process after another."""

    daemon_threads = True

    def __init__(self) -> None:
        self.parameters: Mapping[str, str] = {}
        self.event: Mapping[str, Any] = {}
        self.answered = threading.Event()
        self.answer: Mapping[str, Any] = {}
        self.answered_at = 0.0
        self.import_s = 0.0
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Surroundings
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        """The next invocation."""
        self._reply(self.server.event, {"Lambda-Runtime-Aws-Request-Id": "start"})

    def do_POST(self) -> None:
        """The answer to the invocation, or a question to the parameter store."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "X-Amz-Target" in self.headers:
            self._reply(self._page(body))
            return
        server = self.server
        server.answered_at, server.answer = perf_counter(), body
        server.import_s = float(self.headers["Benchmark-Import-Seconds"])
        self._reply({})
        server.answered.set()

    def _page(self, query: Mapping[str, Any]) -> Mapping[str, Any]:
        path = f"{query['Path']}/"
        names = sorted(name for name in self.server.parameters if name.startswith(path))
        first = int(query.get("NextToken", 0))
        after = first + min(query["MaxResults"], _LEAST_PAGE)
        found = [{"Name": name, "Value": self.server.parameters[name]} for name in names[first:after]]
        return {"Parameters": found, **({"NextToken": str(after)} if after < len(names) else {})}

    def _reply(self, document: object, headers: Mapping[str, str] | None = None) -> None:
        content = json.dumps(document).encode()
        self.send_response(200)
        for name, value in {**(headers or {}), "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def main() -> int:
    """Measure, print, and tell by the exit status whether every target is met."""
    if sys.argv[1:] == ["--list"]:
        print(*FIGURES, sep="\n")
        return 0
    try:
        with ExitStack() as stack:
            return _measure(stack, Path(stack.enter_context(tempfile.TemporaryDirectory())))
    except artifacts.NotBuiltError as error:
        print(error)
        return 1


def _measure(stack: ExitStack, folder: Path) -> int:
    handlers = {name: artifacts.unpacked(name, folder / name) for name in OPERATIONS}
    (folder / "empty").mkdir()
    (folder / "empty" / "empty.py").write_text(_EMPTY)
    surroundings = stack.enter_context(_listening(Surroundings()))
    payments = SandboxServer(0, Processor(Ledger(folder / "charges.sqlite"), Timing()), "key")
    stack.enter_context(_listening(payments))
    cluster = stack.enter_context(running_cluster())
    database = stack.enter_context(migrated_database(cluster, "riff_start"))
    events = _events(stack, database)
    surroundings.parameters = _parameters(database, f"http://127.0.0.1:{payments.server_port}")
    starts: dict[str, list[tuple[float, float]]] = {name: [] for name in (*OPERATIONS, "empty")}
    for number in range(ROUNDS + 1):
        for name, measured in starts.items():
            # An empty handler does not look at what it is sent.
            surroundings.event = events.get(name, events[OPERATIONS[0]])(number)
            measured.append(_start(surroundings, folder / name, handlers.get(name, "empty.handler")))
    # The first round finds nothing in the caches of files.
    medians = {
        name: tuple(median(column) for column in zip(*measured[1:], strict=True))
        for name, measured in starts.items()
    }
    for name, (whole, importing) in medians.items():
        print(f"{name:20} {1000 * whole:7.0f} ms, {1000 * importing:.0f} ms of them importing")
    ratios = {name: medians[name][0] / medians["empty"][0] for name in OPERATIONS}
    return conclude(*(Figure(f"start.{name}", ratio, MOST, at_most=True) for name, ratio in ratios.items()))


def _parameters(database: MigratedDatabase, processor: str) -> Mapping[str, str]:
    """Everything that a function of the role may read, by its whole name."""
    settings = database.settings(_ROLE)
    common = {
        **PARAMETERS,
        "database/host": settings.host,
        "database/port": str(settings.port),
        "database/name": settings.name,
        "payments/endpoint": processor,
        "critical/certified_digest": artifacts.critical_digest(),
    }
    own = {"database/user": _ROLE, "database/password": PASSWORDS[_ROLE]}
    parts = {
        _ROOT: {name: value for name, value in common.items() if name not in own},
        f"{_ROOT}-critical": own,
        f"{_ROOT}-payments": {**PAYMENTS, "api_key": "key"},
    }
    return {f"{path}/{name}": value for path, part in parts.items() for name, value in part.items()}


def _events(stack: ExitStack, database: MigratedDatabase) -> Mapping[str, Events]:
    """Requests to each operation, by their number, at a raffle where a unit has leased a block."""
    stores = stack.enter_context(stores_of(database))
    venue = Venue.of(stores, a_raffle().active().with_packages(a_package(_NUMBERS, 1000)))
    selling = attrs.evolve(venue.critical, clock=SystemClock())
    lease_block(LeaseBlock(venue.actor, _NUMBERS * (ROUNDS + 1)), selling)

    def at_a_unit(number: int) -> Mapping[str, Any]:
        return an_event(
            "POST",
            "/units/me/sales",
            body={"package_id": str(venue.package.id), "tender": "cash"},
            headers={"Idempotency-Key": f"start-{number:04}"},
            token=claims(f"device of {venue.raffle.id}"),
        )

    def online(number: int) -> Mapping[str, Any]:
        return an_event(
            "POST",
            "/raffles/{raffle_id}/orders",
            body={
                "package_id": str(venue.package.id),
                "buyer": {"name": "Robin", "email": "robin@example.org"},
                "payment_method": "sandbox_ok",
            },
            variables={"raffle_id": str(venue.raffle.id)},
            headers={"Idempotency-Key": f"start-{number:04}"},
        )

    return {"sell_tickets": at_a_unit, "create_online_order": online}


def _start(surroundings: Surroundings, code: Path, handler: str) -> tuple[float, float]:
    """Seconds from the start of a process to its first response, and those that it spent importing."""
    surroundings.answered.clear()
    python = str(Path(sys.executable).resolve())
    environment = {
        "PATH": os.defpath,
        "AWS_LAMBDA_RUNTIME_API": surroundings.address,
        "AWS_ENDPOINT_URL": f"http://{surroundings.address}",
        "AWS_REGION": "ca-central-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "RIFF_ENVIRONMENT": "benchmark",
        "RIFF_CONFIG_PATH": _ROOT,
        "RIFF_DATABASE_ROLE": "critical",
    }
    command = [python, "-I", "-S", "-B", "-X", "utf8", str(_CLIENT), str(code), handler]
    started = perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        if not surroundings.answered.wait(30) or surroundings.answer["statusCode"] not in _GOOD:
            process.kill()
            raise RuntimeError(f"the start failed: {surroundings.answer}")
    return surroundings.answered_at - started, surroundings.import_s


@contextmanager
def _listening[Server: ThreadingHTTPServer](server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    sys.exit(main())
