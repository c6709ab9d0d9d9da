import attrs
import pytest

from riff.errors import StateRefusesError
from riff.usecases.reconciliation.account import account, begun
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import PERMISSIVE
from tests.support.stage import Stage


def test_begins_once_after_the_close() -> None:
    stage = Stage.of(a_raffle().closed())
    with stage.fakes.transactions.begin() as work:
        reconciling = begun(stage.raffle, stage.manager, stage.fakes.clock.now(), work)
        assert begun(reconciling, stage.manager, stage.fakes.clock.now(), work) == reconciling
    assert (stage.now.state, len(stage.fakes.transactions.events())) == (RaffleState.RECONCILING, 1)


def test_refuses_to_begin_before_the_close() -> None:
    stage = Stage.of()
    with stage.fakes.transactions.begin() as work, pytest.raises(StateRefusesError):
        begun(stage.raffle, stage.manager, stage.fakes.clock.now(), work)


@pytest.mark.parametrize(("two", "persons"), [(False, 1), (True, 2)])
def test_needs_as_many_persons_as_the_profile_says(*, two: bool, persons: int) -> None:
    stage = Stage.of(a_raffle().under(attrs.evolve(PERMISSIVE, two_person_reconciliation=two)).active())
    with stage.fakes.transactions.begin() as work:
        assert account(stage.raffle, work).persons_needed == persons
