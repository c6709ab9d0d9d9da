"""Draw numbers: the bijection between the slots of a raffle and the numbers that are printed."""

from riff_critical.numbering.scheme import (
    KEY_BYTES,
    MAX_SIZE,
    FirstNumberError,
    KeyLengthError,
    NumberError,
    Numbering,
    SizeError,
    SlotError,
)

__all__ = [
    "KEY_BYTES",
    "MAX_SIZE",
    "FirstNumberError",
    "KeyLengthError",
    "NumberError",
    "Numbering",
    "SizeError",
    "SlotError",
]
