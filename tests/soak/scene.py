"""What the processes of a soak share: where everything is, written to a file that each of them reads."""

import json
from pathlib import Path
from typing import Self
from uuid import UUID

import attrs

from riff.adapters.payments.plugin import PaymentSettings
from riff.adapters.payments.sandbox import SandboxPayments
from riff.adapters.postgres import Database, DatabaseSettings, PostgresTransactions
from riff.adapters.system.clock import SystemClock
from riff.adapters.system.identifiers import SystemIdentifiers
from riff.adapters.system.leases import ProcessLeases
from riff.domain.identifiers import PackageId, RaffleId
from riff.ports.services import SellingSettings, Services
from tests.support.fakes import Fakes
from tests.support.postgres import PASSWORDS

API_KEY, NOTICE_SECRET = "soak-key", "soak-secret"
# Small enough for leases to be lost and orders to expire many times within a minute.
SELLING = SellingSettings(online_block_slots=200, online_lease_s=4, order_expiry_s=8)
# Shorter than what the slow methods of payment take.
_PATIENCE_S = 0.5
_CRITICAL = "riff_critical"


@attrs.frozen
class Scene:
    """Where everything is.

    Attributes:
        socket: directory of the server's socket.
        database: name of the database.
        raffle: the raffle that sells.
        package: what is sold.
        processor: where the payment processor answers.
        receiver_port: where its notices go.
        folder: where sellers write down what they were told.
    """

    socket: str
    database: str
    raffle: str
    package: str
    processor: str
    receiver_port: int
    folder: str

    @classmethod
    def read(cls, file: Path) -> Self:
        """The scene that `write` wrote."""
        return cls(**json.loads(file.read_text()))

    def write(self, file: Path) -> None:
        """Write it down."""
        file.write_text(json.dumps(attrs.asdict(self)))

    @property
    def raffle_id(self) -> RaffleId:
        """The raffle."""
        return RaffleId(UUID(self.raffle))

    @property
    def package_id(self) -> PackageId:
        """What is sold."""
        return PackageId(UUID(self.package))

    def services(self) -> Services:
        """What one process uses: a connection, leases and a clock of its own."""
        settings = DatabaseSettings(
            self.socket, 5432, self.database, _CRITICAL, PASSWORDS[_CRITICAL], application="soak"
        )
        processor = PaymentSettings(self.processor, API_KEY, NOTICE_SECRET)
        return attrs.evolve(
            Fakes().services,
            clock=SystemClock(),
            identifiers=SystemIdentifiers(),
            leases=ProcessLeases(),
            payments=SandboxPayments(processor, SystemClock(), _PATIENCE_S),
            transactions=PostgresTransactions(Database(settings)),
            selling=SELLING,
        )
