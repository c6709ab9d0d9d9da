import attrs
import pytest

from riff.errors import ConfigurationError
from riff.ports.services import Services
from riff.usecases.audit.ledger_log import ledger_key, log_of
from tests.support.fakes import FakeWitness
from tests.support.stage import Stage


def test_a_deployment_that_signs_no_ledgers_says_so() -> None:
    stage = Stage.of()
    services = stage.fakes.services
    silent: Services = attrs.evolve(services, ledger=attrs.evolve(services.ledger, public_key=b""))
    with pytest.raises(ConfigurationError):
        log_of(stage.raffle.id, silent)


def test_states_who_signs_and_who_witnesses() -> None:
    stage = Stage.of()
    witness = FakeWitness("witness.example/w1", stage.fakes.clock)
    stage.fakes.ledgers.witnesses.append(witness)
    stage.fakes.ledgers.quorum = 1
    log = log_of(stage.raffle.id, stage.fakes.services)
    assert log.log_key() == ledger_key(stage.raffle.id, stage.fakes.services)
    assert log.witness_keys() == (witness.key,)
    assert log.quorum == 1
