"""How a payment processor's module is found: by the name that configuration gives."""

import importlib
import re
from typing import Final, Protocol, cast

import attrs

from riff.ports.clock import Clock
from riff.ports.payments import Payments

# Configuration chooses among our own adapters; it must not be able to run any other module.
_ALLOWED: Final = re.compile(r"riff\.adapters\.payments\.[a-z][a-z0-9_]*")


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


def load(name: str) -> PaymentModule:
    """The module of that name.

    Raises:
        ValueError: it is not one of the payment adapters, or is not in the artifact.
    """
    if not _ALLOWED.fullmatch(name):
        raise ValueError("must name a module below riff.adapters.payments")
    try:
        return cast("PaymentModule", importlib.import_module(name))
    except ModuleNotFoundError as error:
        raise ValueError(f"names a module that the artifact lacks: {error.name}") from error
