"""Why a step of a reconciliation is refused: a permanent code for each reason."""

from riff.errors import ConflictError


class UnitsNotUploadedError(ConflictError):
    """Sales units have neither handed in all their sales nor been written off."""

    code = "units-not-uploaded"


class PaymentsUnknownError(ConflictError):
    """The outcome of online payments is not known yet."""

    code = "payments-unknown"


class VoidsNotAcknowledgedError(ConflictError):
    """The event manager has not acknowledged the list of voids as it stands."""

    code = "voids-not-acknowledged"


class NumbersNotBalancedError(ConflictError):
    """Valid, voided and unsold numbers do not add up to the issued ones."""

    code = "numbers-not-balanced"


class CashNotCountedError(ConflictError):
    """The cash of sellers is not counted, or not since their last void."""

    code = "cash-not-counted"


class VoidsChangedError(ConflictError):
    """The list of voids is another one than the one acknowledged."""

    code = "voids-changed"


class AlreadyWrittenOffError(ConflictError):
    """The enrolment is written off already; the earlier decision stands."""

    code = "already-written-off"


class NothingToWriteOffError(ConflictError):
    """The sales unit has handed in everything."""

    code = "nothing-to-write-off"
