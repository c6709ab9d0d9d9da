"""From configuration to services: the one place that knows both the ports and what stands behind them.

A function builds its services at its first request and keeps them; a failure is not kept, so that the next
request tries again.  Nothing is connected when a module is imported.
"""

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from riff import config as settings
from riff.adapters.aws.parameters import ParameterStore
from riff.adapters.aws.signed_request import Credentials
from riff.adapters.postgres import Database, DatabaseSettings, PostgresTransactions
from riff.adapters.system.clock import SystemClock
from riff.adapters.system.identifiers import SystemIdentifiers
from riff.adapters.system.leases import ProcessLeases
from riff.adapters.system.profiles import CataloguedProfiles
from riff.config import Config, Surroundings
from riff.errors import IntegrityFailureError
from riff.ports.services import Services
from riff_critical.verification import critical_digest

# What few functions use is imported when it is asked for: it would slow the start of all others.
if TYPE_CHECKING:
    from riff.adapters.aws.functions import CertifiedFunctions
    from riff.adapters.aws.key_management import KeyManagement
    from riff.ports.beacon import RandomnessBeacon
    from riff.ports.geolocation import Geolocation
    from riff.ports.identity import KeySource
    from riff.ports.payments import Payments
    from riff.ports.schema import Schema
    from riff.ports.seeds import Seeds
    from riff.ports.selection import WinnerSelection
    from riff.ports.signing import LedgerSigning, NoteSigner
    from riff.ports.ticket_validation import TicketValidation


@cache
def config() -> Config:
    """The configuration of this deployment, read once.

    Raises:
        ConfigurationError: a setting is absent or malformed.
        ParameterStoreError: the parameter store does not answer.
    """
    here = settings.surroundings()
    return settings.parse(_store(here).below(here.config_path, here.path_of(here.database_role)))


@cache
def services() -> Services:
    """Everything that operations may use, built once.

    Raises:
        ConfigurationError, ParameterStoreError: as `config` does.
    """
    return _built(config())


@cache
def schema() -> "Schema":
    """The schema of the database, as its owner reaches it; the migrations stand beside this package.

    Raises:
        ConfigurationError, ParameterStoreError: as `config` does, and where the owner's part may not be read.
    """
    from riff.adapters.postgres.migrate import PostgresSchema  # noqa: PLC0415 - see above

    here = settings.surroundings()
    store = _store(here)
    found = settings.parse_schema(
        store.below(here.config_path, here.path_of("owner")),
        [store.below(here.path_of(role)) for role in settings.ROLES],
    )
    owner = DatabaseSettings(
        found.database_host, found.database_port, found.database_name, found.owner, found.owner_password
    )
    return PostgresSchema(owner, found.role_passwords, Path(__file__).parents[1] / "db")


@cache
def require_certified_core() -> None:
    """Refuse to change anything unless the certified core is, byte for byte, the one that was certified.

    Raises:
        IntegrityFailureError: the digests differ.
    """
    found, certified = critical_digest(), config().certified_digest
    if found != certified:
        error = IntegrityFailureError("The certified core is not the certified one.")
        error.add_note(f"digest {found}, certified {certified}")
        raise error


class _Late:
    """What a builder makes, made when something of it is asked for."""

    def __init__(self, build: Callable[[], object]) -> None:
        self._build = build

    @cached_property
    def _built(self) -> object:
        return self._build()

    def __getattr__(self, name: str) -> object:
        return getattr(self._built, name)


def _late[Port](build: Callable[[], Port]) -> Port:
    return cast("Port", _Late(build))


def _store(here: Surroundings) -> ParameterStore:
    return ParameterStore(
        Credentials(here.access_key, here.secret_key, here.session_token),
        here.region,
        here.endpoint or f"https://ssm.{here.region}.amazonaws.com",
    )


