"""Everything that differs by deployment, read once when a function starts, into one frozen value.

The environment variables say where the function is; the parameter store says the rest: plain values below the
path that they name, and beside it a path for each role of the database and for each service with secrets of
its own.  A function may read the parts that it needs, and no other.  Nothing else in the system reads either.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import attrs

from riff.errors import ConfigurationError
from riff.ports.services import (
    BeaconSettings,
    LocationSettings,
    PublicSettings,
    SellingSettings,
    SigningSettings,
)
from riff.ports.signing import WitnessSetting
from riff_critical.encoding import unbase64
from riff_critical.errors import InvalidInputError

# What few functions use is imported where it is read: it would slow the start of all others.
if TYPE_CHECKING:
    from riff_critical.draw import Beacon

# As many as the core's memory of a sales unit has room for.
MOST_RECORDS: Final = 100_000
# The roles of the database that functions work under; the owner of the schema is none of them.
ROLES: Final = ("reader", "business", "critical")
_ED25519_KEY_BYTES: Final = 32
_MOST_SECONDS: Final = 86_400
_MOST_SLOTS: Final = 1_000_000
_MOST_PORT: Final = 65_535
_DIGEST_LENGTH: Final = 64
_MOST_WITNESSES: Final = 16
_LEDGER_ORIGIN: Final = "ledger/origin"
_LOCATION_PLUGIN: Final = "location/plugin"
_BEACON_CHAIN: Final = "draws/beacon/chain"
_BEACON_RELAYS: Final = "draws/beacon/relays"


@attrs.frozen
class Surroundings:
    """What the environment variables say.

    Attributes:
        environment: name of this environment.
        config_path: path of the parameters that every function of this environment may read.
        database_role: which of the database's roles the function works under.
        region: AWS region.
        endpoint: where AWS's services answer, when it is not AWS itself.
        access_key: of the function's own role.
        secret_key: of the function's own role.
        session_token: of the function's own role; None where credentials do not expire.
    """

    environment: str
    config_path: str
    database_role: str
    region: str
    endpoint: str | None
    access_key: str = attrs.field(repr=False)
    secret_key: str = attrs.field(repr=False)
    session_token: str | None = attrs.field(repr=False)

    def path_of(self, part: str) -> str:
        """Path of what not every function may read: a role's or a service's.

        It lies beside the path of the others: whoever may read that one reaches nothing here.
        """
        return f"{self.config_path}-{part}"


@attrs.frozen
class Config:
    """What the parameter store says.

    Attributes:
        database_host: where PostgreSQL answers.
        database_port: on which port.
        database_name: which database.
        database_user: the PostgreSQL role of this function.
        database_password: its password.
        selling: how this deployment sells.
        payments_plugin: module of the payment processor.
        payments_endpoint: where the processor answers.
        beacon: the public beacon of this deployment's draws.
        ledger: how the ledgers of this deployment are signed.
        certified_digest: digest of the certified core, in hexadecimal.
        problem_base: what the codes of problems are appended to in their `type`.
        public: how fresh what anyone may see is.
        location: who proves where buyers are; None where nobody does.
    """

    database_host: str
    database_port: int
    database_name: str
    database_user: str
    database_password: str = attrs.field(repr=False)
    selling: SellingSettings
    payments_plugin: str
    payments_endpoint: str
    beacon: BeaconSettings
    ledger: SigningSettings
    certified_digest: str
    problem_base: str
    public: PublicSettings = attrs.field(factory=PublicSettings)
    location: LocationSettings | None = None


@attrs.frozen
class PaymentSecrets:
    """What only a function that asks the payment processor may read.

    Attributes:
        api_key: proves to the processor who asks.
        notice_secret: proves that a notice is the processor's.
    """

    api_key: str = attrs.field(repr=False)
    notice_secret: str = attrs.field(repr=False)


@attrs.frozen
class SchemaConfig:
    """What the migration of the database needs, and nothing else may read.

    Attributes:
        database_host: where PostgreSQL answers.
        database_port: on which port.
        database_name: which database.
        owner: the PostgreSQL role that owns the schema.
        owner_password: its password.
        role_passwords: of the roles that functions work under.
    """

    database_host: str
    database_port: int
    database_name: str
    owner: str
    owner_password: str = attrs.field(repr=False)
    role_passwords: Mapping[str, str] = attrs.field(repr=False)


def surroundings(variables: Mapping[str, str] = os.environ) -> Surroundings:
    """The function's surroundings.

    Raises:
        ConfigurationError: a variable is absent.
    """
    needed = _Settings(variables)
    return Surroundings(
        environment=needed.text("RIFF_ENVIRONMENT"),
        config_path=needed.text("RIFF_CONFIG_PATH"),
        database_role=needed.text("RIFF_DATABASE_ROLE"),
        region=needed.text("AWS_REGION"),
        endpoint=variables.get("AWS_ENDPOINT_URL"),
        access_key=needed.text("AWS_ACCESS_KEY_ID"),
        secret_key=needed.text("AWS_SECRET_ACCESS_KEY"),
        session_token=variables.get("AWS_SESSION_TOKEN") or None,
    )


def parse(parameters: Mapping[str, str]) -> Config:
    """The configuration of a function.

    Args:
        parameters: those that every function reads, with those of its role of the database.

    Raises:
        ConfigurationError: a parameter is absent or malformed.
    """
    needed = _Settings(parameters)
    return Config(
        database_host=needed.text("database/host"),
        database_port=needed.number("database/port", _MOST_PORT),
        database_name=needed.text("database/name"),
        database_user=needed.text("database/user"),
        database_password=needed.text("database/password"),
        selling=SellingSettings(
            online_block_slots=needed.number("selling/online_block_slots", _MOST_SLOTS),
            online_lease_s=needed.number("selling/online_lease_s", _MOST_SECONDS),
            order_expiry_s=needed.number("selling/order_expiry_s", _MOST_SECONDS),
            unit_block_slots=needed.number("selling/unit_block_slots", _MOST_SLOTS, absent=1_000),
            unit_buffer_records=needed.number("selling/unit_buffer_records", MOST_RECORDS, absent=500),
        ),
        payments_plugin=needed.module("payments/plugin", "riff.adapters.payments"),
        payments_endpoint=needed.address("payments/endpoint"),
        beacon=_beacon(parameters),
        ledger=_ledger(parameters),
        certified_digest=needed.digest("critical/certified_digest"),
        problem_base=needed.address("api/problem_base"),
        public=PublicSettings(
            answer_age_s=needed.number(
                "public/answer_age_s", _MOST_SECONDS, absent=PublicSettings().answer_age_s
            )
        ),
        location=_location(parameters),
    )


def parse_payments(parameters: Mapping[str, str]) -> PaymentSecrets:
    """The secrets that are shared with the payment processor.

    Raises:
        ConfigurationError: one is absent.
    """
    needed = _Settings(parameters)
    return PaymentSecrets(needed.text("api_key"), needed.text("notice_secret"))


def parse_signing_key(parameters: Mapping[str, str]) -> str:
    """What the signer's module needs to know of the ledgers' private key: the key itself, or its name.

    Raises:
        ConfigurationError: it is absent.
    """
    return _Settings(parameters).text("signer/key")


def parse_schema(parameters: Mapping[str, str], roles: Iterable[Mapping[str, str]]) -> SchemaConfig:
    """The configuration of the function that migrates the database.

    Args:
        parameters: those that every function reads, with those of the owner of the schema.
        roles: those of each role that functions work under.

    Raises:
        ConfigurationError: a parameter is absent or malformed.
    """
    needed, others = _Settings(parameters), tuple(map(_Settings, roles))
    return SchemaConfig(
        database_host=needed.text("database/host"),
        database_port=needed.number("database/port", _MOST_PORT),
        database_name=needed.text("database/name"),
        owner=needed.text("database/user"),
        owner_password=needed.text("database/password"),
        role_passwords={role.text("database/user"): role.text("database/password") for role in others},
    )


def _beacon(parameters: Mapping[str, str]) -> BeaconSettings:
    """The beacon's settings, which are there together or not at all."""
    if not {_BEACON_CHAIN, _BEACON_RELAYS} & set(parameters):
        return BeaconSettings()
    needed = _Settings(parameters)
    return BeaconSettings(needed.addresses(_BEACON_RELAYS, least=2), needed.beacon(_BEACON_CHAIN))


