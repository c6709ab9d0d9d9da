"""GLI-31 2.7.1: a winning ticket is verified before it is paid."""

import json
from typing import Any

import pytest

from riff_critical.handlers.validate_ticket import Verdict, handler
from riff_critical.validation import block_key, issue
from riff_critical.verification import critical_digest

RAFFLE_KEY = bytes(range(32))
BLOCK = block_key(RAFFLE_KEY, 77)
NUMBER = issue(BLOCK, 40)
NOW = 1_764_000_000_000
EVENT: dict[str, Any] = {
    "text": NUMBER,
    "presented_at": NOW,
    "block": {"tag": BLOCK.tag, "key": BLOCK.secret.hex()},
    "order": {"ordinal": 40, "state": "paid", "reprints": 0},
    "claim": {"state": "open", "expires_at": NOW + 1},
}


def order(**changes: object) -> dict[str, Any]:
    return {"order": EVENT["order"] | changes}


def claim(**changes: object) -> dict[str, Any]:
    return {"claim": EVENT["claim"] | changes}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.VALID),
        ({"text": NUMBER.lower().replace("-", " ")}, Verdict.VALID),
        (claim(state="validated"), Verdict.VALID),
        (order(reprints=1), Verdict.REPRINTED),
        (claim(expires_at=NOW), Verdict.EXPIRED),
        (claim(expires_at=NOW) | order(reprints=1), Verdict.EXPIRED),
        (claim(state="expired"), Verdict.EXPIRED),
        (claim(state="redraw"), Verdict.EXPIRED),
        (claim(state="trust"), Verdict.EXPIRED),
        (claim(state="paid"), Verdict.ALREADY_PAID),
        (claim(state="paid", expires_at=0), Verdict.ALREADY_PAID),
        ({"claim": None}, Verdict.NO_PRIZE),
        (order(state="voided"), Verdict.VOID),
        (order(state="refunded"), Verdict.VOID),
        (order(state="voided") | claim(state="paid"), Verdict.VOID),
        ({"order": None}, Verdict.FOREIGN),
        (order(state="pending"), Verdict.FOREIGN),
        (order(state="failed"), Verdict.FOREIGN),
        (order(state="expired"), Verdict.FOREIGN),
        (order(ordinal=41), Verdict.FOREIGN),
        (order(ordinal=41, state="voided"), Verdict.FOREIGN),
        ({"block": None}, Verdict.FOREIGN),
        ({"block": {"tag": 78, "key": block_key(RAFFLE_KEY, 78).secret.hex()}}, Verdict.FOREIGN),
        ({"block": {"tag": 77, "key": "00" * 32}}, Verdict.FOREIGN),
        ({"text": issue(block_key(bytes(32), 77), 40)}, Verdict.FOREIGN),
    ],
)
def test_verdict(changes: dict[str, Any], verdict: Verdict, capsys: pytest.CaptureFixture[str]) -> None:
    answer = handler(EVENT | changes, None)
    assert answer == {"ok": True, "verdict": verdict.value, "critical_digest": critical_digest()}
    line = json.loads(capsys.readouterr().out)
    assert (line["outcome"], line["verdict"], line["tag"], line["request"]) == ("ok", verdict.value, 77, None)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": NUMBER[:-1]}, "validation-form"),
        ({"text": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}, "validation-check-character"),
        ({"text": ""}, "document-invalid"),
        ({"text": "-" * 101}, "document-invalid"),
        ({"text": 7}, "document-invalid"),
        ({"more": 1}, "document-invalid"),
        ({"presented_at": "now"}, "document-invalid"),
        ({"block": {"tag": 77}}, "document-invalid"),
        ({"block": {"tag": 32768, "key": "00" * 32}}, "document-invalid"),
        (order(state="sold"), "document-invalid"),
        (order(ordinal=-1), "document-invalid"),
        (order(ordinal=10**9), "document-invalid"),
        (claim(state="void"), "document-invalid"),
    ],
)
def test_what_cannot_be_read_is_an_error(
    changes: dict[str, Any], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = json.loads(json.dumps(handler(EVENT | changes, None)))
    assert (answer["ok"], answer["error"]["category"], answer["error"]["code"]) == (
        False,
        "invalid-input",
        code,
    )
    assert json.loads(capsys.readouterr().out)["outcome"] == code


def test_the_log_holds_neither_key_nor_number(capsys: pytest.CaptureFixture[str]) -> None:
    handler(EVENT, None)
    printed = capsys.readouterr().out
    assert BLOCK.secret.hex() not in printed
    assert NUMBER not in printed
