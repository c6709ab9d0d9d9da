"""The life of a sales unit (GLI-31 2.6.2, 3.2.2, 3.4, 5.4, 6.1.2 to 6.1.4).

A unit sells in one raffle at a time.  It can be suspended, fail or be lost at any point.  It never goes back
to selling directly: `error` and `lost` lead to `suspended` once a person or a check has cleared them, and
from there the unit is reinstated as `enrolled` and must be activated by a fresh logon, or goes on to close,
or, holding nothing, is released.  Writing a unit off is a decision about its enrolment, not a state of the
device: it satisfies `all-units-uploaded` of the raffle and leaves the unit where it is.
"""

from enum import Enum
from types import MappingProxyType

from riff_critical.lifecycle.guards import Guard
from riff_critical.lifecycle.machine import Machine, to


class SalesUnitState(Enum):
    """Where a sales unit stands."""

    REGISTERED = "registered"
    ENROLLED = "enrolled"
    ACTIVE = "active"
    CLOSING = "closing"
    CLOSED = "closed"
    RECONCILED = "reconciled"
    SUSPENDED = "suspended"
    ERROR = "error"
    LOST = "lost"


class SalesUnitEvent(Enum):
    """What can happen to a sales unit."""

    ENROL = "enrol"
    UNENROL = "unenrol"
    ACTIVATE = "activate"
    START_CLOSING = "start_closing"
    CLOSE = "close"
    RECONCILE = "reconcile"
    RESET = "reset"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    RELEASE = "release"
    REPORT_ERROR = "report_error"
    CLEAR_ERROR = "clear_error"
    REPORT_LOST = "report_lost"
    REPORT_FOUND = "report_found"


_S, _E, _G = SalesUnitState, SalesUnitEvent, Guard

_IN_ORDER = _S.REGISTERED, _S.ENROLLED, _S.ACTIVE, _S.CLOSING, _S.CLOSED, _S.RECONCILED

SALES_UNIT = Machine(
    name="sales unit",
    states=SalesUnitState,
    events=SalesUnitEvent,
    initial=SalesUnitState.REGISTERED,
    transitions=MappingProxyType(
        {
            (_S.REGISTERED, _E.ENROL): to(_S.ENROLLED, _G.UNIT_AUTHENTICATED, _G.MEMORY_CLEARED),
            (_S.ENROLLED, _E.UNENROL): to(_S.REGISTERED, _G.HOLDS_NO_BLOCK),
            (_S.ENROLLED, _E.ACTIVATE): to(
                _S.ACTIVE, _G.UNIT_AUTHENTICATED, _G.OPERATOR_AUTHENTICATED, _G.MEMORY_SOUND
            ),
            (_S.ENROLLED, _E.START_CLOSING): to(_S.CLOSING),
            (_S.ACTIVE, _E.START_CLOSING): to(_S.CLOSING),
            (_S.CLOSING, _E.CLOSE): to(_S.CLOSED, _G.UNIT_UPLOADED),
            (_S.CLOSED, _E.RECONCILE): to(_S.RECONCILED, _G.UNIT_CASH_COUNTED),
            (_S.RECONCILED, _E.RESET): to(_S.REGISTERED, _G.HOLDS_NO_BLOCK, _G.MEMORY_CLEARED),
            **{(state, _E.SUSPEND): to(_S.SUSPENDED, _G.REASON_GIVEN) for state in _IN_ORDER},
            (_S.SUSPENDED, _E.REINSTATE): to(_S.ENROLLED, _G.UNIT_AUTHENTICATED, _G.MEMORY_SOUND),
            (_S.SUSPENDED, _E.START_CLOSING): to(_S.CLOSING),
            (_S.SUSPENDED, _E.RELEASE): to(_S.REGISTERED, _G.HOLDS_NO_BLOCK),
            **{(state, _E.REPORT_ERROR): to(_S.ERROR) for state in (*_IN_ORDER, _S.SUSPENDED)},
            (_S.ERROR, _E.CLEAR_ERROR): to(_S.SUSPENDED, _G.REASON_GIVEN, _G.MEMORY_SOUND),
            **{(state, _E.REPORT_LOST): to(_S.LOST) for state in (*_IN_ORDER, _S.SUSPENDED, _S.ERROR)},
            (_S.LOST, _E.REPORT_FOUND): to(_S.SUSPENDED, _G.REASON_GIVEN, _G.UNIT_INSPECTED),
        }
    ),
)
