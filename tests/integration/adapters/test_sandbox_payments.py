"""The sandbox plugin against the sandbox processor itself."""

import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from riff.adapters.payments.plugin import PaymentSettings, load
from riff.adapters.payments.sandbox import SandboxPayments
from riff.domain.checkout.charge import ChargeState
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.errors import IntegrityFailureError, InvalidRequestError, UnavailableError
from riff.ports.payments import Payments
from tests.support.fakes import FakeClock
from tools.payment_sandbox.charges import Ledger
from tools.payment_sandbox.processor import Processor, Timing
from tools.payment_sandbox.server import SandboxServer

PRICE = Money(2000, "CAD")


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[str]:
    """Where the running processor answers."""
    ledger = Ledger(tmp_path / "charges.sqlite")
    server = SandboxServer(0, Processor(ledger, Timing()), "key")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()
    ledger.close()


@pytest.fixture
def payments(endpoint: str) -> Payments:
    """The plugin as configuration loads it."""
    settings = PaymentSettings(endpoint, "key", "secret")
    return load("riff.adapters.payments.sandbox").connect(settings, FakeClock())


def an_order() -> OrderId:
    """A fresh order."""
    return OrderId(uuid4())


@pytest.mark.parametrize(
    ("method", "state"),
    [
        ("sandbox_ok", ChargeState.SUCCEEDED),
        ("sandbox_decline", ChargeState.DECLINED),
        ("sandbox_pending", ChargeState.PENDING),
    ],
)
def test_charges(payments: Payments, method: str, state: ChargeState) -> None:
    order = an_order()
    charge = payments.charge(order, PRICE, method)
    assert (charge.order_id, charge.amount, charge.state) == (order, PRICE, state)


def test_same_order_is_charged_once(payments: Payments) -> None:
    order = an_order()
    assert payments.charge(order, PRICE, "sandbox_ok") == payments.charge(order, PRICE, "sandbox_ok")


def test_finds_the_charge_of_an_order(payments: Payments) -> None:
    order = an_order()
    assert payments.find(order, PRICE) is None
    assert payments.charge(order, PRICE, "sandbox_ok") == payments.find(order, PRICE)


def test_reply_that_never_comes_is_unknown_until_asked_again(endpoint: str) -> None:
    impatient = SandboxPayments(PaymentSettings(endpoint, "key", "secret"), FakeClock(), 0.2)
    order = an_order()
    with pytest.raises(UnavailableError):
        impatient.charge(order, PRICE, "sandbox_timeout")
    found = impatient.find(order, PRICE)
    assert found is not None
    assert found.state is ChargeState.SUCCEEDED


def test_unknown_method_is_the_buyers_mistake(payments: Payments) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        payments.charge(an_order(), PRICE, "cheque")
    assert caught.value.violations[0][0] == "/payment_method"


def test_another_amount_under_an_orders_name_stops_everything(payments: Payments) -> None:
    order = an_order()
    payments.charge(order, PRICE, "sandbox_ok")
    with pytest.raises(IntegrityFailureError):
        payments.charge(order, Money(1, "CAD"), "sandbox_ok")


def test_refunds_once(payments: Payments) -> None:
    charge = payments.charge(an_order(), PRICE, "sandbox_ok")
    payments.refund(charge)
    payments.refund(charge)


def test_wrong_key_is_unavailable(endpoint: str) -> None:
    stranger = SandboxPayments(PaymentSettings(endpoint, "other", "secret"), FakeClock())
    with pytest.raises(UnavailableError):
        stranger.find(an_order(), PRICE)


def test_nobody_there_is_unavailable() -> None:
    nobody = SandboxPayments(PaymentSettings("http://127.0.0.1:1", "key", "secret"), FakeClock())
    with pytest.raises(UnavailableError):
        nobody.charge(an_order(), PRICE, "sandbox_ok")
