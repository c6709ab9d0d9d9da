import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.reconciliation.reconciliation import ConditionName
from riff.domain.reconciliation.refusals import VoidsChangedError
from riff.errors import NotPermittedError, StateRefusesError
from riff.usecases.reconciliation.acknowledge_voids import AcknowledgeVoids, acknowledge_voids
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff.usecases.units.request_void import RequestVoid, request_void
from riff_critical.lifecycle import RaffleState
from tests.support.booth import Booth
from tests.support.closed_books import acknowledge, outstanding
from tests.support.stage import Stage, member


def _with_a_void_and_a_request() -> Stage:
    booth = Booth.selling()
    void_order(VoidOrder(booth.stage.manager, booth.sell().ticket.order.id, "r"), booth.stage.fakes.services)
    order = booth.sell().ticket.order
    request_void(RequestVoid(booth.actor, order.id, "r"), booth.stage.fakes.services)
    booth.end_sales()
    return booth.stage


def test_records_who_acknowledges_what() -> None:
    stage = _with_a_void_and_a_request()
    accounts = acknowledge(stage, voids=1, requests=1)
    word = accounts.voids.acknowledged
    assert word
    assert (1, 1, stage.manager.label) == (word.voids, word.requests, word.acknowledged_by)
    assert ConditionName.VOIDS_NOT_ACKNOWLEDGED not in outstanding(stage)
    (event,) = (e for e in stage.fakes.transactions.events() if e.kind is EventKind.VOIDS_ACKNOWLEDGED)
    assert b'"voids":1' in event.record


def test_an_empty_list_wants_its_word_too() -> None:
    booth = Booth.of()
    booth.end_sales()
    assert outstanding(booth.stage)[ConditionName.VOIDS_NOT_ACKNOWLEDGED] == 1
    acknowledge(booth.stage)
    assert outstanding(booth.stage) == {}


@pytest.mark.parametrize(("voids", "requests"), [(0, 0), (0, 1), (1, 0), (2, 1), (1, 2)])
def test_refuses_another_list_than_the_one_that_stands(voids: int, requests: int) -> None:
    stage = _with_a_void_and_a_request()
    with pytest.raises(VoidsChangedError) as refusal:
        acknowledge(stage, voids, requests)
    assert refusal.value.facts == {"voids": 1, "requests": 1}
    assert stage.now.state is RaffleState.SALES_CLOSED


def test_refuses_while_the_raffle_sells_and_roles_that_may_not() -> None:
    stage = Stage.of()
    with pytest.raises(StateRefusesError):
        acknowledge(stage)
    command = AcknowledgeVoids(member("operator", stage.organization), stage.raffle.id, 0, 0)
    with pytest.raises(NotPermittedError):
        acknowledge_voids(command, stage.fakes.services)
