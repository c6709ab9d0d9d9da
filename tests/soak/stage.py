"""Everything that a soak runs, the faults that strike it, and its end."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import attrs
import psycopg

from riff.errors import UnavailableError
from tests.soak.audit import Finding, audit, states
from tests.soak.scene import API_KEY, NOTICE_SECRET, Scene
from tests.soak.worker import told
from tests.support.builders import a_package, a_raffle
from tests.support.contracts import Stores
from tests.support.postgres import FAST, Cluster, MigratedDatabase, migrated_database, running_cluster
from tests.support.seeding import stores_of

_ROOT: Final = Path(__file__).resolve().parents[2]
_IMPORTS: Final = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT / "src" / "python"), str(_ROOT)])}
_SLOTS: Final = 50_000_000
_SETTLES_WITHIN_S: Final = 120
# Longer than a lease: who was frozen that long finds its block taken over.
_FROZEN_S: Final = 5.0
_TERMINATE: Final = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'soak'"
_ORDERLY: Final = (0, -signal.SIGTERM)
_OPEN: Final = "SELECT count(*) FROM checkout WHERE state = 'pending' OR refund = 'due'"


@attrs.define
class Process:
    """A process of the soak that is started again when it was killed.

    Attributes:
        command: how it is started.
        name: what it is.
        running: the process, or None before its start.
    """

    command: list[str]
    name: str
    log: Path
    running: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(self.command, stdout=log, stderr=log, cwd=_ROOT, env=_IMPORTS)  # noqa: S603 - our own modules

    def kill(self) -> None:
        """Kill it without a word, and start it again."""
        self.end(signal.SIGKILL)
        self.start()

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it; its exit status."""
        if self.running is None:
            return 0
        self.running.send_signal(how)
        return self.running.wait(timeout=30)


@attrs.frozen
class Cast:
    """Everybody on the stage."""

    sellers: list[Process]
    receiver: Process
    sweepers: list[Process]
    processor: Process

    @property
    def workers(self) -> list[Process]:
        """All that use the database."""
        return [*self.sellers, self.receiver, *self.sweepers]


def soak(seconds: int, sellers: int, seed: int, report: Callable[[str], object]) -> list[Finding]:
    """Sell for so long under faults, let everything settle, and audit.

    Args:
        seconds: how long faults strike.
        sellers: how many processes sell.
        seed: of the dice.
        report: takes the lines of the report.
    """
    with (
        tempfile.TemporaryDirectory(prefix="riff-soak-") as home,
        running_cluster(*FAST, "-c", "max_connections=60") as cluster,
        migrated_database(cluster, "riff_soak") as database,
        stores_of(database) as stores,
    ):
        folder = Path(home)
        scene = _scene(folder, cluster, database, stores)
        with _cast(scene, folder, sellers, seed) as cast:
            strikes = _strike(cast, database, seconds, random.Random(seed))  # noqa: S311 - no secret
            # One that was started a moment ago may not yet know how to end of its own accord.
            ends = {seller.name: seller.end() for seller in cast.sellers}
            died = [f"{name} ended with {how}" for name, how in ends.items() if how not in _ORDERLY]
            _settle(database)
        report(f"soak: {seconds} s, {sellers} sellers, seed {seed}; " + _listed(strikes))
        findings = [*_audited(scene, folder, database, stores, report), _unaided(folder, died)]
        for finding in findings:
            report(finding.line())
        return findings


def _scene(folder: Path, cluster: Cluster, database: MigratedDatabase, stores: Stores) -> Scene:
    package = a_package(5, 1000)
    raffle = stores.raffle(a_raffle().active().with_packages(package).with_slots(online=_SLOTS))
    (folder / "told").mkdir()
    scene = Scene(
        socket=str(cluster.home),
        database=database.name,
        raffle=str(raffle.id),
        package=str(package.id),
        processor=f"http://127.0.0.1:{_free_port()}",
        receiver_port=_free_port(),
        folder=str(folder / "told"),
    )
    scene.write(folder / "scene.json")
    secrets = {"api_key": API_KEY, "notice_secret": NOTICE_SECRET}
    (folder / "secrets.json").write_text(json.dumps(secrets))
    return scene


