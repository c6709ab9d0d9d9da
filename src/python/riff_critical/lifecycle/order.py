"""The life of an order (GLI-31 2.3.3, 2.6.2).

Numbers come into being with `pay`.  A payment that succeeds too late, after the expiry or the close, finds
`pay` refused: the order expires and the money goes back.  Voids and refunds concern a whole order, never
single numbers; both are final.
"""

from enum import Enum
from types import MappingProxyType

from riff_critical.lifecycle.guards import Guard
from riff_critical.lifecycle.machine import Machine, to


class OrderState(Enum):
    """Where an order stands."""

    PENDING = "pending"
    PAID = "paid"
    VOIDED = "voided"
    REFUNDED = "refunded"
    FAILED = "failed"
    EXPIRED = "expired"


class OrderEvent(Enum):
    """What can happen to an order."""

    PAY = "pay"
    FAIL = "fail"
    EXPIRE = "expire"
    VOID = "void"
    REFUND = "refund"


_S, _E, _G = OrderState, OrderEvent, Guard

ORDER = Machine(
    name="order",
    states=OrderState,
    events=OrderEvent,
    initial=OrderState.PENDING,
    transitions=MappingProxyType(
        {
            (_S.PENDING, _E.PAY): to(_S.PAID, _G.PAYMENT_CONFIRMED, _G.SALES_OPEN, _G.ORDER_UNEXPIRED),
            (_S.PENDING, _E.FAIL): to(_S.FAILED),
            (_S.PENDING, _E.EXPIRE): to(_S.EXPIRED),
            (_S.PAID, _E.VOID): to(_S.VOIDED, _G.REASON_GIVEN, _G.VOIDS_OPEN),
            (_S.PAID, _E.REFUND): to(_S.REFUNDED, _G.REASON_GIVEN, _G.REFUNDS_OPEN),
        }
    ),
)
