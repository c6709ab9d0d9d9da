"""A ticket is found by what its holder has, and by nothing else."""

import attrs
import pytest

from riff.errors import MisreadTicketError, NotFoundError
from riff.usecases.public.show_ticket import ShowTicket, show_ticket
from riff_critical.validation import block_key, issue
from tests.support.builders import raffle_keys
from tests.support.claims import bought
from tests.support.stage import Stage


def test_finds_a_ticket_by_order_and_by_validation_number() -> None:
    stage = Stage.of()
    ticket = bought(stage, "key-1")
    for reference in (ticket.order.id, ticket.validation_number):
        view = show_ticket(ShowTicket(stage.raffle.id, reference), stage.fakes.services)
        assert view.found.ticket == ticket
        assert view.wins == ()


def test_finds_nothing_by_a_number_that_the_block_could_have_issued() -> None:
    stage = Stage.of()
    ticket = bought(stage, "key-1")
    unsold = issue(block_key(raffle_keys().validation, ticket.order.block_tag), 500)
    with pytest.raises(NotFoundError):
        show_ticket(ShowTicket(stage.raffle.id, unsold), stage.fakes.services)


def test_finds_nothing_by_a_number_of_no_block() -> None:
    stage = Stage.of()
    bought(stage, "key-1")
    foreign = issue(block_key(raffle_keys().validation, 7), 0)
    with pytest.raises(NotFoundError):
        show_ticket(ShowTicket(stage.raffle.id, foreign), stage.fakes.services)


def test_asks_to_read_a_misread_number_again() -> None:
    stage = Stage.of()
    with pytest.raises(MisreadTicketError):
        show_ticket(ShowTicket(stage.raffle.id, "04T"), stage.fakes.services)


def test_shows_no_secret_in_logs() -> None:
    stage = Stage.of()
    ticket = bought(stage, "key-1")
    query = ShowTicket(stage.raffle.id, ticket.validation_number)
    found = show_ticket(query, stage.fakes.services).found
    assert ticket.validation_number not in repr(query) + repr(found)
    assert attrs.fields(type(found)).keys.repr is False
