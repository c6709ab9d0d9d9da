import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import ClaimRules, Unclaimed
from riff.errors import NotFoundError, NotPermittedError
from riff.usecases.draws.expire_claims import ExpireClaims, expire_claims
from riff_critical.lifecycle import ClaimState
from tests.support.builders.changes import changed
from tests.support.claims import DAY, bought, present, won
from tests.support.fakes import NOON, PERMISSIVE
from tests.support.stage import A_NOBODY, Stage, member


def expire(stage: Stage) -> list[ClaimState]:
    command = ExpireClaims(stage.manager, stage.raffle.id)
    return [claim.state for claim in expire_claims(command, stage.fakes.services)]


def under(stage: Stage, unclaimed: Unclaimed) -> None:
    rules = ClaimRules(expiry_days=1, unclaimed=unclaimed)
    with stage.fakes.transactions.begin() as work:
        work.raffles.snapshot_profile(stage.raffle.id, changed(PERMISSIVE, {"claims": rules}))


@pytest.mark.parametrize(
    ("unclaimed", "state"), [(Unclaimed.REDRAW, ClaimState.REDRAW), (Unclaimed.TRUST, ClaimState.TRUST)]
)
def test_the_rules_say_what_becomes_of_a_prize(unclaimed: Unclaimed, state: ClaimState) -> None:
    stage = Stage.of()
    under(stage, unclaimed)
    claim = won(stage, bought(stage))
    stage.fakes.clock.set(NOON + DAY)
    assert expire(stage) == [state]
    assert stage.fakes.transactions.tables.claims[claim.id].state is state
    (event,) = [e for e in stage.fakes.transactions.events() if e.kind is EventKind.CLAIM_EXPIRED]
    assert f'"becomes":"{state.value}"'.encode() in event.record


def test_repeating_finds_nothing_left() -> None:
    stage = Stage.of()
    under(stage, Unclaimed.TRUST)
    won(stage, bought(stage))
    stage.fakes.clock.set(NOON + DAY)
    assert expire(stage) == [ClaimState.TRUST]
    assert expire(stage) == []


def test_a_period_that_runs_goes_on() -> None:
    stage = Stage.of()
    under(stage, Unclaimed.TRUST)
    won(stage, bought(stage))
    won(stage, bought(stage, "key-2"), place=1, expires_at=None)
    stage.fakes.clock.set(NOON + DAY / 2)
    assert expire(stage) == []


def test_a_claim_that_was_made_in_time_stays() -> None:
    stage = Stage.of()
    under(stage, Unclaimed.TRUST)
    ticket = bought(stage)
    won(stage, ticket)
    present(stage, ticket.validation_number)
    stage.fakes.clock.set(NOON + 2 * DAY)
    assert expire(stage) == []


def test_only_who_may() -> None:
    stage = Stage.of()
    operator = member("operator", stage.organization)
    with pytest.raises(NotPermittedError):
        expire_claims(ExpireClaims(operator, stage.raffle.id), stage.fakes.services)
    with pytest.raises(NotFoundError):
        expire_claims(ExpireClaims(A_NOBODY, stage.raffle.id), stage.fakes.services)
