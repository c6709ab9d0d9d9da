"""Titles of problems; `./riff generate` writes this from catalogue/problems.toml."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "already-voided": "The order is void already",
        "already-written-off": "The sales unit is written off already",
        "beacon-early": "The beacon's round is still to come",
        "beacon-scheme-unknown": "The beacon's signatures cannot be checked",
        "beacon-unavailable": "The beacon's value cannot be had now",
        "block-needed": "The sales unit has to lease numbers first",
        "cash-difference-unexplained": "The difference in cash needs an explanation",
        "cash-not-counted": "The cash is not counted",
        "conflict": "The present state refuses the request",
        "idempotency-key-reused": "The idempotency key was used before with another request",
        "integrity-failure": "The system stopped to protect its integrity",
        "internal-error": "Something went wrong on our side",
        "invalid-request": "The request is not valid",
        "lease-lost": "The block was taken over by another seller",
        "limit-reached": "A limit refuses the request",
        "logon-refused": "The logon is refused",
        "malformed-request": "The request cannot be read",
        "not-authenticated": "The request carries no valid identity",
        "not-found": "There is no such thing",
        "not-permitted": "The caller lacks the permission",
        "nothing-to-write-off": "There is nothing to write off",
        "notice-refused": "The payment notice carries no valid signature",
        "numbers-not-balanced": "The numbers do not add up",
        "package-not-on-sale": "The package is not on sale here and now",
        "payments-unknown": "The outcome of payments is not known",
        "profile-refuses": "The rule profile does not allow this",
        "purchase-limit-reached": "The buyer has bought as much as one buyer may",
        "raffle-incomplete": "The raffle's setup is incomplete",
        "range-exhausted": "Not enough numbers are left",
        "request-too-large": "The request is too large",
        "sales-cap-reached": "The raffle has sold as much as it may",
        "sales-closed": "The raffle sells nothing now",
        "second-person-needed": "A second person is needed",
        "state-refuses": "The state does not allow this action",
        "stock-exhausted": "The package is sold out",
        "unavailable": "The service is briefly unavailable",
        "unit-already-registered": "Another sales unit has this name",
        "unit-not-ready": "The sales unit is not ready for this",
        "unit-not-uploaded": "The sales unit has not handed in all of its sales",
        "units-not-uploaded": "Sales units have not handed in their sales",
        "unknown-rule-profile": "The rule profile is not known",
        "void-already-requested": "The void was requested already",
        "voids-changed": "The list of voids has changed",
        "voids-not-acknowledged": "The voids are not acknowledged",
    }
)
