"""The configuration: strict, complete, and silent about secrets."""

import json

import pytest

from riff.config import (
    MOST_RECORDS,
    ROLES,
    PaymentSecrets,
    Surroundings,
    parse,
    parse_payments,
    parse_schema,
    parse_signing_key,
    surroundings,
)
from riff.errors import ConfigurationError
from riff.ports.services import BeaconSettings, LocationSettings, SigningSettings
from riff.ports.signing import WitnessSetting
from riff_critical.memory import MAX_RECORDS
from tests.support.quicknet import QUICKNET

VARIABLES = {
    "RIFF_ENVIRONMENT": "local",
    "RIFF_CONFIG_PATH": "/riff/local",
    "RIFF_DATABASE_ROLE": "critical",
    "AWS_REGION": "ca-central-1",
    "AWS_ACCESS_KEY_ID": "AKID",
    "AWS_SECRET_ACCESS_KEY": "s3cr3t",
}
PARAMETERS = {
    "database/host": "127.0.0.1",
    "database/port": "5432",
    "database/name": "riff",
    "database/user": "riff_critical",
    "database/password": "s3cr3t-critical",
    "selling/online_block_slots": "1000",
    "selling/online_lease_s": "900",
    "selling/order_expiry_s": "900",
    "payments/plugin": "riff.adapters.payments.sandbox",
    "payments/endpoint": "http://127.0.0.1:8080",
    "critical/certified_digest": "ab" * 32,
    "api/problem_base": "https://riff.example/problems/",
}
PAYMENTS = {"api_key": "s3cr3t-key", "notice_secret": "s3cr3t-notice"}
BEACON = {
    "draws/beacon/relays": "https://relay.example, https://other.example/drand",
    "draws/beacon/chain": json.dumps(QUICKNET.to_json()),
}


def test_reads_the_surroundings() -> None:
    expected = Surroundings("local", "/riff/local", "critical", "ca-central-1", None, "AKID", "s3cr3t", None)
    assert expected == surroundings(VARIABLES)


