"""Configuration chooses among our own payment adapters, and nothing else."""

import pytest

from riff.adapters.payments import sandbox
from riff.adapters.payments.plugin import PaymentSettings, load


def test_loads_an_adapter_by_name() -> None:
    assert load("riff.adapters.payments.sandbox") is sandbox


@pytest.mark.parametrize(
    "name",
    [
        "os",
        "sandbox",
        "riff.adapters.payments",
        "riff.adapters.payments.",
        "riff.adapters.payments.absent",
        "riff.adapters.payments.sandbox.connect",
        "riff.adapters.payments..sandbox",
        "riff.adapters.payments.sandbox\n",
        "riff.adapters.postgres",
    ],
)
def test_refuses_any_other_module(name: str) -> None:
    with pytest.raises(ValueError, match="module"):
        load(name)


def test_secrets_are_not_printed() -> None:
    assert "secret" not in repr(PaymentSettings("http://127.0.0.1:1", "secret-key", "secret"))
