"""A raffle whose draws are over, for the handlers that publish them."""

from collections.abc import Iterator

import pytest

from riff.domain.raffles.profile import DrawMode
from tests.support.drawing import DrawStage, a_profile
from tests.support.fakes import FakeProfiles, Fakes, FakeWitness
from tests.support.wired import wired


@pytest.fixture(name="draws")
def _draws(monkeypatch: pytest.MonkeyPatch) -> Iterator[DrawStage]:
    """An activated raffle whose ledger has a witness that must cosign."""
    with wired(monkeypatch, Fakes(profiles=FakeProfiles(a_profile(DrawMode.RNG_ONLY)))) as fakes:
        fakes.ledgers.witnesses.append(FakeWitness("witness.example/w1", fakes.clock))
        fakes.ledgers.quorum = 1
        yield DrawStage.of(DrawMode.RNG_ONLY, fakes=fakes)
