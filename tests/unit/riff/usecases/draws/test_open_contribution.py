import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import DrawMode
from riff.errors import ContributionRefusedError, NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.draws.open_contribution import OpenContribution, open_contribution
from tests.support.drawing import DrawStage, secret
from tests.support.stage import A_STRANGER, member


def test_opens_what_was_committed_to() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed()
    stage.open_it("club", 1, 1, secret("club", 1, 1))
    assert EventKind.CONTRIBUTION_OPENED in stage.fakes.transactions.event_kinds()


def test_opening_again_changes_nothing() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed().opened()
    stage.fakes.clock.advance(minutes=1)
    stage.opened()
    assert stage.fakes.transactions.event_kinds().count(EventKind.CONTRIBUTION_OPENED) == 2


@pytest.mark.parametrize("attempt", [1, 2])
def test_refuses_another_value(attempt: int) -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed()
    with pytest.raises(ContributionRefusedError):
        stage.open_it("club", 1, attempt, secret("club", 1, 3 - attempt))


def test_refuses_before_the_seal() -> None:
    """Whoever seals could choose the moment by it."""
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sell(3).committed().reconciled()
    with pytest.raises(StateRefusesError):
        stage.open_it("club", 1, 1, secret("club", 1, 1))


def test_refuses_once_the_attempt_is_started() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed().opened(parties=("club",))
    stage.start(reason="the notary is ill")
    with pytest.raises(ContributionRefusedError, match="started"):
        stage.opened(parties=("notary",))


def test_refuses_once_the_round_has_come() -> None:
    stage = DrawStage.of(DrawMode.BEACON).sealed().at_round()
    with pytest.raises(ContributionRefusedError, match="round"):
        stage.opened()


def test_takes_a_late_one_for_a_mode_without_beacon_while_no_value_was_seen() -> None:
    stage = DrawStage.of(DrawMode.BEACON, DrawMode.COMMIT_REVEAL).sealed().at_round(hours=1)
    stage.opened(parties=("club",))
    with pytest.raises(Exception, match="held with it or not at all"):
        stage.start(reason="no relay answers")
    with pytest.raises(ContributionRefusedError, match="round"):
        stage.opened(parties=("notary",))


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed()
    for actor, error in (
        (A_STRANGER, NotFoundError),
        (member("operator", stage.stage.organization), NotPermittedError),
    ):
        command = OpenContribution(actor, stage.stage.raffle.id, "club", 1, 1, secret("club", 1, 1))
        with pytest.raises(error):
            open_contribution(command, stage.fakes.services)
