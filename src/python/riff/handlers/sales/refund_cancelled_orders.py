"""Every minute: owe back what was paid online for raffles that were cancelled."""

from riff.handlers._runtime.schedule import Run, job
from riff.usecases.sales.refund_cancelled_orders import RefundCancelledOrders, refund_cancelled_orders
from riff.wiring import services


@job()
def handler(run: Run) -> None:
    """Take back what is due."""
    refund_cancelled_orders(RefundCancelledOrders(), services(), run)
