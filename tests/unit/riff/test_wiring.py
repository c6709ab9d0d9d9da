"""From configuration to services."""

from collections.abc import Iterator, Mapping

import attrs
import pytest

from riff import wiring
from riff.adapters.aws.parameters import ParameterStore, ParameterStoreError
from riff.adapters.payments.plugin import PluggedPayments
from riff.adapters.postgres.migrate import PostgresSchema
from riff.adapters.system.clock import SystemClock
from riff.errors import IntegrityFailureError
from riff_critical.verification import critical_digest
from tests.support.wired import a_config
from tests.unit.riff.test_config import EVERY_ROLE, OWNERS, PARAMETERS, VARIABLES


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
        self.paths: list[str] = []

        def below(store: ParameterStore, path: str) -> Mapping[str, str]:
            self.stores.append(store)
            self.paths.append(path)
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(ParameterStore, "below", below)


def test_reads_the_configuration_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = Stored(monkeypatch, PARAMETERS)
    assert wiring.config() is wiring.config()
    assert (stored.paths, stored.stores[0].endpoint) == (
        ["/riff/local"],
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
    assert isinstance(services.payments, PluggedPayments)
    assert len(services.keys.new_key()) == 32


def test_failure_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    Stored(monkeypatch, ParameterStoreError("busy"), PARAMETERS)
    with pytest.raises(ParameterStoreError):
        wiring.services()
    assert wiring.services().selling.order_expiry_s == 900


def test_reaches_the_schema_as_its_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = Stored(monkeypatch, EVERY_ROLE, OWNERS)
    schema = wiring.schema()
    assert stored.paths == ["/riff/local", "/riff/local-owner"]
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
