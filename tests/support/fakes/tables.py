"""What the fake stores remember: plain mappings of frozen values, so that a shallow copy is a snapshot."""

from datetime import datetime
from typing import Self
from uuid import UUID

import attrs

from riff.domain.accounts.staff import StaffMember
from riff.domain.audit.ledger_batch import LedgerEntry
from riff.domain.audit.pool_page import PoolPage
from riff.domain.audit.significant_event import SignificantEvent, StreamHead
from riff.domain.audit.stored_nodes import NodeRun
from riff.domain.checkout.charge import AdmittedNotice
from riff.domain.checkout.checkout import Checkout
from riff.domain.draws.claim import Claim, Claimant, Payout
from riff.domain.draws.plan import DrawPlan
from riff.domain.draws.records import Approval, CommittedSeed, Declaration, DrawnNumber, DrawStart
from riff.domain.identifiers import (
    BlockId,
    ClaimId,
    EnrolmentId,
    OrderId,
    OrganizationId,
    RaffleId,
    StreamId,
    UnitId,
)
from riff.domain.raffles.package import Package
from riff.domain.raffles.prize import Prize
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.raffle import Organization, Raffle, RaffleKeys
from riff.domain.reconciliation.accounts import Acknowledgement, CashCount, Confirmation, WriteOff
from riff.domain.sales.attended_sale import AttendedSale
from riff.domain.sales.leased_block import LeasedBlock
from riff.domain.sales.reprint import Reprint
from riff.domain.sales.sold_order import OrderVoid, SalesSubtotal, SoldOrder
from riff.domain.units.sales_unit import Enrolment, SalesUnit
from riff.domain.units.uploaded_record import UploadedRecord
from riff.domain.units.void_request import VoidRequest
from riff.ports.replies import StoredReply
from riff_critical.draw import (
    Attempt,
    BeaconValue,
    Contribution,
    ContributionCommitment,
    Manifest,
    Seal,
    Substitution,
)
from riff_critical.ledger import Note
from riff_critical.selling import Channel, Range


@attrs.frozen
class BlockRow:
    """A block with what it has sold; `lease.holder` is empty once the lease was released."""

    lease: LeasedBlock
    sold: SalesSubtotal = attrs.field(factory=SalesSubtotal)
    is_open: bool = True
    is_paused: bool = False


