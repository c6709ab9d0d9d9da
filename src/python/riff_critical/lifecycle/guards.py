"""The conditions that transitions may ask for, each with the sentence that makes it true.

The meaning is normative: whoever passes a guard to `advance` states that its sentence holds, on facts read in
the same transaction as the change of state.
"""

from enum import Enum

from riff_critical.declarations import Self


class Guard(Enum):
    """A named condition; `meaning` is the sentence that must hold."""

    meaning: str

    def __new__(cls, name: str, meaning: str = "") -> Self:
        """Keep the permanent name as the value and the sentence beside it."""
        member = object.__new__(cls)
        member._value_ = name
        member.meaning = meaning
        return member

    # Any machine.
    REASON_GIVEN = "reason-given", "a person has recorded why, in words"

    # Raffle.
    PACKAGES_SET = "packages-set", "the raffle has at least one package"
    PRIZES_SET = "prizes-set", "the raffle has at least one prize, and every prize belongs to a draw"
    RANGES_SET = "ranges-set", "the number space is divided into channel ranges that do not overlap"
    SALES_WINDOW_SET = "sales-window-set", "the opening and the closing of sales are set, in this order"
    DRAWS_COMMITTED = (
        "draws-committed",
        "every planned attempt of every draw has a published commitment, or is drawn by hand",
    )
    ALL_UNITS_UPLOADED = (
        "all-units-uploaded",
        "every sales unit enrolled has uploaded all its sales, or is written off with a reason",
    )
    NO_PAYMENT_UNKNOWN = "no-payment-unknown", "the outcome of every payment is known"
    VOIDS_ACKNOWLEDGED = "voids-acknowledged", "the event manager has acknowledged the list of all voids"
    NUMBERS_BALANCED = "numbers-balanced", "in every block, valid + voided + unsold numbers = leased numbers"
    CASH_COUNTED = "cash-counted", "the cash of every seller is counted and each difference is explained"
    SEALED_LIST_PUBLISHED = (
        "sealed-list-published",
        "the list that will be drawn from is sealed and published",
    )
    DRAWS_OFFICIAL = "draws-official", "every draw of the raffle has an official result"

    # Order.
    PAYMENT_CONFIRMED = "payment-confirmed", "the money is known to have been received, by card or in cash"
    SALES_OPEN = (
        "sales-open",
        "the instant of the sale lies in the sales window, and the raffle was active then",
    )
    ORDER_UNEXPIRED = "order-unexpired", "the instant of the sale lies before the expiry of the order"
    VOIDS_OPEN = "voids-open", "the raffle is active, suspended, closed for sales, or being reconciled"
    REFUNDS_OPEN = "refunds-open", "voids are open, or the raffle is cancelled"

    # Sales unit.
    UNIT_AUTHENTICATED = "unit-authenticated", "the unit has proved its identity and is enabled"
    OPERATOR_AUTHENTICATED = "operator-authenticated", "an operator with the right to sell has logged on"
    UNIT_UPLOADED = "unit-uploaded", "every entry of the unit's critical memory is stored by the system"
    UNIT_CASH_COUNTED = "unit-cash-counted", "the unit's cash is counted and each difference is explained"
    HOLDS_NO_BLOCK = "holds-no-block", "the unit holds no block and owes no upload in any raffle"
    MEMORY_SOUND = "memory-sound", "the unit's critical memory passes its check"
    MEMORY_CLEARED = "memory-cleared", "the unit's critical memory is empty and passes its check"
    UNIT_INSPECTED = "unit-inspected", "a person has the unit in hand and has identified it"

    # Draw.
    RAFFLE_DRAWING = "raffle-drawing", "the raffle is in the state drawing"
    START_RECORDED = (
        "start-recorded",
        "the start of this attempt is on record, once, before its seed is opened",
    )
    TRANSCRIPT_VERIFIED = (
        "transcript-verified",
        "the transcript is complete and recomputes to the same result",
    )
    RESULT_VERIFIED = "result-verified", "each winning number is on the sealed list and its ticket is valid"

    # Claim.
    TICKET_VERIFIED = (
        "ticket-verified",
        "the ticket shown is the valid winning ticket, by its validation number",
    )
    CLAIMANT_ELIGIBLE = "claimant-eligible", "the rule profile lets this person receive the prize"
    PAYOUT_RECORDED = "payout-recorded", "the hand-over of the prize is recorded with the person who made it"
    CLAIM_PERIOD_OVER = "claim-period-over", "the claim period of the rule profile has ended"
    PROFILE_REDRAWS = "profile-redraws", "the rule profile has unclaimed prizes drawn again"
    PROFILE_KEEPS_IN_TRUST = "profile-keeps-in-trust", "the rule profile has unclaimed prizes kept in trust"
