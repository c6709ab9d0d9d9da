"""Extend the sales of a raffle, where its rule profile allows."""

from datetime import datetime, timedelta

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import LEAST_SEAL_WITHIN_S
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.instants import format_instant
from riff.domain.raffles.raffle import Raffle
from riff.domain.raffles.window import SalesWindow
from riff.errors import InvalidRequestError, ProfileRefusesError, SalesClosedError, StateRefusesError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import instant

_SELLING = frozenset({RaffleState.ACTIVE, RaffleState.SUSPENDED})
_MICROSECONDS_PER_MS = 1000


@attrs.frozen
class ExtendSales:
    """Until when the raffle is to sell, and why.

    Attributes:
        actor: who extends them.
        raffle_id: the raffle.
        closes_at: the new close, later than the present one.
        reason: why, in words.
    """

    actor: Actor
    raffle_id: RaffleId
    closes_at: datetime
    reason: str


def extend_sales(command: ExtendSales, services: Services) -> Raffle:
    """Move the close of the raffle and of every block of it; a sale is compared with one of them.

    Raises:
        NotFoundError, NotPermittedError: no such raffle, or the actor may not extend its sales.
        StateRefusesError: the raffle is neither active nor suspended.
        SalesClosedError: the sales window has ended; nothing opens it again.
        ProfileRefusesError: the rule profile allows no extension.
        InvalidRequestError: the new close is not later, or the list could not be sealed in time after it.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        raffle = work.raffles.lock(command.raffle_id)
        command.actor.require("raffles:extend", raffle.organization_id)
        _require_extensible(raffle, now, work)
        _require_later(command.closes_at, raffle, work)
        window = SalesWindow(raffle.window.opens_at, command.closes_at)
        extended = attrs.evolve(raffle, window=window)
        work.raffles.extend(extended)
        work.blocks.extend(raffle.id, raffle.window.closes_at, command.closes_at)
        work.events.append(
            StreamId(raffle.id),
            EventKind.SALES_EXTENDED,
            now,
            command.actor.label,
            {
                "reason": command.reason,
                "before": format_instant(raffle.window.closes_at),
                "closes_at": format_instant(command.closes_at),
            },
        )
        return extended


def _require_extensible(raffle: Raffle, now: datetime, work: Work) -> None:
    if raffle.state not in _SELLING:
        raise StateRefusesError(
            f"The sales of a raffle that is {raffle.state.value} cannot be extended.",
            state=raffle.state.value,
            action="extend",
        )
    if raffle.window.closes_at <= now:
        raise SalesClosedError("The sales window has ended.", state=raffle.state.value)
    if not work.raffles.profile(raffle.id).sales.extension:
        raise ProfileRefusesError("The rule profile allows no extension of sales.", rule="sales.extension")


def _require_later(closes_at: datetime, raffle: Raffle, work: Work) -> None:
    if closes_at <= raffle.window.closes_at:
        raise InvalidRequestError(
            "Sales would not close later.", [("/closes_at", "must be later than the present close")]
        )
    manifest = work.seals.manifest(raffle.id)
    if manifest is None:
        return
    sealed = instant(closes_at + timedelta(seconds=LEAST_SEAL_WITHIN_S))
    if sealed > manifest.seal_by * _MICROSECONDS_PER_MS:
        raise InvalidRequestError(
            "The list could not be sealed in time.",
            [("/closes_at", f"must be {LEAST_SEAL_WITHIN_S} s before the seal deadline")],
        )
