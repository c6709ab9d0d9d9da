"""Notices: the signature, its age, and what a signed one may say.  Charges are tested with the processor."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from riff.adapters.payments.plugin import PaymentSettings
from riff.adapters.payments.sandbox import connect
from riff.domain.checkout.charge import ChargeState
from riff.errors import InvalidRequestError, NoticeRefusedError
from tests.support.fakes import NOON, FakeClock

SECRET = "notice-secret"
NOW = int(NOON.timestamp())
NOTICE: dict[str, Any] = {
    "id": "evt_1",
    "type": "charge.succeeded",
    "charge": {
        "id": "ch_1",
        "order_id": "0196f1d5-03f0-7d4b-8c6e-9b1f7a2d5e60",
        "amount": 2000,
        "currency": "CAD",
        "status": "succeeded",
    },
}
PAYMENTS = connect(PaymentSettings("http://127.0.0.1:1", "key", SECRET), FakeClock())


def _signature(body: bytes, stamp: int = NOW, secret: str = SECRET) -> str:
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={digest}"


def _signed(notice: object) -> tuple[dict[str, str], bytes]:
    body = json.dumps(notice).encode()
    return {"riff-sandbox-signature": _signature(body)}, body


def test_reads_a_signed_notice() -> None:
    found = PAYMENTS.read_notice(*_signed(NOTICE))
    assert (found.id, found.refunded, found.charge.id) == ("evt_1", False, "ch_1")
    assert (found.charge.state, found.charge.amount.minor) == (ChargeState.SUCCEEDED, 2000)


def test_tells_a_refund() -> None:
    charge = {**NOTICE["charge"], "refunded": 700}
    found = PAYMENTS.read_notice(*_signed({**NOTICE, "type": "charge.refunded", "charge": charge}))
    assert (found.refunded, found.charge.amount.minor) == (True, 700)


@pytest.mark.parametrize("spoilt", [{}, {"refunded": "700"}, {"refunded": True}])
def test_a_refund_tells_how_much_went_back(spoilt: dict[str, Any]) -> None:
    notice = {**NOTICE, "type": "charge.refunded", "charge": {**NOTICE["charge"], **spoilt}}
    with pytest.raises(InvalidRequestError):
        PAYMENTS.read_notice(*_signed(notice))


BODY = json.dumps(NOTICE).encode()
SIGNATURES = {
    "absent": {},
    "empty": {"riff-sandbox-signature": ""},
    "without time": {"riff-sandbox-signature": _signature(BODY).partition(",")[2]},
    "of another secret": {"riff-sandbox-signature": _signature(BODY, secret="other")},
    "of another body": {"riff-sandbox-signature": _signature(BODY + b" ")},
    "of another time": {"riff-sandbox-signature": _signature(BODY).replace(f"t={NOW}", f"t={NOW + 1}")},
    "too old": {"riff-sandbox-signature": _signature(BODY, NOW - 301)},
    "from the future": {"riff-sandbox-signature": _signature(BODY, NOW + 301)},
    "in capitals": {"riff-sandbox-signature": _signature(BODY).upper()},
    "with more behind it": {"riff-sandbox-signature": _signature(BODY) + ",v1=00"},
    "not ASCII": {"riff-sandbox-signature": "t=٣,v1=" + "0" * 64},
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_refuses_a_notice_that_nobody_signed(name: str) -> None:
    with pytest.raises(NoticeRefusedError):
        PAYMENTS.read_notice(SIGNATURES[name], BODY)


@pytest.mark.parametrize("age", [-300, 0, 300])
def test_takes_a_notice_of_a_few_minutes(age: int) -> None:
    headers = {"riff-sandbox-signature": _signature(BODY, NOW - age)}
    assert PAYMENTS.read_notice(headers, BODY).id == "evt_1"


CHARGE = NOTICE["charge"]
NONSENSE = {
    "list": [],
    "text": "charge.succeeded",
    "nothing": {},
    "unknown type": {**NOTICE, "type": "charge.disputed"},
    "id as number": {**NOTICE, "id": 7},
    "no charge": {"id": "evt_1", "type": "charge.succeeded"},
    "charge as text": {**NOTICE, "charge": "ch_1"},
    "amount as text": {**NOTICE, "charge": {**CHARGE, "amount": "2000"}},
    "amount as truth": {**NOTICE, "charge": {**CHARGE, "amount": True}},
    "amount with a point": {**NOTICE, "charge": {**CHARGE, "amount": 2000.0}},
    "amount negative": {**NOTICE, "charge": {**CHARGE, "amount": -1}},
    "currency in small letters": {**NOTICE, "charge": {**CHARGE, "currency": "cad"}},
    "order that is no name": {**NOTICE, "charge": {**CHARGE, "order_id": "7"}},
    "unknown status": {**NOTICE, "charge": {**CHARGE, "status": "lost"}},
}


@pytest.mark.parametrize("name", NONSENSE)
def test_refuses_a_signed_notice_that_makes_no_sense(name: str) -> None:
    with pytest.raises(InvalidRequestError):
        PAYMENTS.read_notice(*_signed(NONSENSE[name]))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_refuses_a_signed_notice_that_is_not_json(body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        PAYMENTS.read_notice({"riff-sandbox-signature": _signature(body)}, body)
