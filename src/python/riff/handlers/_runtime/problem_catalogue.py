"""Titles of problems; `./riff generate` writes this from catalogue/problems.toml."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "already-voided": "The order is void already",
        "conflict": "The present state refuses the request",
        "idempotency-key-reused": "The idempotency key was used before with another request",
        "integrity-failure": "The system stopped to protect its integrity",
        "internal-error": "Something went wrong on our side",
        "invalid-request": "The request is not valid",
        "lease-lost": "The block was taken over by another seller",
        "limit-reached": "A limit refuses the request",
        "malformed-request": "The request cannot be read",
        "not-authenticated": "The request carries no valid identity",
        "not-found": "There is no such thing",
        "not-permitted": "The caller lacks the permission",
        "notice-refused": "The payment notice carries no valid signature",
        "package-not-on-sale": "The package is not on sale here and now",
        "raffle-incomplete": "The raffle's setup is incomplete",
        "range-exhausted": "Not enough numbers are left",
        "request-too-large": "The request is too large",
        "sales-closed": "The raffle sells nothing now",
        "state-refuses": "The state does not allow this action",
        "unavailable": "The service is briefly unavailable",
        "unknown-rule-profile": "The rule profile is not known",
    }
)
