"""Functions wired to fakes."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from riff import wiring
from riff.config import Config
from riff.ports.services import BeaconSettings, SellingSettings, SigningSettings
from tests.support.fakes import Fakes

DIGEST = "0" * 64
PROBLEM_BASE = "https://riff.example/problems/"


def a_config(certified_digest: str = DIGEST) -> Config:
    """The configuration of a deployment for tests."""
    return Config(
        database_host="127.0.0.1",
        database_port=5432,
        database_name="riff",
        database_user="riff_reader",
        database_password="password",
        selling=SellingSettings(online_block_slots=1000, online_lease_s=900, order_expiry_s=900),
        payments_plugin="riff.adapters.payments.sandbox",
        payments_endpoint="http://127.0.0.1:1",
        beacon=BeaconSettings(),
        ledger=SigningSettings(),
        certified_digest=certified_digest,
        problem_base=PROBLEM_BASE,
    )


@contextmanager
def wired(monkeypatch: pytest.MonkeyPatch, fakes: Fakes, config: Config | None = None) -> Iterator[Fakes]:
    """While the block lasts, every function gets its services from these fakes."""
    found = config or a_config()
    kept = (wiring.services, wiring.require_certified_core)
    for cached in kept:
        cached.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(wiring, "config", lambda: found)
        patch.setattr(wiring, "_built", lambda _: fakes.services)
        patch.setattr(wiring, "critical_digest", lambda: DIGEST)
        yield fakes
    for cached in kept:
        cached.cache_clear()
