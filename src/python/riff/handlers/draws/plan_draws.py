"""PUT /staff/raffles/{raffle_id}/draw-plan: decide how the draws are held."""

from datetime import datetime
from typing import Annotated, Self

import attrs

from riff.domain.draws.plan import DrawPlan
from riff.domain.identifiers import RaffleId
from riff.errors import InvalidRequestError
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Items
from riff.handlers.draws._draw import PARTY
from riff.usecases.draws.plan_draws import PlanDraws, plan_draws
from riff.wiring import services


@attrs.frozen
class PlanDrawsBody:
    """How the draws are held; what is left out has its default."""

    early_bird_until: datetime | None = None
    attempts: Annotated[int, Between(1, 9)] = 3
    seal_within_s: Annotated[int, Between(60, 2_592_000)] = 86_400
    contributors: Annotated[tuple[Annotated[str, PARTY], ...], Items(0, 16)] | None = None

    def plan(self) -> DrawPlan:
        """The plan.

        Raises:
            InvalidRequestError: a contributor is named twice.
        """
        try:
            return DrawPlan(self.early_bird_until, self.attempts, self.seal_within_s, self.contributors or ())
        except ValueError as error:
            raise InvalidRequestError(
                "A contributor is named twice.", [("/contributors", "must be distinct")]
            ) from error


@attrs.frozen
class DrawPlanReply:
    """How the draws of a raffle are held."""

    early_bird_until: datetime | None
    attempts: int
    seal_within_s: int
    contributors: tuple[str, ...]

    @classmethod
    def of(cls, plan: DrawPlan) -> Self:
        """The plan as it counts now."""
        return cls(plan.early_bird_until, plan.attempts, plan.seal_within_s, plan.contributors)


@endpoint(body=PlanDrawsBody, permission="raffles:configure", idempotent=True)
def handler(request: Request[PlanDrawsBody]) -> Ok[DrawPlanReply]:
    """Answer with the plan."""
    command = PlanDraws(request.actor, RaffleId(request.path_id("raffle_id")), request.body.plan())
    return Ok(DrawPlanReply.of(plan_draws(command, services())))
