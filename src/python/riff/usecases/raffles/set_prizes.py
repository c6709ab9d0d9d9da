"""Set the prizes of a raffle that is not yet active."""

from collections.abc import Sequence

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.prize import Prize
from riff.domain.raffles.setup import RaffleSetup
from riff.errors import InvalidRequestError
from riff.ports.services import Services
from riff_critical.selling import Basis

_WHOLE_BP = 10_000


@attrs.frozen
class SetPrizes:
    """The whole list of prizes; it replaces the one before.

    Attributes:
        actor: who sets them.
        raffle_id: the raffle.
        prizes: each carries a fresh name.
    """

    actor: Actor
    raffle_id: RaffleId
    prizes: Sequence[Prize]


def set_prizes(command: SetPrizes, services: Services) -> RaffleSetup:
    """Replace the prizes; a raffle whose setup is complete becomes `configured`.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not configure it.
        StateRefusesError: the raffle's setup is frozen.
        IncompleteSetupError: the raffle was complete and would no longer be.
        InvalidRequestError: two prizes share a rank, shares exceed the whole, or one is a share of the net.
    """
    _require_consistent(command.prizes)
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:configure", raffle.organization_id)
        prizes = tuple(sorted(command.prizes, key=lambda prize: (prize.draw.value, prize.rank)))
        setup = RaffleSetup(raffle, work.raffles.packages(raffle.id), prizes)
        saved = attrs.evolve(setup, raffle=setup.saved())
        work.raffles.set_prizes(raffle.id, saved.prizes)
        work.raffles.update(saved.raffle)
        work.events.append(
            StreamId(raffle.id),
            EventKind.PRIZES_SET,
            now,
            command.actor.label,
            {"prizes": "; ".join(f"{p.draw.value} {p.rank}:{p.kind.value}" for p in saved.prizes)},
        )
        return saved


def _require_consistent(prizes: Sequence[Prize]) -> None:
    # A payment processor of today tells no fees.  A share of the net would then be one of the gross, unsaid.
    net = [place for place, prize in enumerate(prizes) if prize.basis is Basis.NET]
    if net:
        where = [(f"/prizes/{place}/basis", "must be gross") for place in net]
        raise InvalidRequestError("The fees of payments are not known.", where)
    if len({(prize.draw, prize.rank) for prize in prizes}) != len(prizes):
        raise InvalidRequestError("Two prizes share a rank.", [("/prizes", "ranks must differ in a draw")])
    if sum(prize.share_bp for prize in prizes) > _WHOLE_BP:
        raise InvalidRequestError(
            "The shares exceed the sales.", [("/prizes", f"shares must not exceed {_WHOLE_BP} basis points")]
        )
