"""Significant events; `./riff generate` writes this from catalogue/events.toml."""

from enum import StrEnum


class EventKind(StrEnum):
    """What happened, as regulators know it (GLI-31 5.6)."""

    CHECKOUT_OPENED = "CHK-0301"
    """An online order was opened and awaits its payment."""

    CHECKOUT_DECLINED = "CHK-0302"
    """The payment of an online order was declined; no numbers were issued."""

    CHECKOUT_REFUND_DUE = "CHK-0303"
    """A payment became known after expiry or after the close; it is owed back and no numbers were issued."""

    CHECKOUT_REFUNDED = "CHK-0304"
    """A payment that was owed back was returned by the payment processor."""

    RAFFLE_CREATED = "RAF-0101"
    """A raffle was created and took the organization's next event number."""

    PACKAGES_SET = "RAF-0102"
    """The packages of a raffle that is not yet active were set or replaced."""

    PRIZES_SET = "RAF-0103"
    """The prizes of a raffle that is not yet active were set or replaced."""

    RAFFLE_ACTIVATED = "RAF-0104"
    """A raffle was activated: everything that could affect its integrity is frozen from here on."""

    SALES_CLOSED = "RAF-0142"
    """Sales of a raffle ended, by schedule or by an official."""

    BLOCK_LEASED = "SAL-0201"
    """A run of the number space was leased to a seller, anew or by taking over an expired lease."""

    ORDER_SOLD = "SAL-0210"
    """An order was sold: its numbers exist from here on."""

    ORDER_VOIDED = "SAL-0220"
    """An order was voided: its numbers take part in no draw and are never sold again."""
