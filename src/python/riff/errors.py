"""The one tree of errors of the business, by who can put them right.

HTTP is not mentioned here: `riff.handlers._runtime.problems` maps categories to statuses.  `code` is
permanent and published in `catalogue/problems.toml`; frontends translate it.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar


class RiffError(Exception):
    """Base of everything the business raises on purpose.

    Args:
        detail: one sentence for the caller, free of secrets and personal data.
        facts: further members of the reply, such as the rule and the state that refused.
    """

    code: ClassVar[str] = "internal-error"

    def __init__(self, detail: str, **facts: str | int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts: Mapping[str, str | int] = facts


class InvalidRequestError(RiffError):
    """The request cannot be understood or fails validation.

    Args:
        detail: one sentence for the caller.
        violations: pairs of a JSON pointer into the body (or a parameter's name) and what is wrong there.
    """

    code = "invalid-request"

    def __init__(self, detail: str, violations: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(detail)
        self.violations = tuple(violations)


class NotAuthenticatedError(RiffError):
    """Nobody the system knows stands behind the request."""

    code = "not-authenticated"


class NotPermittedError(RiffError):
    """The caller is known and lacks the permission."""

    code = "not-permitted"


class NotFoundError(RiffError):
    """The thing is absent, or not visible to the caller; the two are not told apart."""

    code = "not-found"


class ConflictError(RiffError):
    """The present state refuses the request."""

    code = "conflict"


class LimitReachedError(RiffError):
    """A quota, a spending limit or a rate refuses the request."""

    code = "limit-reached"


class UnavailableError(RiffError):
    """Something the request depends on is down; repeating the same request is safe."""

    code = "unavailable"


class IntegrityFailureError(RiffError):
    """A self-check, a chain or a reconciliation failed; people must look before work goes on."""

    code = "integrity-failure"


class KeyReusedError(ConflictError):
    """The idempotency key was used before, with another request."""

    code = "idempotency-key-reused"


class StateRefusesError(ConflictError):
    """The state machine has no such transition from the present state."""

    code = "state-refuses"


class SalesClosedError(ConflictError):
    """The raffle sells nothing now: not yet open, suspended, or closed."""

    code = "sales-closed"


class PackageNotOnSaleError(ConflictError):
    """The package is not on sale in this channel at this instant."""

    code = "package-not-on-sale"


class RangeExhaustedError(ConflictError):
    """No run of that many numbers is left in the channel's range."""

    code = "range-exhausted"


class IncompleteSetupError(ConflictError):
    """The raffle lacks something that activation needs; `missing` names it."""

    code = "raffle-incomplete"


class AlreadyVoidedError(ConflictError):
    """The order is void already; the earlier void stands."""

    code = "already-voided"


class NoticeRefusedError(NotAuthenticatedError):
    """A payment notice carries no valid signature of the processor."""

    code = "notice-refused"


class UnknownProfileError(InvalidRequestError):
    """The rule profile is not in the catalogue."""

    code = "unknown-rule-profile"


class LeaseLostError(ConflictError):
    """The block has moved on, was taken over or sells no more; the seller must lease again."""

    code = "lease-lost"