def test_local_stack_names_its_own_address() -> None:
    found = surroundings({**VARIABLES, "AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "AWS_SESSION_TOKEN": "t"})
    assert (found.endpoint, found.session_token) == ("http://127.0.0.1:4566", "t")


@pytest.mark.parametrize("name", VARIABLES)
def test_names_the_variable_that_is_absent(name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        surroundings({**VARIABLES, name: ""})
    assert caught.value.setting == name


def test_reads_what_the_role_needs() -> None:
    config = parse(PARAMETERS)
    assert (config.database_user, config.database_password) == ("riff_critical", "s3cr3t-critical")
    assert (config.database_port, config.selling.online_block_slots) == (5432, 1000)


def test_parameters_of_later_versions_do_not_disturb() -> None:
    assert parse({**PARAMETERS, "mail/plugin": "x"}) == parse(PARAMETERS)


def test_a_unit_buffers_no_more_than_its_memory_holds() -> None:
    """The number stands there again, since every start would else load the core's memory for it."""
    assert MOST_RECORDS == MAX_RECORDS


def test_answers_may_be_kept_as_long_as_configured_and_two_seconds_otherwise() -> None:
    assert parse(PARAMETERS).public.answer_age_s == 2
    assert parse({**PARAMETERS, "public/answer_age_s": "30"}).public.answer_age_s == 30


@pytest.mark.parametrize("name", PARAMETERS)
def test_names_the_parameter_that_is_absent(name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse({key: value for key, value in PARAMETERS.items() if key != name})
    assert caught.value.setting == name
    assert caught.value.__notes__ == [f"setting {name} is absent"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database/port", "0"),
        ("database/port", "65536"),
        ("database/port", "5432.0"),
        ("database/port", " 5432"),
        ("database/port", "٥٤٣٢"),
        ("database/port", "9" * 5000),
        ("selling/online_lease_s", "-1"),
        ("selling/online_block_slots", "1_000"),
        ("selling/order_expiry_s", "15m"),
        ("payments/plugin", "os"),
        ("payments/plugin", "riff.adapters.payments.sandbox.connect"),
        ("payments/plugin", "riff.adapters.payments."),
        ("payments/endpoint", "127.0.0.1:8080"),
        ("payments/endpoint", "file:///etc/passwd"),
        ("api/problem_base", "https://"),
        ("public/answer_age_s", "0"),
        ("critical/certified_digest", "ab" * 31),
        ("critical/certified_digest", "AB" * 32),
    ],
)
def test_names_the_parameter_that_is_malformed(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse({**PARAMETERS, name: value})
    assert caught.value.setting == name
    assert value not in caught.value.detail


OWNERS = {**PARAMETERS, "database/user": "riff_owner", "database/password": "s3cr3t-owner"}
EVERY_ROLE = [{"database/user": f"riff_{kind}", "database/password": f"s3cr3t-{kind}"} for kind in ROLES]


@pytest.mark.parametrize("part", [*ROLES, "owner", "payments"])
def test_what_not_every_function_reads_lies_beside_what_every_function_reads(part: str) -> None:
    here = surroundings(VARIABLES)
    assert here.path_of(part) == f"/riff/local-{part}"
    assert not here.path_of(part).startswith(f"{here.config_path}/")


def test_reads_what_the_migration_needs() -> None:
    config = parse_schema(OWNERS, EVERY_ROLE)
    assert (config.owner, config.owner_password) == ("riff_owner", "s3cr3t-owner")
    assert config.role_passwords == {f"riff_{kind}": f"s3cr3t-{kind}" for kind in ROLES}
    assert "s3cr3t" not in repr(config)


@pytest.mark.parametrize("name", ["database/user", "database/password"])
def test_names_the_owner_s_or_a_role_s_parameter_that_is_absent(name: str) -> None:
    for owners, roles in (({**OWNERS, name: ""}, EVERY_ROLE), (OWNERS, [{**EVERY_ROLE[0], name: ""}])):
        with pytest.raises(ConfigurationError, match="unavailable") as caught:
            parse_schema(owners, roles)
        assert caught.value.setting == name


def test_reads_what_is_shared_with_the_payment_processor() -> None:
    assert parse_payments(PAYMENTS) == PaymentSecrets("s3cr3t-key", "s3cr3t-notice")
    assert "s3cr3t" not in repr(parse_payments(PAYMENTS))


@pytest.mark.parametrize("name", PAYMENTS)
def test_names_the_secret_of_payments_that_is_absent(name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_payments({**PAYMENTS, name: ""})
    assert caught.value.setting == name


def test_reads_the_key_that_signs_ledgers() -> None:
    assert parse_signing_key({"signer/key": "arn"}) == "arn"
    with pytest.raises(ConfigurationError):
        parse_signing_key({})


def test_secrets_are_not_printed() -> None:
    assert "s3cr3t" not in repr(parse(PARAMETERS))
    assert "s3cr3t" not in repr(surroundings({**VARIABLES, "AWS_SESSION_TOKEN": "s3cr3t"}))


def test_a_deployment_may_have_no_beacon() -> None:
    assert parse(PARAMETERS).beacon == BeaconSettings()


def test_reads_the_beacon() -> None:
    beacon = parse({**PARAMETERS, **BEACON}).beacon
    assert beacon.relays == ("https://relay.example", "https://other.example/drand")
    assert beacon.planned == QUICKNET


@pytest.mark.parametrize("name", BEACON)
def test_a_beacon_is_set_whole(name: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse({**PARAMETERS, **BEACON, name: ""})
    assert caught.value.setting == name


BAD_BEACONS = {
    "draws/beacon/relays": ["https://relay.example", "https://relay.example,", "relay.example,other.example"],
    "draws/beacon/chain": ["quicknet", "{}", "[]", json.dumps({**QUICKNET.to_json(), "period": 0})],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, bad) for name, all_ in BAD_BEACONS.items() for bad in all_]
)
def test_refuses_a_beacon_that_cannot_be_one(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse({**PARAMETERS, **BEACON, name: value})
    assert caught.value.setting == name


WITNESS = "witness.example/w1+bbfab71d+BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
LEDGER = {
    "ledger/origin": "ledgers.example",
    "ledger/public_key": "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=",
    "ledger/signer/plugin": "riff.adapters.signing.kms",
}


def test_signs_no_ledgers_unless_it_is_told_how() -> None:
    assert parse(PARAMETERS).ledger == SigningSettings()


def test_reads_how_ledgers_are_signed_and_by_whom_they_are_witnessed() -> None:
    told = {"ledger/witnesses": f"{WITNESS} https://w.example/", "ledger/quorum": "1"}
    found = parse({**PARAMETERS, **LEDGER, **told}).ledger
    assert (found.origin, found.public_key) == ("ledgers.example", bytes(range(1, 33)))
    assert found.witnesses == (WitnessSetting(WITNESS, "https://w.example/"),)
    assert found.quorum == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ledger/public_key", ""),
        ("ledger/public_key", "AQID"),
        ("ledger/public_key", "?"),
        ("ledger/signer/plugin", "os"),
        ("ledger/witnesses", "nobody https://w.example/"),
        ("ledger/witnesses", WITNESS),
        ("ledger/witnesses", f"{WITNESS} ftp://w.example/"),
        ("ledger/quorum", "1"),
    ],
)
def test_refuses_a_setting_of_ledgers_that_is_malformed(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse({**PARAMETERS, **LEDGER, name: value})
    assert caught.value.setting == name


LOCATION = {
    "location/plugin": "riff.adapters.location.signed",
    "location/issuer": "https://locations.example",
    "location/audience": "riff-dev",
    "location/public_key": "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=",
}


def test_locates_nobody_unless_it_is_told_who_does() -> None:
    assert parse(PARAMETERS).location is None


def test_reads_who_proves_where_buyers_are() -> None:
    assert parse({**PARAMETERS, **LOCATION}).location == LocationSettings(
        "riff.adapters.location.signed", "https://locations.example", "riff-dev", bytes(range(1, 33))
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("location/plugin", "os"),
        ("location/plugin", ""),
        ("location/issuer", ""),
        ("location/audience", ""),
        ("location/public_key", ""),
        ("location/public_key", "AQID"),
    ],
)
def test_a_supplier_of_locations_is_set_whole(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse({**PARAMETERS, **LOCATION, name: value})
    assert caught.value.setting == name