@attrs.define
class Tables:
    """The stored state of everything."""

    organizations: dict[OrganizationId, Organization] = attrs.field(factory=dict)
    event_numbers: dict[OrganizationId, int] = attrs.field(factory=dict)
    raffles: dict[RaffleId, Raffle] = attrs.field(factory=dict)
    keys: dict[RaffleId, RaffleKeys] = attrs.field(factory=dict)
    packages: dict[RaffleId, tuple[Package, ...]] = attrs.field(factory=dict)
    prizes: dict[RaffleId, tuple[Prize, ...]] = attrs.field(factory=dict)
    profiles: dict[RaffleId, RuleProfile] = attrs.field(factory=dict)
    ranges: dict[tuple[RaffleId, Channel], Range] = attrs.field(factory=dict)
    blocks: dict[BlockId, BlockRow] = attrs.field(factory=dict)
    orders: dict[OrderId, SoldOrder] = attrs.field(factory=dict)
    voids: dict[OrderId, OrderVoid] = attrs.field(factory=dict)
    checkouts: dict[OrderId, Checkout] = attrs.field(factory=dict)
    notices: dict[str, AdmittedNotice] = attrs.field(factory=dict)
    openings: dict[RaffleId, datetime] = attrs.field(factory=dict)
    reprints: dict[OrderId, tuple[Reprint, ...]] = attrs.field(factory=dict)
    reprint_requests: dict[tuple[str, str], tuple[bytes, Reprint]] = attrs.field(factory=dict)
    entered: dict[StreamId, StreamHead] = attrs.field(factory=dict)
    entries: dict[RaffleId, tuple[LedgerEntry, ...]] = attrs.field(factory=dict)
    frontiers: dict[RaffleId, tuple[bytes, ...]] = attrs.field(factory=dict)
    notes: dict[tuple[RaffleId, int], Note] = attrs.field(factory=dict)
    nodes: dict[tuple[RaffleId, int], tuple[NodeRun, ...]] = attrs.field(factory=dict)
    pool_pages: dict[tuple[RaffleId, int], tuple[PoolPage, ...]] = attrs.field(factory=dict)
    events: dict[StreamId, tuple[SignificantEvent, ...]] = attrs.field(factory=dict)
    replies: dict[tuple[str, str], tuple[bytes, StoredReply]] = attrs.field(factory=dict)
    claims: dict[ClaimId, Claim] = attrs.field(factory=dict)
    claimants: dict[ClaimId, tuple[Claimant, str, datetime]] = attrs.field(factory=dict)
    payouts: dict[ClaimId, tuple[Payout, str, datetime]] = attrs.field(factory=dict)
    staff: dict[str, StaffMember] = attrs.field(factory=dict)
    allowances: dict[tuple[RaffleId, UUID], tuple[int, int]] = attrs.field(factory=dict)
    units: dict[UnitId, SalesUnit] = attrs.field(factory=dict)
    logons: dict[UnitId, bytes] = attrs.field(factory=dict)
    enrolments: dict[EnrolmentId, Enrolment] = attrs.field(factory=dict)
    attended: dict[OrderId, AttendedSale] = attrs.field(factory=dict)
    attended_requests: dict[tuple[str, str], tuple[bytes, OrderId]] = attrs.field(factory=dict)
    unit_records: dict[tuple[EnrolmentId, int], UploadedRecord] = attrs.field(factory=dict)
    void_requests: dict[OrderId, VoidRequest] = attrs.field(factory=dict)
    write_offs: dict[EnrolmentId, WriteOff] = attrs.field(factory=dict)
    cash_counts: dict[tuple[RaffleId, str, int], CashCount] = attrs.field(factory=dict)
    acknowledgements: dict[RaffleId, Acknowledgement] = attrs.field(factory=dict)
    confirmations: dict[tuple[RaffleId, bytes, str], Confirmation] = attrs.field(factory=dict)
    draw_plans: dict[RaffleId, DrawPlan] = attrs.field(factory=dict)
    manifests: dict[RaffleId, Manifest] = attrs.field(factory=dict)
    seeds: dict[RaffleId, tuple[CommittedSeed, ...]] = attrs.field(factory=dict)
    contribution_commitments: dict[tuple[RaffleId, int, int, str], ContributionCommitment] = attrs.field(
        factory=dict
    )
    contributions: dict[tuple[RaffleId, int, int, str], Contribution] = attrs.field(factory=dict)
    seals: dict[RaffleId, Seal] = attrs.field(factory=dict)
    draw_starts: dict[tuple[RaffleId, int, int], DrawStart] = attrs.field(factory=dict)
    beacon_values: dict[tuple[RaffleId, int, int], BeaconValue] = attrs.field(factory=dict)
    drawn_numbers: dict[tuple[RaffleId, int, int, int, int, str], DrawnNumber] = attrs.field(factory=dict)
    draw_results: dict[tuple[RaffleId, int, int], Attempt] = attrs.field(factory=dict)
    substitutions: dict[tuple[RaffleId, int, int], Substitution] = attrs.field(factory=dict)
    approvals: dict[tuple[RaffleId, Approval], Approval] = attrs.field(factory=dict)
    declarations: dict[tuple[RaffleId, int], Declaration] = attrs.field(factory=dict)
    transcripts: dict[RaffleId, tuple[bytes, ...]] = attrs.field(factory=dict)

    def copied(self) -> Self:
        """A snapshot that later changes do not reach."""
        return type(self)(**{name: dict(getattr(self, name)) for name in attrs.fields_dict(type(self))})

    def restore(self, snapshot: Self) -> None:
        """Go back to a snapshot, in place: stores that hold these tables see it."""
        for name in attrs.fields_dict(type(self)):
            stored: dict[object, object] = getattr(self, name)
            stored.clear()
            stored.update(getattr(snapshot, name))
