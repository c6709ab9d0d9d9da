"""What one transaction can read and write about draws.  Every record is inserted once and never changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from riff.domain.identifiers import RaffleId
from riff.domain.sales.sold_order import SoldOrder

if TYPE_CHECKING:  # every function imports this module, and few need the core's draws
    from riff.domain.draws.plan import DrawPlan
    from riff.domain.draws.records import (
        Approval,
        CommittedSeed,
        Declaration,
        DrawnNumber,
        DrawStart,
    )
    from riff_critical.draw import (
        Attempt,
        BeaconValue,
        Commitment,
        Contribution,
        ContributionCommitment,
        Manifest,
        Range,
        Seal,
        Substitution,
    )


class SealStore(Protocol):
    """What is fixed before a draw: plan, manifest, commitments, and the sealed list."""

    def plan(self, raffle_id: RaffleId) -> "DrawPlan":
        """The plan that was set last, or the default one."""
        ...

    def set_plan(self, raffle_id: RaffleId, plan: "DrawPlan") -> None:
        """Let a plan count; the transaction has locked the raffle."""
        ...

    def commit(self, raffle_id: RaffleId, manifest: "Manifest", seeds: "Sequence[CommittedSeed]") -> None:
        """Fix M and a seed for every attempt; once per raffle."""
        ...

    def manifest(self, raffle_id: RaffleId) -> "Manifest | None":
        """M, or None before activation."""
        ...

    def commitments(self, raffle_id: RaffleId) -> "tuple[Commitment, ...]":
        """The commitments, in the order of draws and attempts."""
        ...

    def sealed_seed(self, raffle_id: RaffleId, draw: int, attempt: int) -> bytes:
        """The encrypted seed of an attempt whose start is on record.

        Raises:
            NotFoundError: there is no such attempt, or it was not started.
        """
        ...

    def commit_contribution(
        self, raffle_id: RaffleId, commitment: "ContributionCommitment", by: str, at: datetime
    ) -> bool:
        """Store a party's commitment; False when the party is committed to something for this attempt."""
        ...

    def contribution_commitments(self, raffle_id: RaffleId) -> "tuple[ContributionCommitment, ...]":
        """All of them, by draw, attempt and party."""
        ...

    def valid_runs(self, raffle_id: RaffleId, sold_before: datetime | None) -> "Iterator[Range]":
        """First slot and count of every order that is not void, ascending, read as it is asked for."""
        ...

    def add_seal(self, raffle_id: RaffleId, seal: "Seal") -> None:
        """Store S; once per raffle."""
        ...

    def seal(self, raffle_id: RaffleId) -> "Seal | None":
        """S, or None before it is made."""
        ...

    def sealed(self, raffle_id: RaffleId) -> "tuple[Manifest, Seal] | None":
        """M and S together, or None before S is made."""
        ...

    def valid_orders(
        self, raffle_id: RaffleId, from_slot: int, limit: int, sold_before: datetime | None
    ) -> tuple[SoldOrder, ...]:
        """Orders that are not void and end after a slot, ascending, of those sold before an instant."""
        ...


class DrawStore(Protocol):
    """What happens in draws."""

    def start(self, raffle_id: RaffleId, start: "DrawStart") -> bool:
        """Store the start of an attempt; False when it was started before."""
        ...

    def started(self, raffle_id: RaffleId, draw: int, attempt: int) -> "DrawStart | None":
        """The start of an attempt, or None."""
        ...

    def keep_value(self, raffle_id: RaffleId, draw: int, attempt: int, value: "BeaconValue") -> None:
        """Remember that the beacon's value of an attempt was seen; keeping it again changes nothing."""
        ...

    def kept_value(self, raffle_id: RaffleId, draw: int, attempt: int) -> "BeaconValue | None":
        """The beacon's value of an attempt, once it was seen."""
        ...

    def open_contribution(
        self, raffle_id: RaffleId, draw: int, attempt: int, contribution: "Contribution", by: str
    ) -> bool:
        """Store what a party was committed to; False when it is open already."""
        ...

    def contributions(self, raffle_id: RaffleId, draw: int, attempt: int) -> "tuple[Contribution, ...]":
        """What was opened for an attempt, by party."""
        ...

    def enter(self, raffle_id: RaffleId, number: "DrawnNumber") -> bool:
        """Store what an official entered; False when that person has entered something there."""
        ...

    def entered(self, raffle_id: RaffleId, draw: int, attempt: int) -> "tuple[DrawnNumber, ...]":
        """Everything that was entered for an attempt, by place, round and official."""
        ...

    def conclude(self, raffle_id: RaffleId, attempt: "Attempt", at: datetime) -> None:
        """Store how an attempt ended: its result, or its failure.  A draw has one result."""
        ...

    def substitute(self, raffle_id: RaffleId, draw: int, substitution: "Substitution") -> None:
        """Store that an alternate takes a winner's place."""
        ...

    def attempts(self, raffle_id: RaffleId) -> "tuple[Attempt, ...]":
        """Every attempt that ended, in order, with its substitutions."""
        ...

    def approve(self, raffle_id: RaffleId, approval: "Approval") -> None:
        """Store a person's word; the same word again changes nothing."""
        ...

    def approvals(self, raffle_id: RaffleId, draw: int, attempt: int) -> "tuple[Approval, ...]":
        """Every word that was given about an attempt, in order of time."""
        ...

    def declare(self, raffle_id: RaffleId, declaration: "Declaration") -> None:
        """Store that a result is official; once per draw."""
        ...

    def declarations(self, raffle_id: RaffleId) -> "tuple[Declaration, ...]":
        """Which draws are official, in order."""
        ...

    def publish(self, raffle_id: RaffleId, transcript: bytes, digest: bytes, at: datetime) -> None:
        """Store the transcript as it stands now; earlier ones stay on record."""
        ...

    def transcript(self, raffle_id: RaffleId) -> bytes | None:
        """The transcript that was published last, or None."""
        ...
