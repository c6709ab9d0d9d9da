"""The token of an order proves its buyer, and nothing else does."""

from base64 import urlsafe_b64decode
from hashlib import sha256
from hmac import digest
from uuid import UUID

import attrs
import pytest

from riff.domain.audit.ledger_salt import order_salt
from riff.domain.checkout.access_token import access_token, is_access_token
from riff.domain.identifiers import OrderId
from tests.support.builders import raffle_keys

ORDER = OrderId(UUID("0196f1d5-03f0-7d4b-8c6e-9b1f7a2d5e60"))
OTHER = OrderId(UUID("0196f1d5-03f0-7d4b-8c6e-9b1f7a2d5e61"))


def test_is_the_token_of_its_order_alone() -> None:
    token = access_token(raffle_keys(), ORDER)
    assert len(token) == 43
    assert is_access_token(token, raffle_keys(), ORDER)
    assert not is_access_token(token, raffle_keys(), OTHER)


def test_is_the_token_of_its_raffle_alone() -> None:
    token = access_token(raffle_keys(), ORDER)
    others = attrs.evolve(raffle_keys(), validation=sha256(b"another raffle").digest())
    assert not is_access_token(token, others, ORDER)


@pytest.mark.parametrize("text", ["", "x" * 43, str(ORDER), "é", "\udc80", "x" * 10_000])
def test_takes_no_other_text(text: str) -> None:
    assert not is_access_token(text, raffle_keys(), ORDER)


def test_is_neither_a_salt_of_the_ledger_nor_a_digest_of_the_name() -> None:
    """Holders of a proof know the salt, which the same key makes."""
    mac = urlsafe_b64decode(access_token(raffle_keys(), ORDER) + "=")
    assert mac not in (
        order_salt(raffle_keys(), ORDER),
        digest(raffle_keys().validation, str(ORDER).encode(), "sha256"),
    )
