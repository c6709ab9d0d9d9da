"""Every minute: let orders expire that were not paid in time."""

from riff.handlers._runtime.schedule import Run, job
from riff.usecases.checkout.expire_pending_orders import ExpirePendingOrders, expire_pending_orders
from riff.wiring import services


@job()
def handler(run: Run) -> None:
    """Conclude what has expired."""
    expire_pending_orders(ExpirePendingOrders(), services(), run)
