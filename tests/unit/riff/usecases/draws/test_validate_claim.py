import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.claim import Verdict
from riff.domain.sales.reprint import Reprint
from riff.domain.sales.ticket import Ticket
from riff.errors import (
    ClaimantNotEligibleError,
    EvidenceNeededError,
    MisreadTicketError,
    NotFoundError,
    NotPermittedError,
    UnavailableError,
)
from riff.usecases.draws.validate_claim import Judged
from riff.usecases.sales.void_order import VoidOrder, void_order
from riff_critical.lifecycle import ClaimState
from riff_critical.validation import block_key, issue
from tests.support.builders.raffles import raffle_keys
from tests.support.builders.units import a_request
from tests.support.claims import CLAIMANT, DAY, bought, only, present, won
from tests.support.fakes import NOON
from tests.support.stage import A_NOBODY, A_STRANGER, Stage, member


def test_a_winning_ticket_is_validated_and_its_bearer_recorded() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket)
    assert present(stage, ticket.validation_number) == (
        Judged(Verdict.VALID, attrs.evolve(claim, state=ClaimState.VALIDATED)),
    )
    assert stage.fakes.transactions.tables.claimants[claim.id] == (CLAIMANT, stage.manager.label, NOON)
    assert stage.fakes.transactions.event_kinds().count(EventKind.CLAIM_VALIDATED) == 1


def test_presenting_it_again_changes_nothing() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket)
    present(stage, ticket.validation_number)
    other = attrs.evolve(CLAIMANT, name="Sam Other")
    assert only(present(stage, ticket.validation_number, claimant=other)) is Verdict.VALID
    assert stage.fakes.transactions.tables.claimants[claim.id][0] == CLAIMANT


def test_is_forgiving_of_what_readers_confuse() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    won(stage, ticket)
    text = f" {ticket.validation_number.lower().replace('-', ' ')} "
    assert only(present(stage, text)) is Verdict.VALID


def test_a_ticket_may_win_several_prizes() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    won(stage, ticket)
    won(stage, ticket, place=1, state=ClaimState.PAID)
    judged = present(stage, ticket.validation_number)
    assert [one.verdict for one in judged] == [Verdict.VALID, Verdict.ALREADY_PAID]


def test_a_ticket_that_won_nothing() -> None:
    stage = Stage.of()
    won(stage, bought(stage))
    assert only(present(stage, bought(stage, "key-2").validation_number)) is Verdict.NO_PRIZE


def test_a_void_ticket() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket)
    void_order(VoidOrder(stage.manager, ticket.order.id, "r"), stage.fakes.services)
    assert present(stage, ticket.validation_number) == (Judged(Verdict.VOID, claim),)


def test_a_ticket_of_another_raffle() -> None:
    stage = Stage.of()
    bought(stage)
    assert only(present(stage, issue(block_key(b"\7" * 32, 0), 0))) is Verdict.FOREIGN


def test_a_number_of_this_raffle_that_no_order_has() -> None:
    stage = Stage.of()
    key = block_key(raffle_keys().validation, bought(stage).order.block_tag)
    assert only(present(stage, issue(key, 999))) is Verdict.FOREIGN


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (ClaimState.PAID, Verdict.ALREADY_PAID),
        (ClaimState.EXPIRED, Verdict.EXPIRED),
        (ClaimState.REDRAW, Verdict.EXPIRED),
        (ClaimState.TRUST, Verdict.EXPIRED),
    ],
)
def test_a_claim_that_has_ended(state: ClaimState, verdict: Verdict) -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket, state=state)
    assert present(stage, ticket.validation_number) == (Judged(verdict, claim),)


def test_is_too_late_from_the_instant_on() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    won(stage, ticket)
    stage.fakes.clock.set(NOON + DAY)
    assert only(present(stage, ticket.validation_number)) is Verdict.EXPIRED


def test_a_period_without_end_does_not_end() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    won(stage, ticket, expires_at=None)
    stage.fakes.clock.set(NOON + 20_000 * DAY)
    assert only(present(stage, ticket.validation_number)) is Verdict.VALID


def reprinted(stage: Stage, ticket: Ticket) -> None:
    with stage.fakes.transactions.begin() as work:
        reprint = Reprint(ticket.order.id, 1, "torn", "staff:kim", NOON)
        work.order_book.add_reprint(reprint, a_request("reprint_ticket staff:kim"))


def test_a_reprinted_ticket_needs_other_evidence() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket)
    reprinted(stage, ticket)
    with pytest.raises(EvidenceNeededError):
        present(stage, ticket.validation_number)
    assert stage.fakes.transactions.tables.claims[claim.id] == claim
    receipt = attrs.evolve(CLAIMANT, evidence="receipt of the sale")
    (judged,) = present(stage, ticket.validation_number, claimant=receipt)
    assert judged.verdict is Verdict.REPRINTED
    assert judged.claim is not None
    assert judged.claim.state is ClaimState.VALIDATED


def test_refuses_a_person_who_may_not_win() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket)
    with pytest.raises(ClaimantNotEligibleError):
        present(stage, ticket.validation_number, eligible=False)
    assert stage.fakes.transactions.tables.claims[claim.id] == claim


@pytest.mark.parametrize("text", ["", "000", "not a number", "0" * 12 + "U"])
def test_a_misread_number_must_be_read_again(text: str) -> None:
    with pytest.raises(MisreadTicketError):
        present(Stage.of(), text)


def test_waits_for_the_certified_function() -> None:
    stage = Stage.of()
    ticket = bought(stage)
    claim = won(stage, ticket)
    stage.fakes.validation.is_down = True
    with pytest.raises(UnavailableError):
        present(stage, ticket.validation_number)
    assert stage.fakes.transactions.tables.claims[claim.id] == claim


def test_every_verdict_is_on_record() -> None:
    stage = Stage.of()
    present(stage, bought(stage).validation_number)
    (event,) = [e for e in stage.fakes.transactions.events() if e.kind is EventKind.TICKET_PRESENTED]
    assert b'"verdict":"no_prize"' in event.record


def test_only_who_may() -> None:
    stage = Stage.of()
    text = bought(stage).validation_number
    with pytest.raises(NotPermittedError):
        present(stage, text, actor=member("operator", stage.organization))
    for actor in (A_STRANGER, A_NOBODY):
        with pytest.raises(NotFoundError):
            present(stage, text, actor=actor)
