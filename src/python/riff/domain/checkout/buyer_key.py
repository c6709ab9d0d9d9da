"""Who buys, as purchase limits know it: a digest of the customer's name, or of the address that was given."""

from hashlib import sha256
from unicodedata import normalize

from riff.domain.accounts.actor import Actor, ActorKind
from riff.domain.checkout.checkout import Buyer
from riff_critical.encoding import frame


def buyer_key(actor: Actor, buyer: Buyer) -> bytes:
    """The key under which this buyer's orders are counted together.

    A customer who has signed in is known by the identity provider's subject, a guest by the address of mail.
    """
    if actor.kind is ActorKind.CUSTOMER:
        return sha256(frame("riff.buyer.customer.1", actor.name.encode())).digest()
    return sha256(frame("riff.buyer.address.1", normalized_address(buyer.email).encode())).digest()


def normalized_address(email: str) -> str:
    """An address as its mailbox is the same: in one case and form, without what follows a plus sign."""
    local, at, domain = normalize("NFKC", email).strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
