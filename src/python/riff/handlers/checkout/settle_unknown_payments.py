"""Every minute: ask the processor about payments that are unknown, and return what is owed."""

from riff.handlers._runtime.schedule import Run, job
from riff.usecases.checkout.settle_unknown_payments import SettleUnknownPayments, settle_unknown_payments
from riff.wiring import services


@job()
def handler(run: Run) -> None:
    """Settle what can be settled now."""
    settle_unknown_payments(SettleUnknownPayments(), services(), run)