def _ledger(parameters: Mapping[str, str]) -> SigningSettings:
    """How ledgers are signed, which is there together or not at all; witnesses are a choice."""
    if _LEDGER_ORIGIN not in parameters:
        return SigningSettings()
    needed = _Settings(parameters)
    witnesses = needed.witnesses("ledger/witnesses") if "ledger/witnesses" in parameters else ()
    return SigningSettings(
        origin=needed.text(_LEDGER_ORIGIN),
        public_key=needed.key("ledger/public_key"),
        module=needed.module("ledger/signer/plugin", "riff.adapters.signing"),
        witnesses=witnesses,
        quorum=needed.number("ledger/quorum", len(witnesses), absent=0),
    )


def _location(parameters: Mapping[str, str]) -> LocationSettings | None:
    """The supplier of locations, which is there whole or not at all."""
    if _LOCATION_PLUGIN not in parameters:
        return None
    needed = _Settings(parameters)
    return LocationSettings(
        module=needed.module(_LOCATION_PLUGIN, "riff.adapters.location"),
        issuer=needed.text("location/issuer"),
        audience=needed.text("location/audience"),
        public_key=needed.key("location/public_key"),
    )


@attrs.frozen
class _Settings:
    """Settings by name, each read strictly."""

    _values: Mapping[str, str] = attrs.field(repr=False)

    def text(self, name: str) -> str:
        value = self._values.get(name)
        if not value:
            raise ConfigurationError(name, "is absent")
        return value

    def number(self, name: str, most: int, absent: int | None = None) -> int:
        if absent is not None and name not in self._values:
            return absent
        return int(
            self._checked(
                name,
                lambda text: (
                    text.isascii()
                    and text.isdecimal()
                    and len(text) <= len(str(most))
                    and 1 <= int(text) <= most
                ),
                f"must be a number from 1 to {most}",
            )
        )

    def address(self, name: str) -> str:
        return self._checked(
            name,
            _is_address,
            "must be an http or https address",
        )

    def addresses(self, name: str, least: int) -> tuple[str, ...]:
        found = tuple(text.strip() for text in self.text(name).split(","))
        if len(found) < least or not all(map(_is_address, found)):
            raise ConfigurationError(name, f"must be {least} or more http or https addresses, with commas")
        return found

    def beacon(self, name: str) -> "Beacon":
        from riff_critical.draw import Beacon  # noqa: PLC0415 - see above

        try:
            return Beacon.from_json(json.loads(self.text(name)))
        except (ValueError, RecursionError, InvalidInputError) as error:
            raise ConfigurationError(name, f"is not a document: {error}") from error

    def key(self, name: str) -> bytes:
        try:
            found = unbase64(self.text(name))
        except InvalidInputError as error:
            raise ConfigurationError(name, "is not base64") from error
        if len(found) != _ED25519_KEY_BYTES:
            raise ConfigurationError(name, f"must be a public key of {_ED25519_KEY_BYTES} bytes")
        return found

    def witnesses(self, name: str) -> tuple[WitnessSetting, ...]:
        """Verifier key and address of each, with commas between them."""
        from riff_critical.ledger import VerifierKey  # noqa: PLC0415 - see above

        pairs = [text.split() for text in self.text(name).split(",")]
        try:
            found = tuple(
                WitnessSetting(VerifierKey.from_text(key).to_text(), address) for key, address in pairs
            )
        except (ValueError, InvalidInputError) as error:
            raise ConfigurationError(name, "must be keys, each with an address") from error
        if len(found) > _MOST_WITNESSES or not all(_is_address(each.address) for each in found):
            raise ConfigurationError(name, f"must be {_MOST_WITNESSES} witnesses at most, with addresses")
        return found

    def module(self, name: str, parent: str) -> str:
        return self._checked(
            name,
            lambda text: text.rpartition(".")[0] == parent and text.rpartition(".")[2].isidentifier(),
            f"must name a module of {parent}",
        )

    def digest(self, name: str) -> str:
        return self._checked(
            name,
            lambda text: len(text) == _DIGEST_LENGTH and not text.strip("0123456789abcdef"),
            "must be a SHA-256 in lower-case hexadecimal digits",
        )

    def _checked(self, name: str, holds: Callable[[str], bool], rule: str) -> str:
        value = self.text(name)
        if not holds(value):
            raise ConfigurationError(name, rule)
        return value


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
