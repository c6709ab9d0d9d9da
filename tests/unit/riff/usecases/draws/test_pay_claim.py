import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Payout, PayoutMethod
from riff.domain.identifiers import ClaimId
from riff.errors import NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.draws.pay_claim import PayClaim, pay_claim
from riff_critical.lifecycle import ClaimState
from tests.support.claims import bought, present, won
from tests.support.fakes import NOON
from tests.support.stage import A_NOBODY, Stage, member

PAYOUT = Payout(PayoutMethod.CHEQUE, "000123")


def test_pays_a_validated_claim_once() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket)
    present(stage, ticket.validation_number)
    command = PayClaim(stage.manager, claim.id, PAYOUT)
    assert pay_claim(command, stage.fakes.services).state is ClaimState.PAID
    assert stage.fakes.transactions.tables.payouts[claim.id] == (PAYOUT, stage.manager.label, NOON)
    with pytest.raises(StateRefusesError):
        pay_claim(command, stage.fakes.services)
    (event,) = [e for e in stage.fakes.transactions.events() if e.kind is EventKind.CLAIM_PAID]
    assert b'"amount":5000' in event.record
    assert b'"reference":"000123"' in event.record


@pytest.mark.parametrize("state", [state for state in ClaimState if state is not ClaimState.VALIDATED])
def test_pays_nothing_else(state: ClaimState) -> None:
    stage = Stage.of()
    claim = won(stage, bought(stage), state=state)
    with pytest.raises(StateRefusesError):
        pay_claim(PayClaim(stage.manager, claim.id, PAYOUT), stage.fakes.services)
    assert stage.fakes.transactions.tables.payouts == {}


def test_only_who_may() -> None:
    stage = Stage.of()
    claim = won(stage, bought(stage), state=ClaimState.VALIDATED)
    with pytest.raises(NotPermittedError):
        pay_claim(PayClaim(member("regulator", stage.organization), claim.id, PAYOUT), stage.fakes.services)
    with pytest.raises(NotFoundError):
        pay_claim(PayClaim(A_NOBODY, claim.id, PAYOUT), stage.fakes.services)
    with pytest.raises(NotFoundError):
        pay_claim(PayClaim(stage.manager, ClaimId(stage.raffle.id), PAYOUT), stage.fakes.services)
