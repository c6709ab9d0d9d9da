"""The life of a claim to one prize (GLI-31 2.7.1).

A claim opens with the official result.  What becomes of an unclaimed prize is the rule profile's choice.
"""

from enum import Enum
from types import MappingProxyType

from riff_critical.lifecycle.guards import Guard
from riff_critical.lifecycle.machine import Machine, to


class ClaimState(Enum):
    """Where a claim stands."""

    OPEN = "open"
    VALIDATED = "validated"
    PAID = "paid"
    EXPIRED = "expired"
    REDRAW = "redraw"
    TRUST = "trust"


class ClaimEvent(Enum):
    """What can happen to a claim."""

    VALIDATE = "validate"
    PAY = "pay"
    EXPIRE = "expire"
    DRAW_AGAIN = "draw_again"
    KEEP_IN_TRUST = "keep_in_trust"


_S, _E, _G = ClaimState, ClaimEvent, Guard

CLAIM = Machine(
    name="claim",
    states=ClaimState,
    events=ClaimEvent,
    initial=ClaimState.OPEN,
    transitions=MappingProxyType(
        {
            (_S.OPEN, _E.VALIDATE): to(_S.VALIDATED, _G.TICKET_VERIFIED, _G.CLAIMANT_ELIGIBLE),
            (_S.OPEN, _E.EXPIRE): to(_S.EXPIRED, _G.CLAIM_PERIOD_OVER),
            (_S.VALIDATED, _E.PAY): to(_S.PAID, _G.PAYOUT_RECORDED),
            (_S.EXPIRED, _E.DRAW_AGAIN): to(_S.REDRAW, _G.PROFILE_REDRAWS),
            (_S.EXPIRED, _E.KEEP_IN_TRUST): to(_S.TRUST, _G.PROFILE_KEEPS_IN_TRUST),
        }
    ),
)
