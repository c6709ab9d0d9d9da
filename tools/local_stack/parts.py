"""The parts of the stack: how each is started, how it is asked whether it is well, how it is stopped."""

import abc
import json
import os
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from tools.beacon_simulator.chain import Chain
from tools.local_aws.settings import DEFAULT_REGION
from tools.local_stack.folder import DATABASE, LEDGER_KEY, OWNER, Folder
from tools.local_stack.ledger_key import LEDGER_ORIGIN, public_key
from tools.local_stack.ports import HOST
from tools.local_stack.postgres_cluster import ENVIRONMENT, Cluster
from tools.local_stack.processes import Process, recall, remember, start_detached
from tools.witness_simulator.witness import verifier_key

_NOTICES: Final = "/v1/payments/notices"
CHECKOUT: Final = Path(__file__).resolve().parents[2]


class Part(abc.ABC):
    """One process of the stack."""

    name: ClassVar[str]
    stop_signal: ClassVar[int] = signal.SIGTERM
    port_offset: ClassVar[int]

    def __init__(self, folder: Folder, port_base: int) -> None:
        self.folder = folder
        self.port = port_base + self.port_offset

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.folder.logs / f"{self.name}.log"

    @property
    def _record(self) -> Path:
        return self.folder.processes / f"{self.name}.json"

    def process(self) -> Process | None:
        """The process that was started, whether or not it still runs."""
        return recall(self._record)

    def start(self) -> Process:
        """Start it and write down that it was."""
        started = start_detached(self.command(), self.log, self.working_directory(), self.environment())
        remember(self._record, started)
        return started

    def adopt(self, process: Process) -> None:
        """Write down a process of this part that runs without having been written down."""
        remember(self._record, process)

    def forget(self) -> None:
        """Remove the record of a process that has ended."""
        self._record.unlink(missing_ok=True)

    def prepare(self) -> None:  # noqa: B027 - most parts have nothing to prepare
        """Make what must exist before the start."""

    def working_directory(self) -> Path:
        """Where the process runs: the checkout, so that it finds its modules."""
        return CHECKOUT

    def environment(self) -> Mapping[str, str]:
        """The variables of the process."""
        return {**os.environ, "PYTHONUNBUFFERED": "1"}

    @abc.abstractmethod
    def command(self) -> Sequence[str | Path]:
        """The command line."""

    @abc.abstractmethod
    def healthy(self) -> bool:
        """Whether it answers."""

    @abc.abstractmethod
    def address(self) -> str:
        """Where it answers, for people."""

    @abc.abstractmethod
    def described(self) -> dict[str, Any]:
        """What `stack.json` says about it."""


class Postgres(Part):
    """The database."""

    name = "postgres"
    port_offset = 1
    stop_signal = signal.SIGINT  # a fast shutdown: it does not wait for clients to leave

    def __init__(self, folder: Folder, port_base: int) -> None:
        super().__init__(folder, port_base)
        self._cluster = Cluster(folder, self.port)

    def prepare(self) -> None:
        """Make the cluster, or what a killed server left usable."""
        self._cluster.ensure(self.folder.read_secrets()[OWNER])
        if (running := self._cluster.running()) is not None:
            self.adopt(running)
            return
        self._cluster.forget_dead_server()

    def working_directory(self) -> Path:
        """Anywhere that exists for every account; the server goes to its data directory."""
        return Path("/")

    def environment(self) -> Mapping[str, str]:
        """Nothing of the caller's, whose settings of PostgreSQL are for other servers."""
        return ENVIRONMENT

    def command(self) -> Sequence[str | Path]:
        """The server."""
        return self._cluster.command()

    def healthy(self) -> bool:
        """Whether the owner can ask it something."""
        return self._cluster.healthy(self.folder.read_secrets()[OWNER])

    def address(self) -> str:
        """As psql takes it, without the password."""
        return f"postgresql://{OWNER}@{HOST}:{self.port}/{DATABASE}"

    def described(self) -> dict[str, Any]:
        """Everything but the passwords, which are in the file of secrets."""
        return {"host": HOST, "port": self.port, "database": DATABASE, "owner": OWNER}


