"""Money as people and programs read it."""

from typing import Final, Self

import attrs

from riff.domain.money import Money

# Currencies whose smallest unit is not a hundredth (ISO 4217).
_DIGITS: Final = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(),  # noqa: SIM905 - reads better
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_HUNDREDTHS: Final = 2


@attrs.frozen
class MoneyReply:
    """An amount.

    Attributes:
        minor: smallest units of the currency.
        currency: ISO 4217 alphabetic code.
        formatted: for boards and pages that cannot compute: `CAD 1,234.50`.
    """

    minor: int
    currency: str
    formatted: str

    @classmethod
    def of(cls, money: Money) -> Self:
        """The amount, with its text."""
        return cls(money.minor, money.currency, _formatted(money))


def _formatted(money: Money) -> str:
    digits = _DIGITS.get(money.currency, _HUNDREDTHS)
    whole, rest = divmod(money.minor, 10**digits)
    return f"{money.currency} {whole:,}" + (f".{rest:0{digits}}" if digits else "")
