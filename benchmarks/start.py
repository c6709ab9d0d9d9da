"""The cold start of a purchase, against that of an empty handler.

Each start is a new process: a bare interpreter, a client of Lambda's runtime interface, the unpacked zip and
one invocation, from the start of the process to the first response.  The purchase is `create_online_order`
as built, with everything that its first request does: reading the parameters page by page, checking the
digest of the core, connecting, leasing a block, charging, selling.  PostgreSQL, the parameter store and the
payment processor are on this machine, so what is measured is our code and what it loads.  Starts of the two
alternate; medians are compared.  `--list` names the figures.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src" / "python"))

from benchmarks import artifacts
from benchmarks.figures import Figure, conclude
from tests.support.builders import a_package, a_raffle
from tests.support.gateway import an_event
from tests.support.postgres import PASSWORDS, migrated_database, running_cluster
from tests.support.seeding import stores_of
from tests.unit.riff.test_config import PARAMETERS
from tools.payment_sandbox.charges import Ledger
from tools.payment_sandbox.processor import Processor, Timing
from tools.payment_sandbox.server import SandboxServer

FIGURES: Final = ("start.create_online_order",)
OPERATION: Final = "create_online_order"
MOST: Final = 4.0
ROUNDS: Final = 15
_ROOT: Final = "/riff/benchmark"
_ROLE: Final = "riff_critical"
_CLIENT: Final = Path(__file__).with_name("runtime_client.py")
_EMPTY: Final = 'def handler(event, context):\n    return {"statusCode": 201, "body": ""}\n'
_LEAST_PAGE: Final = 10


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
        names = sorted(self.server.parameters)
        first = int(query.get("NextToken", 0))
        after = first + min(query["MaxResults"], _LEAST_PAGE)
        found = [
            {"Name": f"{_ROOT}/{name}", "Value": self.server.parameters[name]} for name in names[first:after]
        ]
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
    ours, empty = folder / "ours", folder / "empty"
    handler = artifacts.unpacked(OPERATION, ours)
    empty.mkdir()
    (empty / "empty.py").write_text(_EMPTY)
    surroundings = stack.enter_context(_listening(Surroundings()))
    payments = SandboxServer(0, Processor(Ledger(folder / "charges.sqlite"), Timing()), "key")
    stack.enter_context(_listening(payments))
    cluster = stack.enter_context(running_cluster())
    database = stack.enter_context(migrated_database(cluster, "riff_start"))
    stores = stack.enter_context(stores_of(database))
    package = a_package(5, 1000)
    raffle = stores.raffle(a_raffle().active().with_packages(package))
    settings = database.settings(_ROLE)
    surroundings.parameters = {
        **PARAMETERS,
        "database/host": settings.host,
        "database/port": str(settings.port),
        "database/name": settings.name,
        "database/users/critical": _ROLE,
        "database/passwords/critical": PASSWORDS[_ROLE],
        "payments/endpoint": f"http://127.0.0.1:{payments.server_port}",
        "payments/api_key": "key",
        "critical/certified_digest": artifacts.critical_digest(),
    }
    starts: list[tuple[float, float]] = []
    imports = []
    for number in range(ROUNDS + 1):
        surroundings.event = an_event(
            "POST",
            "/raffles/{raffle_id}/orders",
            body={
                "package_id": str(package.id),
                "buyer": {"name": "Robin", "email": "robin@example.org"},
                "payment_method": "sandbox_ok",
            },
            variables={"raffle_id": str(raffle.id)},
            headers={"Idempotency-Key": f"start-{number:04}"},
        )
        pair = _start(surroundings, ours, handler), _start(surroundings, empty, "empty.handler")
        if number:  # the first finds nothing in the caches of files
            starts.append((pair[0][0], pair[1][0]))
            imports.append(pair[0][1])
    mine, theirs = (median(column) for column in zip(*starts, strict=True))
    print(f"create_online_order {1000 * mine:7.0f} ms, {1000 * median(imports):.0f} ms of them importing")
    print(f"empty handler       {1000 * theirs:7.0f} ms")
    return conclude(Figure("start.create_online_order", mine / theirs, MOST, at_most=True))


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
        if not surroundings.answered.wait(30) or surroundings.answer["statusCode"] != 201:  # noqa: PLR2004
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
