"""POST /payments/notices: the payment processor tells of a payment."""

import attrs

from riff.handlers._runtime.http import Ok, RawBody, Request, endpoint
from riff.usecases.checkout.receive_payment_notice import ReceivePaymentNotice, receive_payment_notice
from riff.wiring import services


@attrs.frozen
class NoticeReply:
    """The notice is taken care of and need not be repeated."""

    received: bool


@endpoint(body=RawBody)
def handler(request: Request[RawBody]) -> Ok[NoticeReply]:
    """Answer once whatever the notice says is stored."""
    command = ReceivePaymentNotice(headers=request.body.headers, body=request.body.content)
    receive_payment_notice(command, services())
    return Ok(NoticeReply(received=True))