@contextmanager
def _cast(scene: Scene, folder: Path, sellers: int, seed: int) -> Iterator[Cast]:
    def worker(role: str, number: int) -> Process:
        module = [sys.executable, "-m", "tests.soak.worker"]
        command = [*module, role, str(folder / "scene.json"), str(seed * 1000 + number)]
        return Process(command, f"{role} {number}", folder / f"{role}-{number}.log")

    places = ["--state", str(folder / "payments"), "--secrets", str(folder / "secrets.json")]
    notices = ["--notice-url", f"http://127.0.0.1:{scene.receiver_port}/notices"]
    module = [sys.executable, "-m", "tools.payment_sandbox", "--port", scene.processor.rpartition(":")[2]]
    cast = Cast(
        [worker("seller", number) for number in range(sellers)],
        worker("receiver", 100),
        [worker("sweeper", 200 + number) for number in range(2)],
        Process([*module, *places, *notices], "processor", folder / "processor.log"),
    )
    everybody = [cast.processor, *cast.workers]
    try:
        for process in everybody:
            process.start()
        yield cast
    finally:
        for process in reversed(everybody):
            process.end(signal.SIGKILL)


def _strike(cast: Cast, database: MigratedDatabase, seconds: int, dice: random.Random) -> Counter[str]:
    """Let faults strike for so long; what struck how often."""
    strikes: Counter[str] = Counter()
    faults: dict[str, tuple[int, Callable[[], object]]] = {
        "sellers killed": (8, lambda: dice.choice(cast.sellers).kill()),
        "sellers frozen": (4, lambda: _freeze(dice.choice(cast.sellers))),
        "receivers killed": (3, cast.receiver.kill),
        "sweepers killed": (3, lambda: dice.choice(cast.sweepers).kill()),
        "processors killed": (3, cast.processor.kill),
        "connections cut": (5, lambda: _cut(database)),
        "databases restarted": (2, lambda: _restart(database.cluster, dice)),
    }
    weights = [weight for weight, _ in faults.values()]
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, dice.uniform(0.5, 3.0)))
        name = dice.choices(list(faults), weights)[0]
        faults[name][1]()
        strikes[name] += 1
    return strikes


def _freeze(process: Process) -> None:
    if process.running is not None:
        process.running.send_signal(signal.SIGSTOP)
        time.sleep(_FROZEN_S)
        process.running.send_signal(signal.SIGCONT)


def _cut(database: MigratedDatabase) -> None:
    with suppress(psycopg.Error), database.superuser() as connection:
        connection.execute(_TERMINATE)


def _restart(cluster: Cluster, dice: random.Random) -> None:
    cluster.stop(dice.choice([signal.SIGINT, signal.SIGQUIT]))
    time.sleep(dice.uniform(0, 1))
    cluster.start()


def _settle(database: MigratedDatabase) -> None:
    """Wait until nothing is pending or owed; the audit tells when that never comes."""
    end = time.monotonic() + _SETTLES_WITHIN_S
    while time.monotonic() < end:
        with database.superuser() as connection:
            if connection.execute(_OPEN).fetchone() == (0,):
                return
        time.sleep(0.5)


def _audited(
    scene: Scene, folder: Path, database: MigratedDatabase, stores: Stores, report: Callable[[str], object]
) -> Iterator[Finding]:
    with suppress(UnavailableError), stores.reader.begin() as work:
        work.blocks.subtotal(scene.raffle_id)  # the connection may be one that a restart has cut
    with stores.reader.begin() as work:
        sales = work.blocks.subtotal(scene.raffle_id).subtotal
    with database.superuser() as connection:
        report("  online orders: " + states(connection, scene.raffle_id))
        yield from audit(
            connection,
            scene.raffle_id,
            folder / "payments" / "charges.sqlite",
            told(Path(scene.folder)),
            sales.sold_cents - sales.voided_cents,
        )


def _unaided(folder: Path, died: list[str]) -> Finding:
    """No process may end by an error that nobody expects."""
    traces = [
        f"{log.name}: {log.read_text().strip().splitlines()[-1]}"
        for log in sorted(folder.glob("*.log"))
        if log.name != "processor.log" and "Traceback" in log.read_text()
    ]
    return Finding("no process failed by itself", [*traces, *died])


def _listed(strikes: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(strikes.items()))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
