"""GLI-31 2.2.2, time limits: sales happen within a window, down to its boundary instants."""

from datetime import UTC, datetime, timedelta

import pytest

from riff_critical.lifecycle import ORDER, Guard, GuardUnsatisfiedError, OrderEvent, OrderState, advance
from riff_critical.selling import SalesClosedError, SalesNotOpenError, SalesWindow, instant

OPENS = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
CLOSES = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)
WINDOW = SalesWindow(instant(OPENS), instant(CLOSES))
MICROSECOND = timedelta(microseconds=1)


@pytest.mark.parametrize("at", [OPENS, OPENS + MICROSECOND, CLOSES - MICROSECOND])
def test_sells_from_the_opening_until_just_before_the_close(at: datetime) -> None:
    WINDOW.require_open(instant(at))


def test_refuses_a_microsecond_before_the_opening() -> None:
    with pytest.raises(SalesNotOpenError):
        WINDOW.require_open(instant(OPENS - MICROSECOND))


@pytest.mark.parametrize("at", [CLOSES, CLOSES + MICROSECOND, CLOSES + timedelta(days=400)])
def test_refuses_from_the_instant_of_closing_on(at: datetime) -> None:
    with pytest.raises(SalesClosedError):
        WINDOW.require_open(instant(at))


def test_no_order_gets_numbers_outside_the_window() -> None:
    with pytest.raises(GuardUnsatisfiedError, match="sales-open"):
        advance(
            ORDER,
            OrderState.PENDING,
            OrderEvent.PAY,
            {Guard.PAYMENT_CONFIRMED, Guard.ORDER_UNEXPIRED},
        )
