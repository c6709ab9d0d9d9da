"""The life of one attempt of a draw (GLI-31 2.6.4, 2.6.5, 4.2.5).

A draw begins as a commitment, before the first sale.  After a crash `resume` leads the same attempt on; no
event leads back, so it is never drawn again.  An attempt whose seed does not open its commitment fails
visibly; a further attempt is another commitment with a life of its own.
"""

from enum import Enum
from types import MappingProxyType

from riff_critical.lifecycle.guards import Guard
from riff_critical.lifecycle.machine import Machine, to


class DrawState(Enum):
    """Where an attempt of a draw stands."""

    COMMITTED = "committed"
    STARTED = "started"
    DRAWN = "drawn"
    OFFICIAL = "official"
    FAILED = "failed"


class DrawEvent(Enum):
    """What can happen to an attempt of a draw."""

    START = "start"
    RESUME = "resume"
    RECORD_RESULT = "record_result"
    FAIL = "fail"
    CONFIRM = "confirm"


_S, _E, _G = DrawState, DrawEvent, Guard

DRAW = Machine(
    name="draw",
    states=DrawState,
    events=DrawEvent,
    initial=DrawState.COMMITTED,
    transitions=MappingProxyType(
        {
            (_S.COMMITTED, _E.START): to(_S.STARTED, _G.RAFFLE_DRAWING, _G.START_RECORDED),
            (_S.STARTED, _E.RESUME): to(_S.STARTED, _G.RAFFLE_DRAWING),
            (_S.STARTED, _E.RECORD_RESULT): to(_S.DRAWN, _G.TRANSCRIPT_VERIFIED),
            (_S.STARTED, _E.FAIL): to(_S.FAILED, _G.REASON_GIVEN),
            (_S.DRAWN, _E.CONFIRM): to(_S.OFFICIAL, _G.RESULT_VERIFIED),
        }
    ),
)
