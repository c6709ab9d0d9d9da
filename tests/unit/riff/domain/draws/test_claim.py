from datetime import timedelta
from itertools import product
from uuid import uuid4

import attrs
import pytest

from riff.domain.draws.claim import Claim, Claimant, Document
from riff.domain.identifiers import ClaimId, OrderId, PrizeId, RaffleId
from riff.domain.money import Money
from riff.errors import StateRefusesError
from riff_critical.lifecycle import CLAIM, ClaimEvent, ClaimState, Guard
from tests.support.fakes import NOON

CLAIM_OF_A_DAY = Claim(
    id=ClaimId(uuid4()),
    raffle_id=RaffleId(uuid4()),
    draw=1,
    place=0,
    prize_id=PrizeId(uuid4()),
    amount=Money(5000, "CAD"),
    slot=7,
    order_id=OrderId(uuid4()),
    state=ClaimState.OPEN,
    opened_at=NOON,
    expires_at=NOON + timedelta(days=1),
)


@pytest.mark.parametrize(("state", "event"), list(product(ClaimState, ClaimEvent)))
def test_follows_the_state_machine(state: ClaimState, event: ClaimEvent) -> None:
    claim = attrs.evolve(CLAIM_OF_A_DAY, state=state)
    transition = CLAIM.transitions.get((state, event))
    if transition is None:
        with pytest.raises(StateRefusesError) as refused:
            claim.after(event, frozenset(Guard))
        assert refused.value.facts == {"state": state.value, "action": event.value}
    else:
        assert claim.after(event, frozenset(Guard)) == attrs.evolve(claim, state=transition.target)


def test_a_guard_that_does_not_hold_refuses() -> None:
    with pytest.raises(StateRefusesError):
        CLAIM_OF_A_DAY.after(ClaimEvent.VALIDATE, {Guard.TICKET_VERIFIED})


@pytest.mark.parametrize(("seconds", "over"), [(-1, False), (0, True), (1, True)])
def test_is_over_from_the_instant_on(seconds: int, over: bool) -> None:
    at = NOON + timedelta(days=1, seconds=seconds)
    assert CLAIM_OF_A_DAY.is_over(at) is over
    assert not attrs.evolve(CLAIM_OF_A_DAY, expires_at=None).is_over(at)


def test_who_claims_is_not_printed() -> None:
    claimant = Claimant("Robin Buyer", Document.PASSPORT, "X123")
    assert "Robin" not in repr(claimant)
    assert "X123" not in repr(claimant)


@pytest.mark.parametrize(
    "changes", [{"name": ""}, {"name": "x" * 121}, {"document_number": ""}, {"evidence": ""}]
)
def test_a_claimant_has_a_name_and_a_document(changes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="Length"):
        attrs.evolve(Claimant("Robin Buyer", Document.PASSPORT, "X123"), **changes)  # type: ignore[arg-type]