class LocalAws(Part):
    """The local AWS."""

    name = "aws"
    port_offset = 0

    def command(self) -> Sequence[str | Path]:
        """The launcher of ministack with its extension."""
        module = [sys.executable, "-X", "utf8", "-m", "tools.local_aws"]
        return [*module, "--port", str(self.port), "--state", self.folder.aws]

    def healthy(self) -> bool:
        """Whether its health page answers."""
        return _answers(f"{self.address()}/_ministack/health")

    def address(self) -> str:
        """The endpoint for SDKs."""
        return f"http://{HOST}:{self.port}"

    def described(self) -> dict[str, Any]:
        """The endpoint, and where the API answers once it is deployed."""
        return {"endpoint": self.address(), "region": DEFAULT_REGION, "api": f"{self.address()}/v1"}


class Payments(Part):
    """The payment sandbox."""

    name = "payments"
    port_offset = 2

    def command(self) -> Sequence[str | Path]:
        """The sandbox; where the API will answer is known before it is deployed."""
        module = [sys.executable, "-X", "utf8", "-m", "tools.payment_sandbox"]
        places: list[str | Path] = ["--state", self.folder.payments, "--secrets", self.folder.secrets]
        notices = f"http://{HOST}:{self.port - self.port_offset + LocalAws.port_offset}{_NOTICES}"
        return [*module, "--port", str(self.port), *places, "--notice-url", notices]

    def healthy(self) -> bool:
        """Whether its health page answers."""
        return _answers(f"{self.address()}/health")

    def address(self) -> str:
        """Its endpoint."""
        return f"http://{HOST}:{self.port}"

    def described(self) -> dict[str, Any]:
        """The endpoint; the API key is in the file of secrets."""
        return {"endpoint": self.address()}


class Beacon(Part):
    """The simulated randomness beacon, on two ports as two relays."""

    name = "beacon"
    port_offset = 3
    relays: ClassVar[int] = 2

    def prepare(self) -> None:
        """Make the beacon's key, so that what it is can be told."""
        Chain.kept_in(self.folder.beacon)

    def command(self) -> Sequence[str | Path]:
        """The simulator."""
        module = [sys.executable, "-X", "utf8", "-m", "tools.beacon_simulator"]
        ports = [str(self.port + relay) for relay in range(self.relays)]
        return [*module, "--state", self.folder.beacon, "--ports", *ports]

    def healthy(self) -> bool:
        """Whether every relay's health page answers."""
        return all(_answers(f"{relay}/health") for relay in self._addresses)

    def address(self) -> str:
        """The first relay."""
        return self._addresses[0]

    def described(self) -> dict[str, Any]:
        """The relays, and the beacon as a manifest names it, once it has a key."""
        named = Chain.kept_in(self.folder.beacon).document if self.folder.beacon.exists() else None
        return {"relays": self._addresses, "chain": json.dumps(named, sort_keys=True)}

    @property
    def _addresses(self) -> list[str]:
        return [f"http://{HOST}:{self.port + relay}" for relay in range(self.relays)]


class Witness(Part):
    """The simulated witness, which cosigns the ledgers of this stack."""

    name = "witness"
    port_offset = 5

    def command(self) -> Sequence[str | Path]:
        """The simulator; it knows the key that signs the ledgers."""
        module = [sys.executable, "-X", "utf8", "-m", "tools.witness_simulator"]
        known = ["--origin", LEDGER_ORIGIN, "--key", public_key(self.folder.read_secrets()[LEDGER_KEY])]
        return [*module, "--port", str(self.port), "--state", self.folder.witness, *known]

    def healthy(self) -> bool:
        """Whether its health page answers."""
        return _answers(f"{self.address()}/health")

    def address(self) -> str:
        """Where it is asked."""
        return f"http://{HOST}:{self.port}"

    def described(self) -> dict[str, Any]:
        """Where it answers, and the key that its cosignatures are checked with."""
        return {"endpoint": self.address(), "key": verifier_key(self.folder.witness)}


def parts_of(folder: Folder, port_base: int) -> list[Part]:
    """All parts, in the order in which they are started."""
    kinds = (Postgres, LocalAws, Payments, Beacon, Witness)
    return [kind(folder, port_base) for kind in kinds]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:  # noqa: S310 - loopback
            reply.read()
            return True
    except (urllib.error.URLError, OSError):
        return False
