"""The sandbox plugin against the sandbox processor itself, by the contract of every processor."""

import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import attrs
import pytest

from riff.adapters.payments.plugin import PaymentSettings, load
from riff.adapters.payments.sandbox import SandboxPayments
from riff.adapters.system.clock import SystemClock
from riff.domain.identifiers import OrderId
from riff.errors import UnavailableError
from riff.ports.payments import Payments
from tests.support.contracts.payments import (
    PRICE,
    PaymentsContract,
    Processing,
    UnreachablePaymentsContract,
    an_order,
)
from tools.payment_sandbox.charges import Ledger, Notice
from tools.payment_sandbox.notices import SIGNATURE_HEADER, signature
from tools.payment_sandbox.processor import Processor, Timing
from tools.payment_sandbox.server import SandboxServer

SECRET = "secret"


@attrs.frozen
class Sandbox:
    """The running processor, with what it remembers at hand."""

    endpoint: str
    ledger: Ledger

    def notice(self, kind: str, order: OrderId) -> tuple[Mapping[str, str], bytes]:
        """A signed notice about the order's charge."""
        charge = self.ledger.of_order(str(order))[-1].shown()
        return self.signed({"id": "evt_1", "type": kind, "charge": charge})

    def return_at_desk(self, order: OrderId, minor: int) -> None:
        """Somebody returns money there by hand."""
        charge, name = self.ledger.of_order(str(order))[-1], secrets.token_hex(8)
        notice = Notice(f"evt_{name}", charge.id, "charge.refunded", time.time(), deliveries=1)
        self.ledger.refund(f"re_{name}", minor, f"desk-{name}", notice)

    def signed(self, document: object) -> tuple[Mapping[str, str], bytes]:
        """Headers and body, as the courier sends them."""
        body = json.dumps(document).encode()
        return {SIGNATURE_HEADER.lower(): signature(SECRET, int(time.time()), body)}, body


@pytest.fixture(name="sandbox")
def _sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    ledger = Ledger(tmp_path / "charges.sqlite")
    server = SandboxServer(0, Processor(ledger, Timing(pending_s=60)), "key")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Sandbox(f"http://127.0.0.1:{server.server_port}", ledger)
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()
    ledger.close()


@pytest.fixture(name="processing")
def _processing(sandbox: Sandbox) -> Processing:
    settings = PaymentSettings(sandbox.endpoint, "key", SECRET)
    impatient = SandboxPayments(settings, SystemClock(), 0.2)

    def take_and_hide(order: OrderId) -> None:
        with suppress(UnavailableError):
            impatient.charge(order, PRICE, "sandbox_timeout")

    return Processing(
        load("riff.adapters.payments.sandbox").connect(settings, SystemClock()),
        {"ok": "sandbox_ok", "decline": "sandbox_decline", "pending": "sandbox_pending"},
        lambda _: sandbox.ledger.settle(time.time() + 120),
        take_and_hide,
        lambda order: sum(charge.refunded for charge in sandbox.ledger.of_order(str(order))),
        sandbox.return_at_desk,
        lambda order: sandbox.notice("charge.succeeded", order),
        lambda order: sandbox.notice("charge.refunded", order),
        None,
        sandbox.signed({"id": "evt_1", "type": "charge.danced"}),
    )


@pytest.fixture(name="unreachable")
def _unreachable() -> Payments:
    return SandboxPayments(PaymentSettings("http://127.0.0.1:1", "key", SECRET), SystemClock())


class TestPayments(PaymentsContract):
    pass


class TestUnreachable(UnreachablePaymentsContract):
    pass


def test_a_reply_that_never_comes_is_unknown_until_asked_again(sandbox: Sandbox) -> None:
    impatient = SandboxPayments(PaymentSettings(sandbox.endpoint, "key", SECRET), SystemClock(), 0.2)
    order = an_order()
    with pytest.raises(UnavailableError):
        impatient.charge(order, PRICE, "sandbox_timeout")
    assert impatient.charge(order, PRICE, "sandbox_timeout") == impatient.find(order, PRICE)


def test_wrong_key_is_unavailable(sandbox: Sandbox) -> None:
    stranger = SandboxPayments(PaymentSettings(sandbox.endpoint, "other", SECRET), SystemClock())
    with pytest.raises(UnavailableError):
        stranger.find(an_order(), PRICE)
