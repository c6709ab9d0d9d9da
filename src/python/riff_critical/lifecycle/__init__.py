"""The state machines of riff: raffle, order, sales unit, draw and claim.

They are tables, here and nowhere else.  `advance` is the only way from one state to the next.
"""

from riff_critical.lifecycle.claim import CLAIM, ClaimEvent, ClaimState
from riff_critical.lifecycle.draw import DRAW, DrawEvent, DrawState
from riff_critical.lifecycle.guards import Guard
from riff_critical.lifecycle.machine import (
    GuardUnsatisfiedError,
    Machine,
    Transition,
    TransitionRefusedError,
    UnknownWordError,
    advance,
    is_terminal,
    permitted,
)
from riff_critical.lifecycle.order import ORDER, OrderEvent, OrderState
from riff_critical.lifecycle.raffle import RAFFLE, RaffleEvent, RaffleState
from riff_critical.lifecycle.sales_unit import SALES_UNIT, SalesUnitEvent, SalesUnitState

__all__ = [
    "CLAIM",
    "DRAW",
    "ORDER",
    "RAFFLE",
    "SALES_UNIT",
    "ClaimEvent",
    "ClaimState",
    "DrawEvent",
    "DrawState",
    "Guard",
    "GuardUnsatisfiedError",
    "Machine",
    "OrderEvent",
    "OrderState",
    "RaffleEvent",
    "RaffleState",
    "SalesUnitEvent",
    "SalesUnitState",
    "Transition",
    "TransitionRefusedError",
    "UnknownWordError",
    "advance",
    "is_terminal",
    "permitted",
]
