"""The certified function `validate_ticket`: what it is told, and how its answer is understood."""

from collections.abc import Mapping
from typing import Any

import attrs

from riff.adapters.aws.functions import CertifiedFunctions
from riff.domain.draws.claim import Verdict
from riff.domain.draws.instants import milliseconds
from riff.errors import IntegrityFailureError, MisreadTicketError
from riff.ports.ticket_validation import PresentedTicket

_OPERATION = "validate_ticket"
# Where no period ends, the function is told the last instant that its form can hold: 9999-12-31.
_NEVER_MS = 253_402_214_400_000
_MISREAD = frozenset({"validation-form", "validation-check-character"})


@attrs.frozen
class CertifiedTicketValidation:
    """Honours `riff.ports.ticket_validation.TicketValidation`."""

    functions: CertifiedFunctions

    def verdict(self, ticket: PresentedTicket) -> Verdict:
        """What the ticket is worth.

        Raises:
            MisreadTicketError: the number cannot be one: it was misread, and must be read again.
            UnavailableError: the function cannot be reached; asking again is safe.
            IntegrityFailureError: the function refuses what it was told.
        """
        return verdict_of(self.functions.invoke(_OPERATION, event_of(ticket)))


def event_of(ticket: PresentedTicket) -> dict[str, object]:
    """The event of the function."""
    block, order, claim = ticket.block, ticket.order, ticket.claim
    over = None if claim is None or claim.expires_at is None else claim.expires_at
    return {
        "text": ticket.text,
        "presented_at": milliseconds(ticket.presented_at),
        "block": None if block is None else {"tag": block.tag, "key": block.secret.hex()},
        "order": None
        if order is None
        else {"ordinal": order.ordinal, "state": order.state.value, "reprints": order.reprints},
        "claim": None
        if claim is None
        else {
            "state": claim.state.value,
            "expires_at": _NEVER_MS if over is None else milliseconds(over),
        },
    }


def verdict_of(answer: Mapping[str, Any]) -> Verdict:
    """The verdict in an answer of the function.

    Raises:
        MisreadTicketError: the function could not read the number.
        IntegrityFailureError: the function refuses what it was told.
    """
    if answer["ok"] is True:
        return Verdict(answer["verdict"])
    if answer["error"]["code"] in _MISREAD:
        raise MisreadTicketError("The validation number was misread.")
    error = IntegrityFailureError("The certified function refuses a ticket.")
    error.add_note(f"function {_OPERATION}: {answer['error']}")
    raise error
