"""From configuration to services."""

import base64
from collections.abc import Iterator, Mapping

import attrs
import pytest

from riff import wiring
from riff.adapters.aws.parameters import ParameterStore, ParameterStoreError
from riff.adapters.postgres.migrate import PostgresSchema
from riff.adapters.system.clock import SystemClock
from riff.errors import IntegrityFailureError, NotAuthenticatedError
from riff_critical.verification import critical_digest
from tests.support.wired import a_config
from tests.unit.riff.test_config import EVERY_ROLE, LEDGER, OWNERS, PARAMETERS, PAYMENTS, VARIABLES


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A function that has served nothing yet."""
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    cached = (wiring.config, wiring.services, wiring.schema, wiring.require_certified_core)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


class Stored:
    """Stands where the parameter store is asked; counts how often."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: Mapping[str, str] | Exception) -> None:
        self.answers = list(answers)
        self.stores: list[ParameterStore] = []
        self.paths: list[tuple[str, ...]] = []

        def below(store: ParameterStore, *paths: str) -> Mapping[str, str]:
            self.stores.append(store)
            self.paths.append(paths)
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(ParameterStore, "below", below)


def test_reads_the_configuration_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = Stored(monkeypatch, PARAMETERS)
    assert wiring.config() is wiring.config()
    assert (stored.paths, stored.stores[0].endpoint) == (
        [("/riff/local", "/riff/local-critical")],
        "https://ssm.ca-central-1.amazonaws.com",
    )


def test_asks_the_local_stack_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    stored = Stored(monkeypatch, PARAMETERS)
    wiring.config()
    assert stored.stores[0].endpoint == "http://127.0.0.1:4566"


def test_builds_services_once(monkeypatch: pytest.MonkeyPatch) -> None:
    Stored(monkeypatch, PARAMETERS)
    services = wiring.services()
    assert services is wiring.services()
    assert isinstance(services.clock, SystemClock)
    assert len(services.keys.new_key()) == 32


def test_asks_for_the_secrets_of_payments_when_a_payment_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = Stored(monkeypatch, PARAMETERS, PAYMENTS)
    payments = wiring.services().payments
    assert len(stored.paths) == 1
    for _ in range(2):
        with pytest.raises(NotAuthenticatedError):
            payments.read_notice({}, b"")
    assert stored.paths[1:] == [("/riff/local-payments",)]


def test_asks_for_the_key_of_ledgers_when_something_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    key = base64.b64encode(bytes(32)).decode()
    signer = {"ledger/signer/plugin": "riff.adapters.signing.ed25519"}
    stored = Stored(monkeypatch, {**PARAMETERS, **LEDGER, **signer}, {"signer/key": key})
    ledger = wiring.services().ledger
    assert ledger.origin == "ledgers.example"
    assert len(stored.paths) == 1
    assert len(ledger.signer.sign(b"message")) == 64
    assert stored.paths[1:] == [("/riff/local-ledger",)]


def test_failure_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    Stored(monkeypatch, ParameterStoreError("busy"), PARAMETERS)
    with pytest.raises(ParameterStoreError):
        wiring.services()
    assert wiring.services().selling.order_expiry_s == 900


def test_reaches_the_schema_as_its_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = Stored(monkeypatch, OWNERS, *EVERY_ROLE)
    schema = wiring.schema()
    roles = [(f"/riff/local-{role}",) for role in ("reader", "business", "critical")]
    assert stored.paths == [("/riff/local", "/riff/local-owner"), *roles]
    assert isinstance(schema, PostgresSchema)
    assert (schema.owner.user, schema.source.name) == ("riff_owner", "db")


def test_certified_core_may_work(monkeypatch: pytest.MonkeyPatch) -> None:
    Stored(monkeypatch, {**PARAMETERS, "critical/certified_digest": critical_digest()})
    wiring.require_certified_core()


def test_core_that_is_not_the_certified_one_may_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "config", lambda: attrs.evolve(a_config(), certified_digest="f" * 64))
    for _ in range(2):
        with pytest.raises(IntegrityFailureError):
            wiring.require_certified_core()
