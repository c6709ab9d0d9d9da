"""Money: an integer in the currency's smallest unit, with the currency's code."""

import re

import attrs

_CURRENCY = re.compile(r"[A-Z]{3}")
# Larger than any raffle ever held, and far from the edge of a 64-bit integer even when a raffle sums it up.
MOST_MINOR = 10**15


def currency_code(_instance: object, attribute: "attrs.Attribute[str]", value: str) -> None:
    """Validate an ISO 4217 alphabetic code.

    Raises:
        ValueError: the code is not three capital letters.
    """
    if not _CURRENCY.fullmatch(value):
        raise ValueError(f"{attribute.name} must be three capital letters (ISO 4217)")


@attrs.frozen
class Money:
    """An amount that is never negative.

    Attributes:
        minor: smallest units of the currency (cents for CAD).
        currency: ISO 4217 alphabetic code.
    """

    minor: int = attrs.field(validator=[attrs.validators.ge(0), attrs.validators.le(MOST_MINOR)])
    currency: str = attrs.field(validator=currency_code)
