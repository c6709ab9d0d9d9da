from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Claim
from riff.domain.draws.records import Declaration, DrawnWinner
from riff.domain.identifiers import PrizeId
from riff.domain.raffles.profile import ClaimRules
from riff.errors import IntegrityFailureError
from riff.usecases.draws.open_claims import open_claims
from riff_critical.lifecycle import ClaimState
from tests.support.claims import bought
from tests.support.fakes import NOON, PERMISSIVE
from tests.support.stage import Stage

OFFICIAL = Declaration(2, 1, "staff:kim", NOON)


def _winner(slot: int, place: int = 0) -> DrawnWinner:
    return DrawnWinner(2, place, PrizeId(uuid4()), 5000, slot, substituted=False, official_at=NOON)


def _open(stage: Stage, *winners: DrawnWinner) -> tuple[Claim, ...]:
    with stage.fakes.transactions.begin() as work:
        return open_claims(stage.raffle, winners, OFFICIAL, work, stage.fakes.services)


def _under(days: int | None) -> Stage:
    stage = Stage.of()
    profile = attrs.evolve(PERMISSIVE, claims=ClaimRules(expiry_days=days))
    with stage.fakes.transactions.begin() as work:
        work.raffles.snapshot_profile(stage.raffle.id, profile)
    return stage


def test_opens_a_claim_for_every_winner() -> None:
    stage = Stage.of()
    first, second = bought(stage, "key-1").order, bought(stage, "key-2").order
    winners = [_winner(second.first_slot), _winner(first.end_slot - 1, place=1)]
    claims = _open(stage, *winners)
    assert [(claim.place, claim.order_id) for claim in claims] == [(0, second.id), (1, first.id)]
    assert {(claim.draw, claim.amount.minor, claim.state, claim.opened_at) for claim in claims} == {
        (2, 5000, ClaimState.OPEN, NOON)
    }
    assert [claim.prize_id for claim in claims] == [winner.prize_id for winner in winners]
    assert stage.fakes.transactions.event_kinds().count(EventKind.CLAIMS_OPENED) == 1


@pytest.mark.parametrize(("days", "ends"), [(30, NOON + timedelta(days=30)), (None, None)])
def test_the_rules_say_when_a_claim_ends(days: int | None, ends: object) -> None:
    stage = _under(days)
    (claim,) = _open(stage, _winner(bought(stage).order.first_slot))
    assert claim.expires_at == ends


def test_a_number_that_was_never_sold_cannot_win() -> None:
    stage = Stage.of()
    with pytest.raises(IntegrityFailureError):
        _open(stage, _winner(bought(stage).order.end_slot))


def test_a_place_is_claimed_once() -> None:
    stage = Stage.of()
    winner = _winner(bought(stage).order.first_slot)
    _open(stage, winner)
    with pytest.raises(IntegrityFailureError):
        _open(stage, winner)
