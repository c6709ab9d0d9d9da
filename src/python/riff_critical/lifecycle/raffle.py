"""The life of a raffle (GLI-31 2.2.3, 2.6.1, 2.6.2, 2.6.3).

Settings are saved by `edit` while they are incomplete and by `configure` once they are complete; `configure`
may be repeated, and a raffle that was complete never becomes incomplete again.  From activation on neither
event exists, so nothing that affects the integrity of the raffle can be changed.  Sales are closed by the
schedule or by a person.  A raffle can be cancelled, with a reason, until drawing begins.
"""

from enum import Enum
from types import MappingProxyType

from riff_critical.lifecycle.guards import Guard
from riff_critical.lifecycle.machine import Machine, to


class RaffleState(Enum):
    """Where a raffle stands."""

    DRAFT = "draft"
    CONFIGURED = "configured"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    SALES_CLOSED = "sales_closed"
    RECONCILING = "reconciling"
    RECONCILED = "reconciled"
    SEALED = "sealed"
    DRAWING = "drawing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class RaffleEvent(Enum):
    """What can happen to a raffle."""

    EDIT = "edit"
    CONFIGURE = "configure"
    ACTIVATE = "activate"
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE_SALES = "close_sales"
    START_RECONCILING = "start_reconciling"
    RECONCILE = "reconcile"
    SEAL = "seal"
    START_DRAWING = "start_drawing"
    COMPLETE = "complete"
    CANCEL = "cancel"


_S, _E, _G = RaffleState, RaffleEvent, Guard

_COMPLETE = _G.PACKAGES_SET, _G.PRIZES_SET, _G.RANGES_SET
_ACCOUNTED_FOR = (
    _G.ALL_UNITS_UPLOADED,
    _G.NO_PAYMENT_UNKNOWN,
    _G.VOIDS_ACKNOWLEDGED,
    _G.NUMBERS_BALANCED,
    _G.CASH_COUNTED,
)

RAFFLE = Machine(
    name="raffle",
    states=RaffleState,
    events=RaffleEvent,
    initial=RaffleState.DRAFT,
    transitions=MappingProxyType(
        {
            (_S.DRAFT, _E.EDIT): to(_S.DRAFT),
            (_S.DRAFT, _E.CONFIGURE): to(_S.CONFIGURED, *_COMPLETE),
            (_S.DRAFT, _E.CANCEL): to(_S.CANCELLED, _G.REASON_GIVEN),
            (_S.CONFIGURED, _E.CONFIGURE): to(_S.CONFIGURED, *_COMPLETE),
            (_S.CONFIGURED, _E.ACTIVATE): to(_S.ACTIVE, *_COMPLETE, _G.SALES_WINDOW_SET, _G.DRAWS_COMMITTED),
            (_S.CONFIGURED, _E.CANCEL): to(_S.CANCELLED, _G.REASON_GIVEN),
            (_S.ACTIVE, _E.SUSPEND): to(_S.SUSPENDED, _G.REASON_GIVEN),
            (_S.ACTIVE, _E.CLOSE_SALES): to(_S.SALES_CLOSED),
            (_S.ACTIVE, _E.CANCEL): to(_S.CANCELLED, _G.REASON_GIVEN),
            (_S.SUSPENDED, _E.RESUME): to(_S.ACTIVE, _G.REASON_GIVEN),
            (_S.SUSPENDED, _E.CLOSE_SALES): to(_S.SALES_CLOSED),
            (_S.SUSPENDED, _E.CANCEL): to(_S.CANCELLED, _G.REASON_GIVEN),
            (_S.SALES_CLOSED, _E.START_RECONCILING): to(_S.RECONCILING),
            (_S.SALES_CLOSED, _E.CANCEL): to(_S.CANCELLED, _G.REASON_GIVEN),
            (_S.RECONCILING, _E.RECONCILE): to(_S.RECONCILED, *_ACCOUNTED_FOR),
            (_S.RECONCILING, _E.CANCEL): to(_S.CANCELLED, _G.REASON_GIVEN),
            (_S.RECONCILED, _E.SEAL): to(_S.SEALED, _G.SEALED_LIST_PUBLISHED),
            (_S.RECONCILED, _E.CANCEL): to(_S.CANCELLED, _G.REASON_GIVEN),
            (_S.SEALED, _E.START_DRAWING): to(_S.DRAWING),
            (_S.SEALED, _E.CANCEL): to(_S.CANCELLED, _G.REASON_GIVEN),
            (_S.DRAWING, _E.COMPLETE): to(_S.COMPLETED, _G.DRAWS_OFFICIAL),
        }
    ),
)
