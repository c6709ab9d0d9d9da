"""GLI-31 2.7.1: a winning ticket is verified by its number or its scanned code before anything is paid."""

import pytest

from riff.domain.draws.claim import Payout, PayoutMethod, Verdict
from riff.errors import MisreadTicketError, StateRefusesError
from riff.usecases.draws.pay_claim import PayClaim, pay_claim
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import ClaimState
from riff_critical.validation import block_key, issue
from tests.support.claims import bought, only, present, won
from tests.support.stage import Stage

PAYOUT = Payout(PayoutMethod.CHEQUE, "000123")


def test_nothing_is_paid_before_the_ticket_is_verified() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket)
    with pytest.raises(StateRefusesError):
        pay_claim(PayClaim(stage.manager, claim.id, PAYOUT), stage.fakes.services)
    assert only(present(stage, ticket.validation_number)) is Verdict.VALID
    assert pay_claim(PayClaim(stage.manager, claim.id, PAYOUT), stage.fakes.services).state is ClaimState.PAID


def test_a_scanned_code_is_the_number_itself() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    won(stage, ticket)
    assert only(present(stage, ticket.validation_number.replace("-", ""))) is Verdict.VALID


def test_every_single_misread_character_is_noticed() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    won(stage, ticket)
    text = ticket.validation_number
    for place in [place for place, sign in enumerate(text) if sign != "-"]:
        wrong = "7" if text[place] != "7" else "8"
        with pytest.raises(MisreadTicketError):
            present(stage, text[:place] + wrong + text[place + 1 :])


def test_void_paid_and_made_up_tickets_win_nothing() -> None:
    stage = Stage.of()
    void, paid = bought(stage, "key-1"), bought(stage, "key-2")
    won(stage, void)
    won(stage, paid, place=1, state=ClaimState.PAID)
    void_order(VoidOrder(stage.manager, void.order.id, "r"), stage.fakes.services)
    made_up = issue(block_key(bytes(32), 0), 0)
    texts = void.validation_number, paid.validation_number, made_up
    assert [only(present(stage, text)) for text in texts] == [
        Verdict.VOID,
        Verdict.ALREADY_PAID,
        Verdict.FOREIGN,
    ]
    assert stage.fakes.transactions.tables.claimants == {}
