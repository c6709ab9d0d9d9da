"""POST /staff/raffles/{raffle_id}/seal: seal the list that will be drawn from."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.draws.instants import from_milliseconds
from riff.domain.identifiers import RaffleId
from riff.domain.money import Money
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.money import MoneyReply
from riff.usecases.draws.seal_raffle import SealedRaffle, SealRaffle, seal_raffle
from riff.wiring import services


@attrs.frozen
class SealedPrizeReply:
    """What a prize comes to, for all of its winners together."""

    prize_id: UUID
    amount: MoneyReply


@attrs.frozen
class SealedPoolReply:
    """The list of one draw: how many numbers take part, and the root of the list."""

    draw: int
    numbers: int
    root: str


@attrs.frozen
class SealedRaffleReply:
    """The seal, before any draw.

    Attributes:
        seal: its hash, in hexadecimal.
        words: the first half of it, to be read aloud.
        sold: numbers that take part in the whole draw.
    """

    raffle_id: UUID
    seal: str
    words: str
    sealed_at: datetime
    sold: int
    voided: int
    unsold: int
    gross: MoneyReply
    ledger_size: int
    ledger_root: str
    pools: tuple[SealedPoolReply, ...]
    prizes: tuple[SealedPrizeReply, ...]

    @classmethod
    def of(cls, sealed: SealedRaffle) -> Self:
        """What is read aloud and what is computed with."""
        seal, tally, currency = sealed.seal, sealed.seal.tally, sealed.manifest.currency
        return cls(
            raffle_id=sealed.raffle_id,
            seal=seal.hash().hex(),
            words=seal.words(),
            sealed_at=from_milliseconds(seal.sealed_at),
            sold=tally.sold,
            voided=tally.voided,
            unsold=tally.unsold,
            gross=MoneyReply.of(Money(tally.gross, currency)),
            ledger_size=seal.ledger_size,
            ledger_root=seal.ledger_root.hex(),
            pools=tuple(
                SealedPoolReply(draw, pool.numbers, pool.root.hex())
                for draw, pool in enumerate(seal.pools, start=1)
            ),
            prizes=tuple(
                SealedPrizeReply(UUID(prize.prize), MoneyReply.of(Money(prize.amount, currency)))
                for prize in seal.prizes
            ),
        )


@endpoint(permission="draws:seal", idempotent=True)
def handler(request: Request[None]) -> Ok[SealedRaffleReply]:
    """Answer with the seal."""
    command = SealRaffle(request.actor, RaffleId(request.path_id("raffle_id")))
    return Ok(SealedRaffleReply.of(seal_raffle(command, services())))
