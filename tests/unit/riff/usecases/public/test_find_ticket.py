"""A ticket is found by what its holder has, and by nothing else."""

from uuid import uuid4

import pytest

from riff.errors import MisreadTicketError, NotFoundError
from riff.usecases.public.find_ticket import find_ticket
from riff_critical.validation import block_key, issue
from tests.support.builders import raffle_keys
from tests.support.claims import bought
from tests.support.stage import Stage


def test_finds_a_ticket_by_its_validation_number() -> None:
    stage = Stage.of()
    ticket = bought(stage, "key-1")
    with stage.fakes.transactions.begin() as work:
        assert find_ticket(stage.raffle.id, ticket.validation_number, work).ticket == ticket


def test_the_name_of_an_order_is_no_validation_number() -> None:
    stage = Stage.of()
    for name in (bought(stage, "key-1").order.id, uuid4()):
        with pytest.raises(MisreadTicketError), stage.fakes.transactions.begin() as work:
            find_ticket(stage.raffle.id, str(name), work)


def test_finds_nothing_by_a_number_that_the_block_could_have_issued() -> None:
    stage = Stage.of()
    ticket = bought(stage, "key-1")
    unsold = issue(block_key(raffle_keys().validation, ticket.order.block_tag), 500)
    with pytest.raises(NotFoundError), stage.fakes.transactions.begin() as work:
        find_ticket(stage.raffle.id, unsold, work)


def test_finds_nothing_by_a_number_of_no_block() -> None:
    stage = Stage.of()
    bought(stage, "key-1")
    foreign = issue(block_key(raffle_keys().validation, 7), 0)
    with pytest.raises(NotFoundError), stage.fakes.transactions.begin() as work:
        find_ticket(stage.raffle.id, foreign, work)


def test_asks_to_read_a_misread_number_again() -> None:
    stage = Stage.of()
    with pytest.raises(MisreadTicketError), stage.fakes.transactions.begin() as work:
        find_ticket(stage.raffle.id, "04T", work)
