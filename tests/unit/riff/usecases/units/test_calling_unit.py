from uuid import uuid4

import attrs
import pytest

from riff.domain.accounts.actor import Actor, ActorKind
from riff.errors import NotFoundError, StateRefusesError
from riff.usecases.units.calling_unit import calling_unit, service_of, unit_of
from riff_critical.lifecycle import SalesUnitState
from tests.support.booth import Booth


def test_finds_the_unit_behind_an_actor() -> None:
    booth = Booth.of()
    with booth.stage.fakes.transactions.begin() as work:
        assert calling_unit(booth.actor, work) == unit_of(booth.actor, work) == booth.unit
        stranger = Actor(ActorKind.UNIT, str(uuid4()))
        for find in (calling_unit, unit_of):
            with pytest.raises(NotFoundError):
                find(stranger, work)


@pytest.mark.parametrize(
    "state", [state for state in SalesUnitState if state is not SalesUnitState.ACTIVE], ids=lambda s: s.value
)
def test_only_an_active_unit_sells(state: SalesUnitState) -> None:
    booth = Booth.of()
    enrolled = booth.enrol()
    with booth.stage.fakes.transactions.begin() as work:
        assert service_of(enrolled.unit, work) == enrolled.enrolment
        with pytest.raises(StateRefusesError):
            service_of(attrs.evolve(enrolled.unit, state=state), work)
