"""The salts of a raffle's ledger: what lets the holder of a ticket, and nobody else, recognise its entries.

Method: salt(purpose, name) = HMAC-SHA-256(the raffle's validation key, frame("riff/ledger/salt/1", purpose,
name)), all in UTF-8.  The key derives the validation numbers' block keys too, under another tag, so neither
tells anything about the other.  No salt is stored: it goes to the holder with the proof.

The salt of an order opens the hashes of its SALE, VOID and REPRINT entries.  The salt of an official is the
same in the whole raffle, so that the same person shows as the same hash, and two persons as two.
"""

from hmac import digest
from typing import Final

from riff.domain.identifiers import OrderId
from riff.domain.raffles.raffle import RaffleKeys
from riff_critical.encoding import frame
from riff_critical.ledger import salted_hash

_TAG: Final = "riff/ledger/salt/1"


def order_salt(keys: RaffleKeys, order_id: OrderId) -> bytes:
    """The salt of an order, of 32 bytes."""
    return _salt(keys, "order", str(order_id))


def official_hash(keys: RaffleKeys, label: str) -> bytes:
    """What the ledger and the transcript show of a person who acted."""
    return salted_hash(_salt(keys, "official", label), label)


def reason_hash(keys: RaffleKeys, about: str, reason: str) -> bytes:
    """What the ledger shows of a reason: words of a person, which may name another."""
    return salted_hash(_salt(keys, "reason", about), reason)


def _salt(keys: RaffleKeys, purpose: str, name: str) -> bytes:
    return digest(keys.validation, frame(_TAG, purpose.encode(), name.encode()), "sha256")
