import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import DrawMode
from riff.errors import ContributionRefusedError, NotFoundError, NotPermittedError, StateRefusesError
from riff.usecases.draws.commit_contribution import CommitContribution, commit_contribution
from riff_critical.draw import ContributionCommitment
from tests.support.drawing import DrawStage
from tests.support.stage import A_STRANGER, member

ONE = ContributionCommitment("club", 1, 1, b"c" * 32)


def _commit(stage: DrawStage, *commitments: ContributionCommitment) -> int:
    command = CommitContribution(stage.manager, stage.stage.raffle.id, commitments)
    return commit_contribution(command, stage.fakes.services)


def test_counts_each_once() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL)
    assert _commit(stage, ONE) == 1
    assert _commit(stage, ONE, ContributionCommitment("notary", 1, 1, b"n" * 32)) == 2
    assert stage.fakes.transactions.event_kinds().count(EventKind.CONTRIBUTION_COMMITTED) == 2


def test_a_commitment_stays() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL)
    _commit(stage, ONE)
    with pytest.raises(ContributionRefusedError):
        _commit(stage, ContributionCommitment("club", 1, 1, b"d" * 32))


@pytest.mark.parametrize(
    "unknown",
    [
        ContributionCommitment("stranger", 1, 1, b"c" * 32),
        ContributionCommitment("club", 3, 1, b"c" * 32),
        ContributionCommitment("club", 1, 4, b"c" * 32),
    ],
    ids=["party", "draw", "attempt"],
)
def test_refuses_what_the_manifest_does_not_plan(unknown: ContributionCommitment) -> None:
    with pytest.raises(ContributionRefusedError):
        _commit(DrawStage.of(DrawMode.COMMIT_REVEAL), unknown)


def test_refuses_after_the_seal() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed()
    with pytest.raises(StateRefusesError):
        _commit(stage, ONE)


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL)
    for actor, error in (
        (A_STRANGER, NotFoundError),
        (member("operator", stage.stage.organization), NotPermittedError),
    ):
        with pytest.raises(error):
            commit_contribution(CommitContribution(actor, stage.stage.raffle.id, [ONE]), stage.fakes.services)
