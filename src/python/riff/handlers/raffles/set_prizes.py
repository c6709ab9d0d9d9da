"""PUT /staff/raffles/{raffle_id}/prizes: replace the prizes of a raffle that is not yet active."""

from typing import Annotated
from uuid import UUID

import attrs

from riff.domain.identifiers import PrizeId, RaffleId
from riff.domain.money import MOST_MINOR
from riff.domain.raffles.prize import DrawKind, Prize, PrizeKind
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Items, Length
from riff.handlers._runtime.shapes.raffle import RaffleSetupReply
from riff.usecases.raffles.set_prizes import SetPrizes, set_prizes
from riff.wiring import services
from riff_critical.selling import Basis, Rounding

_UNNAMED = UUID(int=0)


@attrs.frozen
class PrizeBody:
    """A prize, as it is set."""

    rank: Annotated[int, Between(1, 1_000)]
    name: Annotated[str, Length(1, 120)]
    draw: DrawKind
    kind: PrizeKind
    amount_minor: Annotated[int, Between(0, MOST_MINOR)] = 0
    share_bp: Annotated[int, Between(0, 10_000)] = 0
    seed_minor: Annotated[int, Between(0, MOST_MINOR)] = 0
    guaranteed_minor: Annotated[int, Between(0, MOST_MINOR)] = 0
    cap_minor: Annotated[int, Between(1, MOST_MINOR)] | None = None
    basis: Basis = Basis.GROSS
    rounding_minor: Annotated[int, Between(1, 100_000)] = 1
    rounding: Rounding = Rounding.DOWN
    winners: Annotated[int, Between(1, 1_000)] = 1

    def __attrs_post_init__(self) -> None:
        self.prize(_UNNAMED)  # the domain's rules between members hold while the body is read

    def prize(self, prize_id: UUID) -> Prize:
        """The prize of that name."""
        return Prize(id=PrizeId(prize_id), **attrs.asdict(self))


@attrs.frozen
class SetPrizesBody:
    """All prizes of all draws."""

    prizes: Annotated[tuple[PrizeBody, ...], Items(0, 30)]


@endpoint(body=SetPrizesBody, permission="raffles:configure", idempotent=True)
def handler(request: Request[SetPrizesBody]) -> Ok[RaffleSetupReply]:
    """Answer with the raffle's whole setup."""
    command = SetPrizes(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        prizes=[prize.prize(services().identifiers.new()) for prize in request.body.prizes],
    )
    return Ok(RaffleSetupReply.of(set_prizes(command, services())))
