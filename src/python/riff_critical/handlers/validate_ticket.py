"""Lambda `validate_ticket`: the verdict on a ticket that somebody presents for a prize.

Event: a document with
    text          the validation number, as scanned or typed
    presented_at  when, Unix time in milliseconds
    block         tag and key of the block of this raffle that the number names; null if it has none
    order         the order that the block's key finds for the number: ordinal, state, reprints; or null
    claim         the order's claim to the prize: its state, and when it expires; null if it won nothing
Result: "verdict", the first of these that applies:
    foreign       the number is not of this raffle, was never issued, or belongs to another order than the
                  one given, or that order never got a ticket
    void          the order was voided or refunded
    no_prize      the order has no claim
    already_paid  the claim was paid
    expired       the claim expired, was drawn again or went into trust, or its time has passed
    reprinted     all is well, but the ticket was printed more than once: pay only against other evidence
    valid         all is well
A number that is misread (wrong length, wrong check character) is no verdict but an error: read it again.

Requirement: GLI-31 2.7.1.
Out of scope: who presents the ticket, and whether they may win.
"""

from enum import StrEnum

from riff_critical.declarations import Annotated, Final
from riff_critical.documents import Between, Document, Hash, Natural
from riff_critical.encoding import Json
from riff_critical.handlers.invocation import answer
from riff_critical.lifecycle import ClaimState, OrderState
from riff_critical.validation import (
    MAX_ORDINAL,
    MAX_TAG,
    BlockKey,
    ForeignBlockError,
    NeverIssuedError,
    parse,
    verify,
)

MAX_TEXT: Final = 100  # twelve characters, and whatever a reader puts between them

_VOID: Final = frozenset({OrderState.VOIDED, OrderState.REFUNDED})
_TICKETED: Final = _VOID | {OrderState.PAID}
_OPEN: Final = frozenset({ClaimState.OPEN, ClaimState.VALIDATED})


class Verdict(StrEnum):
    """What a ticket is worth."""

    FOREIGN = "foreign"
    VOID = "void"
    NO_PRIZE = "no_prize"
    ALREADY_PAID = "already_paid"
    EXPIRED = "expired"
    REPRINTED = "reprinted"
    VALID = "valid"


class Block(Document):
    """A block's tag and key."""

    tag: Annotated[int, Between(0, MAX_TAG)]
    key: Hash


class Order(Document):
    """What decides about an order."""

    ordinal: Annotated[int, Between(0, MAX_ORDINAL)]
    state: OrderState
    reprints: Natural


class Claim(Document):
    """What decides about a claim."""

    state: ClaimState
    expires_at: Natural


class Request(Document):
    """The event."""

    text: Annotated[str, Between(1, MAX_TEXT)]
    presented_at: Natural
    block: Block | None
    order: Order | None
    claim: Claim | None


def handler(event: object, context: object) -> dict[str, Json]:
    """Answer one invocation."""
    about: dict[str, Json] = {}
    return answer("validate_ticket", context, lambda _: _validate(event, about), about)


def _validate(event: object, about: dict[str, Json]) -> dict[str, Json]:
    request = Request.from_json(event)
    about["tag"] = parse(request.text).tag
    about["verdict"] = _verdict(request).value
    return {"verdict": about["verdict"]}


def _verdict(request: Request) -> Verdict:
    order, claim = request.order, request.claim
    if order is None or order.state not in _TICKETED or _ordinal(request) != order.ordinal:
        return Verdict.FOREIGN
    if order.state in _VOID:
        return Verdict.VOID
    if claim is None:
        return Verdict.NO_PRIZE
    if claim.state is ClaimState.PAID:
        return Verdict.ALREADY_PAID
    if claim.state not in _OPEN or request.presented_at >= claim.expires_at:
        return Verdict.EXPIRED
    return Verdict.REPRINTED if order.reprints else Verdict.VALID


def _ordinal(request: Request) -> int | None:
    """The order for which the block issues the number, if it does."""
    if request.block is None:
        return None
    try:
        return verify(BlockKey(request.block.tag, request.block.key), request.text)
    except (ForeignBlockError, NeverIssuedError):
        return None
