"""What proves the buyer of an online order: the order's name alone does not, since staff are told it too.

Method: HMAC-SHA-256(the raffle's validation key, frame("riff/order/access/1", the order's name in UTF-8)), in
URL-safe base64 without padding.  The key derives validation numbers and the ledger's salts too, under other
tags, so none of them tells anything about another.  No token is stored: the buyer gets it with the order.
"""

from base64 import urlsafe_b64encode
from hmac import compare_digest, digest
from typing import Final

from riff.domain.identifiers import OrderId
from riff.domain.raffles.raffle import RaffleKeys
from riff_critical.encoding import frame

_TAG: Final = "riff/order/access/1"


def access_token(keys: RaffleKeys, order_id: OrderId) -> str:
    """The token of an order, of 43 characters."""
    mac = digest(keys.validation, frame(_TAG, str(order_id).encode()), "sha256")
    return urlsafe_b64encode(mac).rstrip(b"=").decode()


def is_access_token(text: str, keys: RaffleKeys, order_id: OrderId) -> bool:
    """Whether a text is the token of an order; how long it takes does not tell how much of it is right."""
    return compare_digest(text.encode(errors="replace"), access_token(keys, order_id).encode())
