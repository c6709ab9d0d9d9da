"""Everything an operation may use, in one frozen value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from riff.ports.beacon import RandomnessBeacon
    from riff.ports.clock import Clock
    from riff.ports.geolocation import Geolocation
    from riff.ports.identity import Identifiers, KeySource
    from riff.ports.leases import Leases
    from riff.ports.payments import Payments
    from riff.ports.profiles import Profiles
    from riff.ports.seeds import Seeds
    from riff.ports.selection import WinnerSelection
    from riff.ports.signing import LedgerSigning, WitnessSetting
    from riff.ports.stores import Transactions
    from riff.ports.ticket_validation import TicketValidation
    from riff_critical.draw import Beacon


@attrs.frozen
class SellingSettings:
    """How this deployment sells; from configuration.

    Attributes:
        online_block_slots: size of a block of the online channel.
        online_lease_s: life of a lease of the online channel, in seconds.
        order_expiry_s: how long an online order waits for its payment, in seconds.
        unit_block_slots: size of a block of a sales unit.
        unit_buffer_records: how many sales a unit may make before it has to hand them in.
    """

    online_block_slots: int
    online_lease_s: int
    order_expiry_s: int
    unit_block_slots: int = 1_000
    unit_buffer_records: int = 500


@attrs.frozen
class PublicSettings:
    """How fresh what anyone may see is; from configuration.

    Attributes:
        answer_age_s: how old a jackpot or a display feed may be that somebody keeps, in seconds.
    """

    answer_age_s: int = 2


@attrs.frozen
class BeaconSettings:
    """The beacon of a deployment.

    Attributes:
        relays: where its values are fetched from; two at least, or none where no beacon is used.
        planned: the beacon that new raffles plan with.
    """

    relays: tuple[str, ...] = ()
    planned: Beacon | None = None


@attrs.frozen
class LocationSettings:
    """Who proves to this deployment where buyers are.

    Attributes:
        module: the supplier's.
        issuer: the supplier, as its evidence names it.
        audience: this deployment, as the supplier's evidence names it.
        public_key: what the supplier's signatures are checked with: Ed25519, 32 bytes.
    """

    module: str
    issuer: str
    audience: str
    public_key: bytes


@attrs.frozen
class SigningSettings:
    """How a deployment's ledgers are signed; all of it is empty where it signs none.

    Attributes:
        origin: what the name of every ledger begins with.
        public_key: what their signatures are checked with.
        module: the signer's.
        witnesses: who cosigns.
        quorum: how many of them must.
    """

    origin: str = ""
    public_key: bytes = b""
    module: str = ""
    witnesses: tuple[WitnessSetting, ...] = ()
    quorum: int = 0


@attrs.frozen
class Services:
    """What wiring builds from adapters, and tests build from fakes."""

    beacon: RandomnessBeacon
    certified_digest: str
    clock: Clock
    geolocation: Geolocation
    identifiers: Identifiers
    keys: KeySource
    leases: Leases
    ledger: LedgerSigning
    payments: Payments
    profiles: Profiles
    seeds: Seeds
    selection: WinnerSelection
    transactions: Transactions
    validation: TicketValidation
    selling: SellingSettings
    public: PublicSettings = attrs.field(factory=PublicSettings)
