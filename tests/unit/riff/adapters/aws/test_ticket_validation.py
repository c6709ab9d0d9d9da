"""What the certified function is told of a ticket, and what its answer means."""

from datetime import timedelta
from typing import Any

import pytest

from riff.adapters.aws.ticket_validation import event_of, verdict_of
from riff.domain.draws.claim import Verdict
from riff.errors import IntegrityFailureError, MisreadTicketError
from riff.ports.ticket_validation import IssuedOrder, PresentedTicket
from riff_critical.handlers.validate_ticket import handler
from riff_critical.lifecycle import OrderState
from riff_critical.validation import block_key, issue
from tests.support.claims import bought, won
from tests.support.fakes import NOON
from tests.support.stage import Stage

KEY = block_key(b"k" * 32, 3)


def test_tells_what_the_books_say() -> None:
    stage = Stage.of()
    claim = won(stage, bought(stage), expires_at=NOON + timedelta(milliseconds=1500))
    ticket = PresentedTicket("text", NOON, KEY, IssuedOrder(5, OrderState.PAID, 2), claim)
    noon = int(NOON.timestamp() * 1000)
    assert event_of(ticket) == {
        "text": "text",
        "presented_at": noon,
        "block": {"tag": 3, "key": KEY.secret.hex()},
        "order": {"ordinal": 5, "state": "paid", "reprints": 2},
        "claim": {"state": "open", "expires_at": noon + 1500},
    }


def test_tells_that_there_is_nothing() -> None:
    event = event_of(PresentedTicket("text", NOON, None, None, None))
    assert [event[name] for name in ("block", "order", "claim")] == [None, None, None]


def test_a_claim_without_end_is_told_as_one_far_away() -> None:
    stage = Stage.of()
    claim = won(stage, bought(stage), expires_at=None)
    ticket = PresentedTicket(issue(KEY, 5), NOON, KEY, IssuedOrder(5, OrderState.PAID, 0), claim)
    assert verdict_of(handler(event_of(ticket), None)) is Verdict.VALID


@pytest.mark.parametrize("verdict", list(Verdict))
def test_understands_every_verdict(verdict: Verdict) -> None:
    assert verdict_of({"ok": True, "verdict": verdict.value}) is verdict


def _refusal(code: str) -> dict[str, Any]:
    return {"ok": False, "error": {"category": "invalid-input", "code": code, "detail": "d"}}


@pytest.mark.parametrize("code", ["validation-form", "validation-check-character"])
def test_a_number_that_was_misread_is_read_again(code: str) -> None:
    with pytest.raises(MisreadTicketError):
        verdict_of(_refusal(code))


def test_any_other_refusal_calls_for_people() -> None:
    with pytest.raises(IntegrityFailureError) as refused:
        verdict_of(_refusal("document-invalid"))
    assert "document-invalid" in refused.value.__notes__[0]
