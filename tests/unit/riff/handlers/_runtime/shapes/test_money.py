"""Money as text."""

import pytest

from riff.domain.money import Money
from riff.handlers._runtime.shapes.money import MoneyReply


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (0, "CAD", "CAD 0.00"),
        (5, "CAD", "CAD 0.05"),
        (123_450, "USD", "USD 1,234.50"),
        (10**15, "EUR", "EUR 10,000,000,000,000.00"),
        (1234, "JPY", "JPY 1,234"),
        (1_234_567, "KWD", "KWD 1,234.567"),
    ],
)
def test_amounts_are_formatted_by_their_currency(minor: int, currency: str, text: str) -> None:
    assert MoneyReply.of(Money(minor, currency)) == MoneyReply(minor, currency, text)
