"""Builders of domain values: `a_raffle().active().build()`; every value has a sensible default."""

from tests.support.builders.raffles import (
    RaffleBuilder,
    a_package,
    a_prize,
    a_raffle,
    an_organization,
    raffle_keys,
)
from tests.support.builders.sales import a_checkout, a_lease_request, a_sale, an_order
from tests.support.builders.staff import a_staff_member

__all__ = [
    "RaffleBuilder",
    "a_checkout",
    "a_lease_request",
    "a_package",
    "a_prize",
    "a_raffle",
    "a_sale",
    "a_staff_member",
    "an_order",
    "an_organization",
    "raffle_keys",
]
