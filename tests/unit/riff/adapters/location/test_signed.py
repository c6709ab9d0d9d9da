"""Evidence of a place is a token that its supplier signed, for one purchase and a short while."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from riff.adapters.location.signed import SignedLocations, connect
from tests.support.fakes import NOON, FakeClock
from tests.support.locations import CLAIMS, HEADER, NOW, PURCHASE, SETTINGS, evidence, signed

OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
TOKEN = evidence()


def supplier() -> SignedLocations:
    return connect(SETTINGS, FakeClock())


@pytest.mark.parametrize("region", ["CA-ON", "CA", "US-ND", "GB-ENG", "FR-2A"])
def test_tells_the_region_that_was_signed(region: str) -> None:
    assert supplier().region(evidence(region=region), PURCHASE) == region


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://somebody.example"},
        {"iss": None},
        {"aud": "another deployment"},
        {"aud": ["riff-tests"]},
        {"nonce": "another purchase"},
        {"nonce": None},
        {"region": "ontario"},
        {"region": "CA-ONTA"},
        {"region": ""},
        {"region": None},
        {"region": ["CA-ON"]},
        {"exp": NOW},
        {"exp": NOW + 891},
        {"exp": str(NOW + 60)},
        {"exp": True},
        {"exp": float(NOW + 60)},
        {"exp": None},
        {"iat": NOW + 61, "exp": NOW + 120},
        {"iat": None},
    ],
)
def test_other_claims_prove_nothing(changes: dict[str, object]) -> None:
    assert supplier().region(evidence(**changes), PURCHASE) is None


def test_a_supplier_may_be_a_minute_ahead() -> None:
    assert supplier().region(evidence(iat=NOW + 60, exp=NOW + 960), PURCHASE) == "CA-ON"


def test_evidence_ends() -> None:
    clock = FakeClock(NOON + timedelta(seconds=290))
    assert connect(SETTINGS, clock).region(TOKEN, PURCHASE) is None


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "ES256"},
        {},
        {**HEADER, "crit": ["exp"], "exp": 1},
        {**HEADER, "alg": ["EdDSA"]},
    ],
)
def test_one_way_of_signing_is_known(header: dict[str, object]) -> None:
    token = signed(json.dumps(header).encode(), json.dumps(CLAIMS).encode())
    assert supplier().region(token, PURCHASE) is None


def test_nobody_else_may_sign() -> None:
    token = signed(json.dumps(HEADER).encode(), json.dumps(CLAIMS).encode(), OTHER_KEY)
    assert supplier().region(token, PURCHASE) is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        "in Ontario",
        "..",
        "a.b.c",
        TOKEN.rpartition(".")[0],
        TOKEN.rpartition(".")[0] + ".",
        TOKEN + ".",
        TOKEN + "\n",
        TOKEN + "=",
        " " + TOKEN,
        signed(b"[]", json.dumps(CLAIMS).encode()),
        signed(json.dumps(HEADER).encode(), b"[]"),
        signed(json.dumps(HEADER).encode(), b"\xff"),
        signed(json.dumps(HEADER).encode(), b"[" * 3_000),
        signed(b"[" * 3_000, json.dumps(CLAIMS).encode()),
        signed(b"{", json.dumps(CLAIMS).encode()),
    ],
)
def test_what_is_no_token_proves_nothing(token: str) -> None:
    assert supplier().region(token, PURCHASE) is None


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("AQgw-_.0z"))
def test_no_changed_token_proves_another_place(place: int, character: str) -> None:
    changed = TOKEN[:place] + character + TOKEN[place + 1 :]
    # The last character of a part may have bits that mean nothing; what was signed is the same then.
    assert supplier().region(changed, PURCHASE) in (None, "CA-ON")
    if changed.rpartition(".")[0] != TOKEN.rpartition(".")[0]:
        assert supplier().region(changed, PURCHASE) is None
