"""A raffle after its close, and what is done until it is reconciled."""

from riff.domain.accounts.actor import Actor, ActorKind, Grant
from riff.domain.identifiers import EnrolmentId
from riff.domain.reconciliation.reconciliation import ConditionName, Reconciliation
from riff.usecases.reconciliation.acknowledge_voids import AcknowledgeVoids, acknowledge_voids
from riff.usecases.reconciliation.confirm_reconciliation import (
    ConfirmReconciliation,
    confirm_reconciliation,
)
from riff.usecases.reconciliation.record_cash_count import RecordCashCount, record_cash_count
from riff.usecases.reconciliation.show_reconciliation import ShowReconciliation, show_reconciliation
from riff.usecases.reconciliation.write_off_unit import WriteOffUnit, write_off_unit
from tests.support.booth import Booth
from tests.support.stage import Stage


def a_second_person(stage: Stage) -> Actor:
    """Another manager of the organization."""
    return Actor(ActorKind.STAFF, "second", (Grant("raffle_manager", stage.organization.id),))


def sold_out_booth(booth: Booth | None = None) -> Booth:
    """A booth that sold two orders for cash and closed; then the sales ended."""
    found = booth or Booth.selling()
    found.sell()
    found.sell()
    found.close()
    found.end_sales()
    return found


def shown(stage: Stage) -> Reconciliation:
    """The accounts as they stand."""
    return show_reconciliation(ShowReconciliation(stage.manager, stage.raffle.id), stage.fakes.services)


def outstanding(stage: Stage) -> dict[ConditionName, int]:
    """What is outstanding, by condition; empty once everything is accounted for."""
    return {found.name: found.outstanding for found in shown(stage).conditions if not found.satisfied}


def write_off(stage: Stage, enrolment_id: EnrolmentId, reason: str = "stolen") -> Reconciliation:
    """Write a unit off."""
    command = WriteOffUnit(stage.manager, stage.raffle.id, enrolment_id, reason)
    return write_off_unit(command, stage.fakes.services)


def count(
    stage: Stage, seller: str, counted_minor: int = 4000, explanation: str | None = None
) -> Reconciliation:
    """Count a seller's cash."""
    command = RecordCashCount(stage.manager, stage.raffle.id, seller, counted_minor, explanation)
    return record_cash_count(command, stage.fakes.services)


def acknowledge(stage: Stage, voids: int = 0, requests: int = 0) -> Reconciliation:
    """Acknowledge the voids."""
    command = AcknowledgeVoids(stage.manager, stage.raffle.id, voids, requests)
    return acknowledge_voids(command, stage.fakes.services)


def confirm(stage: Stage, actor: Actor | None = None) -> Reconciliation:
    """Confirm that everything is accounted for."""
    command = ConfirmReconciliation(actor or stage.manager, stage.raffle.id)
    return confirm_reconciliation(command, stage.fakes.services)


def accounted_for(booth: Booth | None = None) -> Booth:
    """A booth in whose raffle nothing is outstanding but the confirmation."""
    found = sold_out_booth(booth)
    count(found.stage, found.enrolment.seller)
    acknowledge(found.stage)
    return found
