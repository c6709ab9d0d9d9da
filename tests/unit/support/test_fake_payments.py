"""The fake processor honours the contract that the real plugins honour."""

from contextlib import suppress

import pytest

from riff.domain.identifiers import OrderId
from riff.errors import UnavailableError
from riff.ports.payments import Payments
from tests.support.contracts.payments import (
    PRICE,
    PaymentsContract,
    Processing,
    UnreachablePaymentsContract,
)
from tests.support.fakes import FakePayments, Method
from tests.support.fakes.payments import NOTICE_OF_NOTHING, SIGNED


@pytest.fixture(name="processing")
def _processing() -> Processing:
    payments = FakePayments()

    def take_and_hide(order: OrderId) -> None:
        with suppress(UnavailableError):
            payments.charge(order, PRICE, Method.TIMEOUT)

    return Processing(
        payments,
        {"ok": Method.OK, "decline": Method.DECLINE, "pending": Method.PENDING},
        payments.settle,
        take_and_hide,
        payments.returned,
        payments.return_at_desk,
        payments.notice,
        lambda order: payments.notice(order, refunded=True),
        (SIGNED, NOTICE_OF_NOTHING),
        (SIGNED, b"{}"),
    )


@pytest.fixture(name="unreachable")
def _unreachable() -> Payments:
    payments = FakePayments()
    payments.is_down = True
    return payments


class TestPayments(PaymentsContract):
    pass


class TestUnreachable(UnreachablePaymentsContract):
    pass
