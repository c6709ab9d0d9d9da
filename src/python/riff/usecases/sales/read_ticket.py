"""Find the order that a validation number was issued for.  Part of showing, proving and claiming a ticket."""

import attrs

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.raffle import RaffleKeys
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import MisreadTicketError, NotFoundError
from riff.ports.stores import Work
from riff_critical.validation import (
    BlockKey,
    CheckCharacterError,
    ForeignBlockError,
    FormError,
    NeverIssuedError,
    block_key,
    parse,
    verify,
)


@attrs.frozen
class ReadTicket:
    """The order of a validation number, and the key of the block that proves the number."""

    key: BlockKey = attrs.field(repr=False)
    order: SoldOrder


def read_ticket(text: str, raffle_id: RaffleId, keys: RaffleKeys, work: Work) -> ReadTicket | None:
    """What a validation number, as scanned or typed, leads to; None where this raffle never issued it.

    Raises:
        MisreadTicketError: it is none; it must be read again.
    """
    try:
        tag = parse(text).tag
    except (FormError, CheckCharacterError) as error:
        raise MisreadTicketError("The validation number was misread.") from error
    key = block_key(keys.validation, tag)
    try:
        return ReadTicket(key, work.orders.at(raffle_id, tag, verify(key, text)))
    except (ForeignBlockError, NeverIssuedError, NotFoundError):
        return None
