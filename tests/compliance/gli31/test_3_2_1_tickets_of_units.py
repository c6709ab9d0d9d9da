"""GLI-31 3.2.1, tickets of units: unique draw numbers, and everything that a ticket has to show (2.3.1)."""

from tests.support.booth import Booth
from tests.support.builders import a_raffle


def test_no_two_tickets_share_a_number_or_a_validation_number() -> None:
    booths = [Booth.selling(a_raffle().active().randomly_numbered())]
    booths += [Booth.at(booths[0].stage, f"device-{n}") for n in (2, 3)]
    for booth in booths[1:]:
        booth.enrol()
        booth.lease()
    tickets = [booth.sell().ticket for _ in range(10) for booth in booths]
    numbers = [number for ticket in tickets for number in ticket.numbers]
    assert len(numbers) == len(set(numbers)) == 300
    assert len({ticket.validation_number for ticket in tickets}) == 30


def test_the_unit_knows_all_that_it_has_to_print() -> None:
    booth = Booth.of()
    enrolled = booth.enrol()
    booth.lease()
    ticket = booth.sell().ticket
    organization, raffle = enrolled.organization, enrolled.setup.raffle
    assert (organization.name, organization.licence_number) == ("Northern Lights Foundation", "L-1234")
    assert (raffle.event_number, raffle.name) == (booth.stage.raffle.event_number, "Saturday Night 50/50")
    assert enrolled.unit.id == booth.unit.id
    assert len(ticket.numbers) == 10
    assert (ticket.order.price.minor, ticket.order.sold_at) == (2000, booth.stage.fakes.clock.now())
    assert ticket.validation_number
