"""Record a count of a seller's cash; counting again is another count, and the last one counts."""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.reconciliation.accounts import CashCount, SellerAccount
from riff.domain.reconciliation.reconciliation import Reconciliation
from riff.errors import DifferenceUnexplainedError, NotFoundError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.reconciliation.account import account, begun
from riff.usecases.reconciliation.reconciled_units import reconcile_units


@attrs.frozen
class RecordCashCount:
    """What was counted.

    Attributes:
        actor: who counted.
        raffle_id: the raffle.
        seller: whose cash, by the name that the reconciliation shows.
        counted_minor: what was there.
        explanation: of a difference.
    """

    actor: Actor
    raffle_id: RaffleId
    seller: str
    counted_minor: int
    explanation: str | None


def record_cash_count(command: RecordCashCount, services: Services) -> Reconciliation:
    """The accounts with the count in them.  A closed unit whose cash is counted can serve anew.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or seller in it, or the actor may not count.
        StateRefusesError: sales have not ended, or the raffle is reconciled already.
        DifferenceUnexplainedError: too little or too much was there, and nothing explains it.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        found = work.raffles.get(command.raffle_id)
        command.actor.require("reconciliation:count", found.organization_id)
        units = work.units.lock_of(found.id)
        raffle = begun(work.raffles.lock(found.id), command.actor, now, work)
        seller = _seller(command.seller, raffle.id, work)
        count = CashCount(
            raffle_id=raffle.id,
            seller=command.seller,
            sequence=len(seller.counts) + 1,
            expected_minor=seller.takings.cash_minor,
            counted_minor=command.counted_minor,
            explanation=command.explanation,
            counted_by=command.actor.label,
            counted_at=now,
        )
        _require_explained(count)
        work.reconciliation.count_cash(count)
        _record(count, work)
        after = account(raffle, work)
        reconcile_units(units, after, command.actor, now, work)
        return after


def _seller(name: str, raffle_id: RaffleId, work: Work) -> SellerAccount:
    takings = work.attended.taken_by(raffle_id, name)
    if takings is None:
        raise NotFoundError("Nobody of that name has sold anything in this raffle.")
    counts = work.reconciliation.cash_counts(raffle_id)
    return SellerAccount(takings, tuple(count for count in counts if count.seller == name))


def _require_explained(count: CashCount) -> None:
    if count.difference_minor and count.explanation is None:
        raise DifferenceUnexplainedError(
            "The count differs from what is expected; say why.", [("/explanation", "is missing")]
        )


def _record(count: CashCount, work: Work) -> None:
    work.events.append(
        StreamId(count.raffle_id),
        EventKind.CASH_COUNTED,
        count.counted_at,
        count.counted_by,
        {
            "seller": count.seller,
            "count": count.sequence,
            "expected": count.expected_minor,
            "counted": count.counted_minor,
            "explanation": count.explanation,
        },
    )
