"""GET /raffles/{raffle_id}/tickets/{ticket}/proof."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import attrs
import pytest

from riff.domain.sales.ticket import Ticket
from riff.handlers.public.prove_ticket import handler
from riff.usecases.audit.sign_checkpoint import checkpoint_raffle
from riff_critical.ledger import leaf_hash, verify_inclusion
from tests.support.drawing import EARLY, DrawStage
from tests.support.fakes import NOON
from tests.support.gateway import Answer, an_event, ask
from tests.support.publishing import published, verified

type Tampering = Callable[[dict[str, Any]], None]


def _prove(draws: DrawStage, ticket: object) -> Answer:
    path = "/raffles/{raffle_id}/tickets/{ticket}/proof"
    variables = {"raffle_id": str(draws.stage.raffle.id), "ticket": str(ticket)}
    return ask(handler, an_event("GET", path, variables=variables))


def _checkpoint(draws: DrawStage) -> None:
    checkpoint_raffle(draws.stage.raffle.id, draws.fakes.services)


def _drawn(draws: DrawStage, *, witnessed: bool = True) -> list[Ticket]:
    """Forty orders, every seventh of them void, with a checkpoint after the first one, all drawn."""
    draws.sell(1)
    if witnessed:
        _checkpoint(draws)
    draws.sell(40).reconciled().seal_it()
    for draw in (1, 2):
        draws.start(draw)
        draws.declare(draw)
    return draws.tickets()


def test_proves_a_sale_against_the_latest_checkpoint_before_the_seal(draws: DrawStage) -> None:
    ticket = draws.sell(5).tickets()[0]
    _checkpoint(draws)
    body = _prove(draws, ticket.validation_number).body
    file = json.loads(body["file"])
    assert (body["sealed"], body["ledger_size"]) == (False, 6)
    assert (file["void"], file["places"], file["checkpoint"]) == (None, [], None)
    sale = file["sale"]
    proof = [bytes.fromhex(each) for each in sale["proof"]]
    leaf, root = leaf_hash(sale["entry"].encode()), bytes.fromhex(body["ledger_root"])
    verify_inclusion(leaf, sale["index"], body["ledger_size"], proof, root)
    assert body["checkpoint"][1] == "6"


def test_the_name_of_the_order_proves_nothing(draws: DrawStage) -> None:
    """Staff know it, and the proof holds the validation number."""
    ticket = draws.sell(2).tickets()[1]
    _checkpoint(draws)
    answer = _prove(draws, ticket.order.id)
    assert (answer.status, answer.code) == (422, "ticket-misread")


def test_says_that_a_sale_is_not_in_a_signed_ledger_yet(draws: DrawStage) -> None:
    first = draws.sell(1).tickets()[0]
    assert (_prove(draws, first.validation_number).status, _prove(draws, first.validation_number).code) == (
        409,
        "not-in-ledger-yet",
    )
    _checkpoint(draws)
    assert _prove(draws, first.validation_number).status == 200
    second = draws.sell(2).tickets()[1]
    assert _prove(draws, second.validation_number).code == "not-in-ledger-yet"


def test_says_that_a_void_is_not_in_a_signed_ledger_yet(draws: DrawStage) -> None:
    ticket = draws.sell(1).tickets()[0]
    _checkpoint(draws)
    draws.void(ticket.order.id)
    assert _prove(draws, ticket.validation_number).code == "not-in-ledger-yet"
    _checkpoint(draws)
    assert json.loads(_prove(draws, ticket.validation_number).body["file"])["void"]["index"] == 1


@pytest.mark.parametrize("number", [0, 3, 20])
def test_the_file_convinces_the_verifier(draws: DrawStage, number: int, tmp_path: Path) -> None:
    tickets = _drawn(draws)
    answer = _prove(draws, tickets[number].validation_number)
    assert answer.body["sealed"] is True
    status, told = verified(published(draws, tmp_path), answer.body["file"])
    assert "FAIL" not in told
    assert status == 0
    assert "PASS ticket entry" in told
    assert "PASS ticket checkpoint" in told
    kind = "places" if tickets[number].void is None else "void"
    assert f"PASS ticket {kind}" in told


def test_a_ticket_that_was_sold_late_has_no_place_in_the_early_draw(draws: DrawStage) -> None:
    tickets = _drawn(draws)
    early, late = (
        next(each for each in tickets if each.void is None and (each.order.sold_at < EARLY) is before)
        for before in (True, False)
    )
    drawn = [
        [place["draw"] for place in json.loads(_prove(draws, each.validation_number).body["file"])["places"]]
        for each in (early, late)
    ]
    assert drawn == [[1, 2], [2]]


def test_gives_the_first_checkpoint_that_was_witnessed(draws: DrawStage) -> None:
    tickets = _drawn(draws)
    noted = [
        json.loads(_prove(draws, each.validation_number).body["file"])["checkpoint"]["note"][1]
        for each in tickets
    ]
    assert noted[0] == "1"
    assert set(noted[1:]) == {str(draws.seal.ledger_size)}


def test_gives_no_checkpoint_that_too_few_witnessed(draws: DrawStage) -> None:
    (witness,) = draws.fakes.ledgers.witnesses
    witness.is_down = True
    ticket = draws.sell(1).tickets()[0]
    _checkpoint(draws)
    draws.sell(1).reconciled().seal_it()
    assert json.loads(_prove(draws, ticket.validation_number).body["file"])["checkpoint"] is None


def _other_order(file: dict[str, Any]) -> None:
    file["order"] = str(uuid4())


def _other_validation(file: dict[str, Any]) -> None:
    file["validation"] = "000-00000000-0"


def _other_salt(file: dict[str, Any]) -> None:
    file["salt"] = "00" * 32


def _other_slots(file: dict[str, Any]) -> None:
    file["sale"]["entry"] = file["sale"]["entry"].replace('"count":10', '"count":11')


def _other_place_in_the_ledger(file: dict[str, Any]) -> None:
    file["sale"]["index"] += 1


def _shorter_proof(file: dict[str, Any]) -> None:
    file["sale"]["proof"].pop()


def _other_position(file: dict[str, Any]) -> None:
    file["places"][0]["position"] += 1


def _no_place(file: dict[str, Any]) -> None:
    file["places"].clear()


def _other_state(file: dict[str, Any]) -> None:
    file["checkpoint"]["consistency"] = ["00" * 32]


def _unwitnessed(file: dict[str, Any]) -> None:
    file["checkpoint"]["note"].pop()


def _missing_member(file: dict[str, Any]) -> None:
    del file["void"]


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        (_other_order, "ticket-of-other-order"),
        (_other_validation, "ticket-of-other-order"),
        (_other_salt, "ticket-of-other-order"),
        (_other_slots, "ticket-not-in-ledger"),
        (_other_place_in_the_ledger, "ticket-not-in-ledger"),
        (_shorter_proof, "ticket-not-in-ledger"),
        (_other_position, "ticket-not-in-pool"),
        (_no_place, "ticket-not-in-pool"),
        (_other_state, "checkpoint-forked"),
        (_unwitnessed, "cosignature-missing"),
        (_missing_member, "ticket-malformed"),
    ],
)
def test_a_file_that_was_tampered_with_fails_by_name(
    draws: DrawStage, tampering: Tampering, fault: str, tmp_path: Path
) -> None:
    file = json.loads(_prove(draws, _drawn(draws)[0].validation_number).body["file"])
    tampering(file)
    status, told = verified(published(draws, tmp_path), json.dumps(file))
    assert f": {fault}" in told
    assert status == 1


def test_a_void_ticket_that_claims_to_be_valid_fails(draws: DrawStage, tmp_path: Path) -> None:
    void = next(ticket for ticket in _drawn(draws) if ticket.void is not None)
    file = json.loads(_prove(draws, void.validation_number).body["file"])
    file["void"] = None
    status, told = verified(published(draws, tmp_path), json.dumps(file))
    assert (status, "ticket-not-in-pool" in told) == (1, True)


def test_refuses_what_is_no_ticket(draws: DrawStage) -> None:
    draws.sell(1)
    assert (_prove(draws, "04T-7QZ2").status, _prove(draws, "04T-7QZ2").code) == (422, "ticket-misread")
    assert _prove(draws, uuid4()).code == "ticket-misread"


def test_tells_nothing_of_a_ledger_that_was_changed(draws: DrawStage) -> None:
    ticket = draws.sell(3).tickets()[1]
    _checkpoint(draws)
    tables = draws.fakes.transactions.tables
    first, second, third, *rest = tables.entries[draws.stage.raffle.id]
    swapped = (attrs.evolve(second, index=third.index), attrs.evolve(third, index=second.index))
    tables.entries[draws.stage.raffle.id] = (first, *swapped, *rest)
    assert _prove(draws, ticket.validation_number).status == 500


def test_the_proof_is_as_old_as_the_checkpoint(draws: DrawStage) -> None:
    ticket = draws.sell(1).tickets()[0]
    _checkpoint(draws)
    before = _prove(draws, ticket.validation_number).body
    draws.fakes.clock.set(NOON + timedelta(hours=2))
    draws.sell(3)
    assert _prove(draws, ticket.validation_number).body == before
