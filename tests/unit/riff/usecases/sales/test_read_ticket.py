"""A validation number leads to the order that it was issued for, or nowhere."""

import pytest

from riff.errors import MisreadTicketError
from riff.usecases.sales.read_ticket import ReadTicket, read_ticket
from riff_critical.validation import block_key, issue
from tests.support.builders import raffle_keys
from tests.support.claims import bought
from tests.support.stage import Stage

KEYS = raffle_keys()


def read(stage: Stage, text: str) -> ReadTicket | None:
    with stage.fakes.transactions.begin() as work:
        return read_ticket(text, stage.raffle.id, KEYS, work)


@pytest.mark.parametrize("typed", [str, str.lower])
def test_leads_to_the_order_with_the_key_that_proves_the_number(typed: type[str]) -> None:
    stage = Stage.of()
    bought(stage, "key-1")
    ticket = bought(stage, "key-2")
    found = read(stage, typed(ticket.validation_number))
    assert found is not None
    assert found.order == ticket.order
    assert issue(found.key, ticket.order.ordinal) == ticket.validation_number


@pytest.mark.parametrize(("tag", "ordinal"), [(0, 500), (7, 0)], ids=["unsold", "of no block"])
def test_leads_nowhere_where_nothing_was_issued(tag: int, ordinal: int) -> None:
    stage = Stage.of()
    bought(stage, "key-1")
    assert read(stage, issue(block_key(KEYS.validation, tag), ordinal)) is None


def test_leads_nowhere_with_the_key_of_another_raffle() -> None:
    stage = Stage.of()
    bought(stage, "key-1")
    assert read(stage, issue(block_key(bytes(32), 0), 0)) is None


@pytest.mark.parametrize("text", ["", "04T", "no number", "000-00000000-Z"])
def test_asks_to_read_a_misread_number_again(text: str) -> None:
    with pytest.raises(MisreadTicketError):
        read(Stage.of(), text)
