import attrs

from riff.usecases.public.show_ticket import ShowTicket, show_ticket
from tests.support.claims import bought
from tests.support.stage import Stage


def test_shows_the_ticket_and_what_it_has_won() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    view = show_ticket(ShowTicket(stage.raffle.id, ticket.validation_number), stage.fakes.services)
    assert (view.found.ticket, view.wins) == (ticket, ())


def test_shows_no_secret_in_logs() -> None:
    stage = Stage.of()
    ticket = bought(stage, "key-1")
    query = ShowTicket(stage.raffle.id, ticket.validation_number)
    found = show_ticket(query, stage.fakes.services).found
    assert ticket.validation_number not in repr(query) + repr(found)
    assert attrs.fields(type(found)).keys.repr is False
