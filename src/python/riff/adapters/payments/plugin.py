"""How a payment processor's module is found: by the name that configuration gives.

It is loaded when the first payment is asked for: most functions take no money, and their artifacts lack it.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Final, Protocol, cast

import attrs

from riff.adapters.plugins import adapter
from riff.domain.checkout.charge import Charge, PaymentNotice
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.ports.clock import Clock
from riff.ports.payments import Payments

_PARENT: Final = "riff.adapters.payments"


@attrs.frozen
class PaymentSettings:
    """What a processor's module needs to know of the deployment.

    Attributes:
        endpoint: where the processor answers.
        api_key: proves who asks.
        notice_secret: proves that a notice is the processor's.
    """

    endpoint: str
    api_key: str = attrs.field(repr=False)
    notice_secret: str = attrs.field(repr=False)


class PaymentModule(Protocol):
    """What a processor's module offers."""

    def connect(self, settings: PaymentSettings, clock: Clock) -> Payments:
        """The processor, ready to be asked; no connection is made yet."""
        ...


class PluggedPayments:
    """Honours `riff.ports.payments.Payments` through the processor that configuration names."""

    def __init__(self, module: str, settings: PaymentSettings, clock: Clock) -> None:
        self._module = module
        self._settings = settings
        self._clock = clock

    def charge(self, order_id: OrderId, amount: Money, method: str) -> Charge:
        """Take the amount once, however often this is called for the order."""
        return self._processor.charge(order_id, amount, method)

    def find(self, order_id: OrderId, amount: Money) -> Charge | None:
        """The charge made for an order, or None."""
        return self._processor.find(order_id, amount)

    def abandon(self, order_id: OrderId, amount: Money) -> Charge | None:
        """Have nothing taken for an order from now on."""
        return self._processor.abandon(order_id, amount)

    def refund(self, charge: Charge) -> None:
        """Return the whole amount of a charge once, however often this is called."""
        self._processor.refund(charge)

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice | None:
        """Check and read a notice; None for one that concerns no order."""
        return self._processor.read_notice(headers, body)

    @cached_property
    def _processor(self) -> Payments:
        return load(self._module).connect(self._settings, self._clock)


def load(name: str) -> PaymentModule:
    """The module of that name.

    Raises:
        ValueError: it is not one of the payment adapters.
        ModuleNotFoundError: the artifact lacks it.
    """
    return cast("PaymentModule", adapter(name, _PARENT))
