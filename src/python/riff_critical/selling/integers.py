"""The numbers that selling works with: whole, bounded, and never a truth value.

Slots, amounts, counts and instants are all integers, and none exceeds MAX_INTEGER of the canonical
encoding, so that every reader of a published record keeps them exactly.  `bool` is refused although Python
counts it as `int`, because `True` in place of an amount is always a mistake.
"""

from riff_critical.declarations import Final
from riff_critical.encoding import MAX_INTEGER
from riff_critical.errors import InvalidInputError

MAX_SLOTS: Final = 10**9
"""Largest number space of a raffle; the numbering is proved a bijection up to here."""


class NotAnIntegerError(InvalidInputError):
    """A value is not an integer, or lies outside its bounds."""

    code = "not-an-integer"

    def __init__(self, name: str, value: object, minimum: int, maximum: int) -> None:
        super().__init__(f"{name} must be an integer from {minimum} to {maximum}, not {value!r}")


def require_integer(name: str, value: object, minimum: int = 0, maximum: int = MAX_INTEGER) -> None:
    """Refuse everything but an integer from `minimum` to `maximum`, both included.

    Raises:
        NotAnIntegerError: it is something else.
    """
    if type(value) is not int or not minimum <= value <= maximum:
        raise NotAnIntegerError(name, value, minimum, maximum)
