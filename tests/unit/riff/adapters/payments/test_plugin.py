"""Configuration chooses among our own payment adapters, and nothing else."""

from uuid import uuid4

import pytest

from riff.adapters.payments import sandbox
from riff.adapters.payments.plugin import PaymentSettings, PluggedPayments, load
from riff.domain.checkout.charge import Charge, ChargeState
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.errors import NoticeRefusedError, UnavailableError
from riff.ports.payments import Payments
from tests.support.fakes import FakeClock

SETTINGS = PaymentSettings("http://127.0.0.1:1", "key", "secret")


def test_loads_an_adapter_by_name() -> None:
    assert load("riff.adapters.payments.sandbox") is sandbox


@pytest.mark.parametrize(
    "name",
    [
        "os",
        "sandbox",
        "riff.adapters.payments",
        "riff.adapters.payments.",
        "riff.adapters.payments.sandbox.connect",
        "riff.adapters.payments..sandbox",
        "riff.adapters.payments.sandbox\n",
        "riff.adapters.postgres",
    ],
)
def test_refuses_any_other_module(name: str) -> None:
    with pytest.raises(ValueError, match="module"):
        load(name)


def test_module_that_the_artifact_lacks_is_our_own_fault() -> None:
    with pytest.raises(ModuleNotFoundError):
        load("riff.adapters.payments.absent")


def test_processor_is_loaded_when_it_is_first_asked() -> None:
    absent = PluggedPayments("riff.adapters.payments.absent", SETTINGS, FakeClock())
    with pytest.raises(ModuleNotFoundError):
        absent.find(OrderId(uuid4()), Money(1, "CAD"))


def test_processor_answers_through_the_plug() -> None:
    payments: Payments = PluggedPayments("riff.adapters.payments.sandbox", SETTINGS, FakeClock())
    with pytest.raises(NoticeRefusedError):
        payments.read_notice({}, b"{}")
    order = OrderId(uuid4())
    charge = Charge("ch_1", order, Money(1, "CAD"), ChargeState.SUCCEEDED)
    with pytest.raises(UnavailableError):
        payments.find(order, charge.amount)
    with pytest.raises(UnavailableError):
        payments.refund(charge)
    with pytest.raises(UnavailableError):
        payments.charge(order, charge.amount, "sandbox_ok")


def test_secrets_are_not_printed() -> None:
    assert "secret" not in repr(PaymentSettings("http://127.0.0.1:1", "secret-key", "secret"))
