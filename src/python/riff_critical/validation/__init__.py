"""Validation numbers: unique, unguessable, and verified without a table."""

from riff_critical.validation.block import (
    KEY_BYTES,
    MAX_ORDINAL,
    MAX_TAG,
    BlockKey,
    BlockTagError,
    ForeignBlockError,
    KeyLengthError,
    NeverIssuedError,
    OrdinalError,
    block_key,
    issue,
    verify,
)
from riff_critical.validation.form import CheckCharacterError, FormError, ValidationNumber, parse

__all__ = [
    "KEY_BYTES",
    "MAX_ORDINAL",
    "MAX_TAG",
    "BlockKey",
    "BlockTagError",
    "CheckCharacterError",
    "ForeignBlockError",
    "FormError",
    "KeyLengthError",
    "NeverIssuedError",
    "OrdinalError",
    "ValidationNumber",
    "block_key",
    "issue",
    "parse",
    "verify",
]
