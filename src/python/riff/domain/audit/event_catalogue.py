"""Significant events; `./riff generate` writes this from catalogue/events.toml."""

from enum import StrEnum


class EventKind(StrEnum):
    """What happened, as regulators know it (GLI-31 5.6)."""

    CHECKOUT_OPENED = "CHK-0301"
    """An online order was opened and awaits its payment."""

    CHECKOUT_DECLINED = "CHK-0302"
    """The payment of an online order was declined; no numbers were issued."""

    CHECKOUT_REFUND_DUE = "CHK-0303"
    """A payment is owed back: it came too late, its order was taken back, or its refund failed."""

    CHECKOUT_REFUNDED = "CHK-0304"
    """A payment that was owed back was returned by the payment processor."""

    CHECKOUT_EXPIRED = "CHK-0305"
    """An online order expired without a payment; nothing was taken and no numbers were issued."""

    CHECKOUT_REVERSED = "CHK-0306"
    """The processor tells of a refund that nobody here asked for; an official decides about the order."""

    CLAIMS_OPENED = "CLM-0701"
    """The winners of an official draw may claim their prizes."""

    TICKET_PRESENTED = "CLM-0702"
    """A ticket was presented for a prize, and nothing followed from it; the verdict is recorded."""

    CLAIM_VALIDATED = "CLM-0703"
    """A winning ticket was found valid, and its bearer recorded (GLI-31 2.7.1)."""

    CLAIM_PAID = "CLM-0704"
    """A prize was handed over."""

    CLAIM_EXPIRED = "CLM-0705"
    """Nobody claimed a prize in time; it is drawn again or kept in trust, by the rule profile."""

    DRAWS_PLANNED = "DRW-0601"
    """How the draws of a raffle that is not yet active are held was decided."""

    DRAWS_COMMITTED = "DRW-0602"
    """The manifest of a raffle was fixed, and a seed for every attempt of every draw committed to."""

    CONTRIBUTION_COMMITTED = "DRW-0603"
    """A party outside the organization was committed to its contribution to a draw."""

    CONTRIBUTION_OPENED = "DRW-0604"
    """A contribution was opened, and is what its party was committed to."""

    RAFFLE_SEALED = "DRW-0610"
    """The list to draw from was sealed and published."""

    DRAW_APPROVED = "DRW-0620"
    """One of two persons gave their word for a decision about a draw."""

    DRAW_STARTED = "DRW-0621"
    """An attempt of a draw was started; its seed is opened only after this."""

    DRAW_NUMBER_ENTERED = "DRW-0622"
    """An official entered a number that was drawn by hand."""

    DRAW_NUMBERS_DIFFER = "DRW-0623"
    """Two officials entered different numbers for one place; both enter again."""

    DRAW_CONCLUDED = "DRW-0624"
    """An attempt of a draw ended, with its winners or with its failure."""

    DRAW_SUBSTITUTED = "DRW-0625"
    """An alternate took the place of a winner who is void or not eligible."""

    DRAW_OFFICIAL = "DRW-0626"
    """The result of a draw was declared official."""

    RAFFLE_COMPLETED = "DRW-0630"
    """Every draw of a raffle is official."""

    RAFFLE_CREATED = "RAF-0101"
    """A raffle was created and took the organization's next event number."""

    PACKAGES_SET = "RAF-0102"
    """The packages of a raffle that is not yet active were set or replaced."""

    PRIZES_SET = "RAF-0103"
    """The prizes of a raffle that is not yet active were set or replaced."""

    RAFFLE_ACTIVATED = "RAF-0104"
    """A raffle was activated: everything that could affect its integrity is frozen from here on."""

    RAFFLE_SUSPENDED = "RAF-0105"
    """An official suspended the sales of a raffle."""

    RAFFLE_RESUMED = "RAF-0106"
    """An official let a suspended raffle sell again."""

    RAFFLE_CANCELLED = "RAF-0107"
    """A raffle was cancelled: nothing is drawn, and what its valid orders came to is owed back."""

    PRICE_CHANGED = "RAF-0108"
    """The price of a package was changed during the sales; orders opened before keep theirs."""

    SALES_EXTENDED = "RAF-0109"
    """The sales of a raffle were extended to a later close."""

    RAFFLE_UPDATED = "RAF-0110"
    """What was decided at the creation of a raffle was decided anew, before its activation."""

    RANGES_SET = "RAF-0111"
    """The number space of a raffle that is not yet active was divided anew."""

    SALES_OPENED = "RAF-0141"
    """The sales window of an active raffle has begun, by schedule."""

    SALES_CLOSED = "RAF-0142"
    """Sales of a raffle ended, by schedule or by an official."""

    RECONCILING_STARTED = "REC-0501"
    """The reconciliation of a raffle began."""

    UNIT_WRITTEN_OFF = "REC-0502"
    """A sales unit was written off: the raffle goes on without what it may have sold and never handed in."""

    CASH_COUNTED = "REC-0503"
    """The cash of a seller was counted, or counted again."""

    VOIDS_ACKNOWLEDGED = "REC-0504"
    """The event manager acknowledged the list of all voids (GLI-31 2.6.3)."""

    RECONCILIATION_CONFIRMED = "REC-0505"
    """A person confirmed the figures of a reconciliation."""

    RAFFLE_RECONCILED = "REC-0506"
    """A raffle is reconciled: every sale, void, payment and unit is accounted for."""

    BLOCK_LEASED = "SAL-0201"
    """A run of the number space was leased to a seller, anew or by taking over an expired lease."""

    ORDER_SOLD = "SAL-0210"
    """An order was sold: its numbers exist from here on."""

    ORDER_VOIDED = "SAL-0220"
    """An order was voided: its numbers take part in no draw and are never sold again."""

    ORDER_REFUNDED = "SAL-0221"
    """An order was taken back and its money is returned; its numbers take part in no draw."""

    TICKET_REPRINTED = "SAL-0222"
    """A ticket was printed again; the copy says so and carries its count."""

    SYSTEM_VERIFIED = "SYS-0801"
    """The files of the certified core were read and are the certified ones (GLI-31 5.8.1)."""

    SYSTEM_DIFFERS = "SYS-0802"
    """The files of the certified core were read and are not the certified ones; an alarm is raised."""

    UNIT_REGISTERED = "UNT-0401"
    """A sales unit was registered: a device of an organization, disabled until it enrols."""

    UNIT_SUSPENDED = "UNT-0402"
    """A sales unit was suspended by a member of staff; it sells nothing until it is resumed."""

    UNIT_RESUMED = "UNT-0403"
    """A sales unit was found fit to serve again, and got a new logon code."""

    UNIT_LOST = "UNT-0404"
    """A sales unit was reported lost, stolen or destroyed; it does nothing any more."""

    UNIT_UPDATED = "UNT-0405"
    """A sales unit got another label or another operator."""

    UNIT_ENROLLED = "UNT-0410"
    """A sales unit was enrolled in a raffle."""

    UNIT_ACTIVATED = "UNT-0411"
    """An operator logged on at a sales unit, which may sell from here on."""

    UNIT_CLOSED = "UNT-0412"
    """A sales unit has handed in all of its sales and sells no more in this raffle."""

    UNIT_RECONCILED = "UNT-0413"
    """The cash of a closed sales unit is counted; it can be reset and enrolled anew."""

    UNIT_RESET = "UNT-0414"
    """A reconciled sales unit was reset: its memory is empty, and it serves no raffle."""

    VOID_REQUESTED = "UNT-0420"
    """The operator of a sales unit asked for an order to be voided."""

    SALES_UPLOADED = "UNT-0421"
    """A sales unit handed in sales that it made while it was out of reach."""

    RECORD_REFUSED = "UNT-0422"
    """A record that a sales unit handed in was not taken as a sale; the unit stopped."""

    UNIT_REPORTED = "UNT-0430"
    """A sales unit reported something that happened to it: power, printer, paper, connection."""

    UNIT_CORRUPTED = "UNT-0431"
    """A sales unit reported that its critical memory or its program is corrupted; it stopped."""
