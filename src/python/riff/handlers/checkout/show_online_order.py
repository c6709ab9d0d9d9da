"""GET /orders/{order_id}: how an online order stands, and its ticket to the buyer."""

from typing import Final

from riff.domain.identifiers import OrderId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.shapes.order import OnlineOrderReply
from riff.usecases.checkout.show_online_order import ShowOnlineOrder, show_online_order
from riff.wiring import services

HEADER: Final = "Access-Token"


@endpoint()
def handler(request: Request[None]) -> Ok[OnlineOrderReply]:
    """Answer with the order, and to the buyer with its ticket once it has one."""
    query = ShowOnlineOrder(
        order_id=OrderId(request.path_id("order_id")), access_token=request.header(HEADER)
    )
    order = show_online_order(query, services())
    return Ok(OnlineOrderReply.of(order.checkout, order.ticket))
