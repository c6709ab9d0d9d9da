"""What prizes come to, as replies show it."""

from typing import Self
from uuid import UUID

import attrs

from riff.domain.money import Money
from riff.domain.raffles.prize import DrawKind, Prize
from riff.handlers._runtime.shapes.money import MoneyReply


@attrs.frozen
class PrizeAmountReply:
    """A prize and what it comes to."""

    id: UUID
    name: str
    draw: DrawKind
    rank: int
    amount: MoneyReply

    @classmethod
    def of(cls, prize: Prize, amount: Money) -> Self:
        """The prize with its amount."""
        return cls(prize.id, prize.name, prize.draw, prize.rank, MoneyReply.of(amount))
