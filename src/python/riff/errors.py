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


class UnknownPaymentMethodError(InvalidRequestError):
    """The payment processor does not know the means of payment, or cannot use it; nothing was taken."""

    code = "payment-method-unknown"


class UnknownProfileError(InvalidRequestError):
    """The rule profile is not in the catalogue."""

    code = "unknown-rule-profile"


class LeaseLostError(ConflictError):
    """The block has moved on, was taken over or sells no more; the seller must lease again."""

    code = "lease-lost"


class BeaconEarlyError(ConflictError):
    """The beacon's round is still to come; `comes_at` tells when."""

    code = "beacon-early"


class BeaconUnavailableError(UnavailableError):
    """No relay has a value that the beacon signed; `relays` tells what each of them did."""

    code = "beacon-unavailable"


class BeaconSchemeError(ConflictError):
    """The beacon signs by a scheme that cannot be checked here."""

    code = "beacon-scheme-unknown"


class ConfigurationError(UnavailableError):
    """A setting is absent or malformed, and the function cannot work until it is put right.

    Callers are told to try again; which setting it is, and what is wrong with it, stands in the note, and so
    in the log.
    """

    def __init__(self, setting: str, fault: str) -> None:
        super().__init__("The service is briefly unavailable.")
        self.setting = setting
        self.add_note(f"setting {setting} {fault}")


class ProfileRefusesError(ConflictError):
    """The rule profile does not allow this; `rule` names the key of the profile."""

    code = "profile-refuses"


class StockExhaustedError(ConflictError):
    """The package has been sold as often as its stock allows."""

    code = "stock-exhausted"


class PriceChangedError(ConflictError):
    """The package no longer costs what the buyer saw; `price` is what it costs now."""

    code = "price-changed"


class SalesCapReachedError(ConflictError):
    """The sale would bring the raffle's sales over their cap, or a prize over the cap that ends sales."""

    code = "sales-cap-reached"


class PurchaseLimitReachedError(LimitReachedError):
    """The sale would bring the buyer over a purchase limit of the rule profile."""

    code = "purchase-limit-reached"


class AlreadyRegisteredError(ConflictError):
    """A sales unit has this subject, or this label in the organization, already."""

    code = "unit-already-registered"


class UnitNotReadyError(ConflictError):
    """The sales unit cannot take this step yet; `missing` names what does not hold."""

    code = "unit-not-ready"


class UnitNotUploadedError(ConflictError):
    """The sales unit holds sales that it has not handed in."""

    code = "unit-not-uploaded"


class LogonRefusedError(NotPermittedError):
    """The logon code is not the one in force, or its operator may not sell here."""

    code = "logon-refused"


class BlockNeededError(ConflictError):
    """The sales unit holds no block with room for this; it leases one and repeats the sale."""

    code = "block-needed"


class AlreadyRequestedError(ConflictError):
    """It was asked before to void the order; the earlier request stands."""

    code = "void-already-requested"


class DifferenceUnexplainedError(InvalidRequestError):
    """The counted cash differs from what is expected, and nothing explains it."""

    code = "cash-difference-unexplained"


class AlreadyDrawnError(ConflictError):
    """The draw has its result; it is never drawn again."""

    code = "already-drawn"


class AlreadySealedError(ConflictError):
    """The list is sealed; it is sealed once."""

    code = "already-sealed"


class EntropyUnavailableError(ConflictError):
    """What the planned mode needs cannot be had now; `mode` names it, and the detail says what is missing."""

    code = "entropy-unavailable"


class TooFewNumbersError(ConflictError):
    """Fewer numbers take part than the draw has winners."""

    code = "numbers-too-few"


class SealRefusedError(ConflictError):
    """What would be sealed contradicts the manifest; `fault` names what is wrong."""

    code = "seal-refused"


class DrawPossibleError(ConflictError):
    """The attempt can still be held, so that it is not given up."""

    code = "draw-possible"


class AttemptsExhaustedError(ConflictError):
    """The manifest commits to no further attempt of this draw."""

    code = "attempts-exhausted"


class AlternatesExhaustedError(ConflictError):
    """Every alternate that was drawn has taken a place already."""

    code = "alternates-exhausted"


class ContributionRefusedError(ConflictError):
    """A contribution is unknown, too late or too early, or not what its party was committed to."""

    code = "contribution-refused"


class DrawnNumberRefusedError(ConflictError):
    """The number is unsold, void, takes no part or has won already; or its validation number is wrong."""

    code = "drawn-number-refused"


class AlreadyEnteredError(ConflictError):
    """This person has entered a number for this place; the second entry is another person's."""

    code = "drawn-already-entered"


class WinnerNotValidError(ConflictError):
    """A winning number is not on the sealed list, or its order is not valid: an alternate has its place."""

    code = "winner-not-valid"


class SeedLostError(IntegrityFailureError):
    """What is stored is not the seed of this attempt, or its key is gone."""

    code = "seed-lost"


class MisreadTicketError(InvalidRequestError):
    """The validation number cannot be one: it was misread, and must be read again."""

    code = "ticket-misread"


class EvidenceNeededError(ConflictError):
    """The ticket was printed more than once: its bearer needs other evidence that it is theirs."""

    code = "evidence-needed"


class ClaimantNotEligibleError(ConflictError):
    """The ticket is good, and the rules do not let its bearer have the prize."""

    code = "claimant-not-eligible"


class CosignatureRefusedError(InvalidRequestError):
    """The cosignature is forged, or not by a witness of this ledger."""

    code = "cosignature-refused"


class NotInLedgerYetError(ConflictError):
    """The order is not in a signed state of the ledger yet; that takes a minute or two."""

    code = "not-in-ledger-yet"


class UploadGapError(ConflictError):
    """Records before these have not been handed in; `expected` is the position to begin at."""

    code = "upload-gap"


class AgeNotConfirmedError(ConflictError):
    """The rules ask for an age, `minimum_age`, and the buyer does not confirm it."""

    code = "age-not-confirmed"


class LocationUnknownError(ConflictError):
    """The rules ask where the buyer is, and nothing proves it."""

    code = "location-unknown"


class LocationRefusedError(ConflictError):
    """The buyer is in a region, `region`, from which the raffle may not be bought."""

    code = "location-refused"


class SecondPersonNeededError(ConflictError):
    """Another person than the one who has confirmed must confirm too."""

    code = "second-person-needed"
