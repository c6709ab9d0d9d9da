"""Fakes that honour the ports of riff, and a `Services` made of them."""

import attrs

from riff.ports.services import SellingSettings, Services
from riff_critical.verification import critical_digest
from tests.support.fakes.beacon import FakeBeacon
from tests.support.fakes.certified import FakeSeeds, FakeSelection
from tests.support.fakes.claims import FakeTicketValidation
from tests.support.fakes.geolocation import FakeGeolocation
from tests.support.fakes.payments import FakePayments, Method
from tests.support.fakes.runs import FakeRun
from tests.support.fakes.signing import FakeLedgers, FakeWitness
from tests.support.fakes.transactions import FakeTransactions
from tests.support.fakes.world import (
    NOON,
    PERMISSIVE,
    FakeClock,
    FakeIdentifiers,
    FakeKeySource,
    FakeLeases,
    FakeProfiles,
)

__all__ = [
    "NOON",
    "PERMISSIVE",
    "FakeBeacon",
    "FakeClock",
    "FakeGeolocation",
    "FakeIdentifiers",
    "FakeKeySource",
    "FakeLeases",
    "FakeLedgers",
    "FakePayments",
    "FakeProfiles",
    "FakeRun",
    "FakeSeeds",
    "FakeSelection",
    "FakeTicketValidation",
    "FakeTransactions",
    "FakeWitness",
    "Fakes",
    "Method",
]


def _an_evening() -> SellingSettings:
    return SellingSettings(online_block_slots=1000, online_lease_s=900, order_expiry_s=900)


@attrs.frozen
class Fakes:
    """Every fake, with its own type, so that tests can tell them what to do.

    `Fakes().services` is what an operation takes.
    """

    clock: FakeClock = attrs.field(factory=FakeClock)
    beacon: FakeBeacon = attrs.field(
        default=attrs.Factory(lambda fakes: FakeBeacon(fakes.clock), takes_self=True)
    )
    geolocation: FakeGeolocation = attrs.field(factory=FakeGeolocation)
    identifiers: FakeIdentifiers = attrs.field(factory=FakeIdentifiers)
    keys: FakeKeySource = attrs.field(factory=FakeKeySource)
    leases: FakeLeases = attrs.field(factory=FakeLeases)
    ledgers: FakeLedgers = attrs.field(factory=FakeLedgers)
    payments: FakePayments = attrs.field(factory=FakePayments)
    profiles: FakeProfiles = attrs.field(factory=FakeProfiles)
    seeds: FakeSeeds = attrs.field(factory=FakeSeeds)
    selection: FakeSelection = attrs.field(factory=FakeSelection)
    transactions: FakeTransactions = attrs.field(factory=FakeTransactions)
    validation: FakeTicketValidation = attrs.field(factory=FakeTicketValidation)
    selling: SellingSettings = attrs.field(factory=_an_evening)

    @property
    def services(self) -> Services:
        """The services that an operation takes."""
        return Services(
            beacon=self.beacon,
            certified_digest=critical_digest(),
            clock=self.clock,
            geolocation=self.geolocation,
            identifiers=self.identifiers,
            keys=self.keys,
            leases=self.leases,
            ledger=self.ledgers.signing,
            payments=self.payments,
            profiles=self.profiles,
            seeds=self.seeds,
            selection=self.selection,
            transactions=self.transactions,
            validation=self.validation,
            selling=self.selling,
        )
