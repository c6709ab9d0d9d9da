"""Enter a counterfoil that was drawn by hand: two officials, each alone, number and validation number.

The number counts once both have entered the same.  It is looked up by its slot: it must be on the sealed
list, its order valid, its validation number the order's own, and the place still open to it (GLI-31 2.6.3,
2.6.4).  When the last place is filled, the draw is concluded as one by the generator is.
"""

import attrs

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.ledger_salt import official_hash
from riff.domain.draws.entries import Entries
from riff.domain.draws.records import DrawnNumber, DrawStart
from riff.domain.draws.standing import Standing
from riff.domain.identifiers import RaffleId, StreamId
from riff.domain.raffles.raffle import Raffle, RaffleKeys
from riff.domain.sales.sold_order import SoldOrder
from riff.domain.sales.ticket import numbering_of
from riff.errors import AlreadyEnteredError, DrawnNumberRefusedError, StateRefusesError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.draws.hold_attempt import pools_of, record, require_verified
from riff.usecases.draws.pool_storage import place_in_pool
from riff.usecases.draws.show_draw import DrawView, view_of
from riff.usecases.draws.transcript import require_standing
from riff_critical.draw import EntropyMode, Entry, Plan, conduct_by_hand
from riff_critical.errors import CriticalError
from riff_critical.numbering import NumberError
from riff_critical.validation import block_key, verify
from riff_critical.verification import critical_digest

_OFFICIALS = 2


@attrs.frozen
class EnterDrawnNumber:
    """What `actor` reads on the counterfoil that was drawn."""

    actor: Actor
    raffle_id: RaffleId
    draw: int
    number: int
    validation_number: str


@attrs.frozen
class _Hand:
    """A draw that is held by hand."""

    raffle: Raffle
    keys: RaffleKeys = attrs.field(repr=False)
    standing: Standing
    start: DrawStart
    entries: Entries

    @property
    def places(self) -> int:
        """How many numbers are drawn: the winners, and as many alternates as are planned, or as there are."""
        planned, pool = self.standing.planned(self.start.draw), self.standing.seal.pools[self.start.draw - 1]
        left = pool.numbers - len(self.standing.excluded(self.start.draw, self.start.started_at))
        taken = len(set(self.entries.agreed[: planned.winners])) if planned.replacement else planned.winners
        return planned.winners + min(planned.alternates, left - taken)


def enter_drawn_number(command: EnterDrawnNumber, services: Services) -> DrawView:
    """Store what this official read; with the other's same entry the number counts.

    Raises:
        NotFoundError, NotPermittedError: no such raffle or draw, or the actor conducts none there.
        StateRefusesError: the draw was not started, or is not held by hand.
        AlreadyDrawnError: it has its result.
        AlreadyEnteredError: this person has entered this place, or two others are drawing.
        DrawnNumberRefusedError: the number cannot have been drawn, or its validation number is wrong.
    """
    with services.transactions.begin() as work:
        hand = _hand(command, work)
        _require_turn(command.actor, hand.entries)
        entered = DrawnNumber(
            command.draw,
            hand.start.attempt,
            hand.entries.place,
            hand.entries.round,
            command.actor.label,
            _slot(command, hand, work),
        )
        work.draws.enter(hand.raffle.id, entered)
        _tell(hand, entered, work, services)
        done = attrs.evolve(
            hand, entries=Entries(work.draws.entered(hand.raffle.id, command.draw, hand.start.attempt))
        )
        if done.entries.place >= done.places:
            _conclude(done, command.actor, work, services)
        return view_of(hand.raffle, command.draw, work)


def _hand(command: EnterDrawnNumber, work: Work) -> _Hand:
    raffle = work.raffles.lock(command.raffle_id)
    command.actor.require("draws:conduct", raffle.organization_id)
    standing = require_standing(raffle, work)
    attempt = standing.due(command.draw)
    start = work.draws.started(raffle.id, command.draw, attempt)
    if start is None or standing.mode(start) is not EntropyMode.MANUAL:
        raise StateRefusesError("No draw by hand was started.", state="committed", action="enter_number")
    entries = Entries(work.draws.entered(raffle.id, command.draw, attempt))
    return _Hand(raffle, work.raffles.keys(raffle.id), standing, start, entries)


def _require_turn(actor: Actor, entries: Entries) -> None:
    if entries.waiting is not None and entries.waiting.official == actor.label:
        raise AlreadyEnteredError("You have entered this number; another person must enter it too.")
    if len(entries.officials) == _OFFICIALS and actor.label not in entries.officials:
        raise AlreadyEnteredError("Two other persons are entering what is drawn.")


def _slot(command: EnterDrawnNumber, hand: _Hand, work: Work) -> int:
    """The slot of a number that can have been drawn for this place."""
    try:
        slot = numbering_of(hand.raffle, hand.keys).slot(command.number)
    except NumberError as error:
        raise DrawnNumberRefusedError("The raffle has no such number.") from error
    order = work.orders.holding(hand.raffle.id, slot)
    if order is None or work.orders.void_of(order.id) is not None:
        raise DrawnNumberRefusedError("The number was not sold, or is void.")
    if place_in_pool(hand.raffle.id, command.draw, order.first_slot, work) is None:
        raise DrawnNumberRefusedError("The number takes no part in this draw.")
    if not _proves(command.validation_number, order, hand.keys):
        raise DrawnNumberRefusedError("The validation number is not that of this number's ticket.")
    _require_open(slot, hand)
    return slot


def _proves(text: str, order: SoldOrder, keys: RaffleKeys) -> bool:
    try:
        return verify(block_key(keys.validation, order.block_tag), text) == order.ordinal
    except CriticalError:
        return False


def _require_open(slot: int, hand: _Hand) -> None:
    draw, planned = hand.start.draw, hand.standing.planned(hand.start.draw)
    again = planned.replacement and hand.entries.place < planned.winners
    taken = () if again else hand.entries.agreed
    if slot in taken or slot in hand.standing.excluded(draw, hand.start.started_at):
        raise DrawnNumberRefusedError("The number has won already.")


def _tell(hand: _Hand, entered: DrawnNumber, work: Work, services: Services) -> None:
    """The event of an entry; that two officials differ is one of its own."""
    waiting = hand.entries.waiting
    differ = waiting is not None and waiting.slot != entered.slot
    work.events.append(
        StreamId(hand.raffle.id),
        EventKind.DRAW_NUMBERS_DIFFER if differ else EventKind.DRAW_NUMBER_ENTERED,
        services.clock.now(),
        entered.official,
        {
            "draw": entered.draw,
            "attempt": entered.attempt,
            "place": entered.place,
            "round": entered.round,
            "slot": entered.slot,
        },
    )


def _conclude(hand: _Hand, actor: Actor, work: Work, services: Services) -> None:
    start, standing = hand.start, hand.standing
    pools = pools_of(hand.raffle.id, standing, work)
    attempt = conduct_by_hand(
        Plan(
            standing.manifest,
            standing.seal,
            start.draw,
            start.attempt,
            start.started_at,
            tuple(each.mode for each in start.fallbacks),
        ),
        start.fallbacks,
        pools[start.draw],
        [Entry(official_hash(hand.keys, each), hand.entries.agreed) for each in hand.entries.officials],
        bytes.fromhex(critical_digest()),
        standing.excluded(start.draw, start.started_at),
    )
    transcript = standing.transcript(attempt)
    require_verified(transcript, pools)
    record(hand.raffle.id, transcript, actor, services)