def _built(found: Config) -> Services:
    return Services(
        beacon=_late(_beacon),
        certified_digest=found.certified_digest,
        clock=SystemClock(),
        geolocation=_late(_geolocation),
        identifiers=SystemIdentifiers(),
        keys=_late(_keys),
        leases=ProcessLeases(),
        ledger=_late(_ledger),
        payments=_late(_payments),
        profiles=CataloguedProfiles(),
        seeds=_late(_seeds),
        selection=_late(_selection),
        validation=_late(_validation),
        transactions=PostgresTransactions(Database(_database(found))),
        selling=found.selling,
        public=found.public,
    )


def _beacon() -> "RandomnessBeacon":
    from riff.adapters.beacon.plugin import PluggedBeacon  # noqa: PLC0415 - see above

    return PluggedBeacon(config().beacon, SystemClock())


def _certified_functions(here: Surroundings) -> "CertifiedFunctions":
    from riff.adapters.aws.functions import CertifiedFunctions  # noqa: PLC0415 - see above

    return CertifiedFunctions(
        Credentials(here.access_key, here.secret_key, here.session_token),
        here.region,
        here.endpoint or f"https://lambda.{here.region}.amazonaws.com",
        here.environment,
    )


def _selection() -> "WinnerSelection":
    from riff.adapters.aws.winner_selection import CertifiedSelection  # noqa: PLC0415 - see above

    return CertifiedSelection(_certified_functions(settings.surroundings()))


def _validation() -> "TicketValidation":
    from riff.adapters.aws.ticket_validation import CertifiedTicketValidation  # noqa: PLC0415 - see above

    return CertifiedTicketValidation(_certified_functions(settings.surroundings()))


def _geolocation() -> "Geolocation":
    from riff.adapters.location.plugin import PluggedGeolocation  # noqa: PLC0415 - see above

    return PluggedGeolocation(config().location, SystemClock())


def _seeds() -> "Seeds":
    from riff.adapters.aws.seed_key import KeptSeeds  # noqa: PLC0415 - see above

    here = settings.surroundings()
    return KeptSeeds(_key_management(here), f"alias/riff-{here.environment}-seeds")


def _key_management(here: Surroundings) -> "KeyManagement":
    from riff.adapters.aws.key_management import KeyManagement  # noqa: PLC0415 - see above

    return KeyManagement(
        Credentials(here.access_key, here.secret_key, here.session_token),
        here.region,
        here.endpoint or f"https://kms.{here.region}.amazonaws.com",
    )


def _keys() -> "KeySource":
    from riff.adapters.system.keys import SystemKeys  # noqa: PLC0415 - see above

    return SystemKeys()


def _ledger() -> "LedgerSigning":
    from riff.adapters.signing.plugin import PluggedCheck  # noqa: PLC0415 - see above
    from riff.adapters.signing.witness import HttpWitness  # noqa: PLC0415 - see above
    from riff.ports.signing import LedgerSigning  # noqa: PLC0415 - see above

    found = config().ledger
    return LedgerSigning(
        origin=found.origin,
        public_key=found.public_key,
        signer=_late(_signer),
        check=PluggedCheck(),
        witnesses=tuple(map(HttpWitness, found.witnesses)),
        quorum=found.quorum,
    )


def _signer() -> "NoteSigner":
    from riff.adapters.signing.plugin import PluggedSigner  # noqa: PLC0415 - see above

    key = settings.parse_signing_key(_part("ledger"))
    return PluggedSigner(config().ledger.module, key, _key_management(settings.surroundings()))


def _database(found: Config) -> DatabaseSettings:
    return DatabaseSettings(
        host=found.database_host,
        port=found.database_port,
        name=found.database_name,
        user=found.database_user,
        password=found.database_password,
    )


def _payments() -> "Payments":
    from riff.adapters.payments.plugin import PaymentSettings, PluggedPayments  # noqa: PLC0415 - see above

    found, keys = config(), settings.parse_payments(_part("payments"))
    connection = PaymentSettings(found.payments_endpoint, keys.api_key, keys.notice_secret)
    return PluggedPayments(found.payments_plugin, connection, SystemClock())


def _part(name: str) -> Mapping[str, str]:
    """What this function may read because of a grant, asked for when it is needed."""
    here = settings.surroundings()
    return _store(here).below(here.path_of(name))
