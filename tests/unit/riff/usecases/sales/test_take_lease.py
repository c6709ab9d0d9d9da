from riff.domain.audit.event_catalogue import EventKind
from riff.usecases.sales.take_lease import take_lease
from tests.support.builders import a_lease_request
from tests.support.stage import Stage


def test_the_lease_knows_the_event_that_tells_of_it() -> None:
    stage = Stage.of()
    with stage.fakes.transactions.begin() as work:
        lease = take_lease(a_lease_request(stage.raffle.id, "somebody"), work)
    (event,) = stage.fakes.transactions.tables.events[lease.stream]
    assert (event.kind, lease.holder) == (EventKind.BLOCK_LEASED, "somebody")
    assert lease.head == event.head
