"""The ways in which numbers reach buyers."""

from enum import StrEnum


class Channel(StrEnum):
    """Part of the number space set aside for one way of selling."""

    ONLINE = "online"
    SALES_UNIT = "sales_unit"
    RESERVE = "reserve"
