"""What is fixed before draws and what happens in them, in memory."""

from collections.abc import Iterator, Sequence
from copy import replace
from datetime import datetime

import attrs

from riff.domain.draws.plan import DrawPlan
from riff.domain.draws.records import Approval, CommittedSeed, Declaration, DrawnNumber, DrawStart
from riff.domain.identifiers import RaffleId
from riff.domain.sales.sold_order import SoldOrder
from riff.errors import IntegrityFailureError, NotFoundError
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
from tests.support.fakes.tables import Tables


@attrs.frozen
class FakeSealStore:
    """Honours `riff.ports.draws.SealStore`."""

    tables: Tables

    def plan(self, raffle_id: RaffleId) -> DrawPlan:
        return self.tables.draw_plans.get(raffle_id, DrawPlan())

    def set_plan(self, raffle_id: RaffleId, plan: DrawPlan) -> None:
        self.tables.draw_plans[raffle_id] = plan

    def commit(self, raffle_id: RaffleId, manifest: Manifest, seeds: Sequence[CommittedSeed]) -> None:
        _put(self.tables.manifests, raffle_id, manifest)
        _put(self.tables.seeds, raffle_id, tuple(seeds))

    def manifest(self, raffle_id: RaffleId) -> Manifest | None:
        return self.tables.manifests.get(raffle_id)

    def commitments(self, raffle_id: RaffleId) -> tuple[Commitment, ...]:
        made = (each.commitment for each in self.tables.seeds.get(raffle_id, ()))
        return tuple(sorted(made, key=lambda each: (each.draw, each.attempt)))

    def sealed_seed(self, raffle_id: RaffleId, draw: int, attempt: int) -> bytes:
        if (raffle_id, draw, attempt) in self.tables.draw_starts:
            for each in self.tables.seeds[raffle_id]:
                if (each.commitment.draw, each.commitment.attempt) == (draw, attempt):
                    return each.ciphertext
        raise NotFoundError("There is no such attempt, or it was not started.")

    def commit_contribution(
        self,
        raffle_id: RaffleId,
        commitment: ContributionCommitment,
        by: str,  # noqa: ARG002 - the port's signature
        at: datetime,  # noqa: ARG002
    ) -> bool:
        place = raffle_id, commitment.draw, commitment.attempt, commitment.party
        return self.tables.contribution_commitments.setdefault(place, commitment) is commitment

    def contribution_commitments(self, raffle_id: RaffleId) -> tuple[ContributionCommitment, ...]:
        found = sorted(self.tables.contribution_commitments.items(), key=lambda item: item[0][1:])
        return tuple(each for place, each in found if place[0] == raffle_id)

    def valid_runs(self, raffle_id: RaffleId, sold_before: datetime | None) -> Iterator[Range]:
        for order in self._orders(raffle_id):
            if order.id not in self.tables.voids and (sold_before is None or order.sold_at < sold_before):
                yield order.first_slot, order.count

    def add_seal(self, raffle_id: RaffleId, seal: Seal) -> None:
        _put(self.tables.seals, raffle_id, seal)

    def seal(self, raffle_id: RaffleId) -> Seal | None:
        return self.tables.seals.get(raffle_id)

    def sealed(self, raffle_id: RaffleId) -> tuple[Manifest, Seal] | None:
        seal = self.seal(raffle_id)
        return None if seal is None else (self.tables.manifests[raffle_id], seal)

    def valid_orders(
        self, raffle_id: RaffleId, from_slot: int, limit: int, sold_before: datetime | None
    ) -> tuple[SoldOrder, ...]:
        found = (
            each
            for each in self._orders(raffle_id)
            if each.end_slot > from_slot
            and each.id not in self.tables.voids
            and (sold_before is None or each.sold_at < sold_before)
        )
        return tuple(found)[:limit]

    def _orders(self, raffle_id: RaffleId) -> list[SoldOrder]:
        found = (each for each in self.tables.orders.values() if each.raffle_id == raffle_id)
        return sorted(found, key=lambda each: each.first_slot)


@attrs.frozen
class FakeDrawStore:
    """Honours `riff.ports.draws.DrawStore`."""

    tables: Tables

    def start(self, raffle_id: RaffleId, start: DrawStart) -> bool:
        place = raffle_id, start.draw, start.attempt
        return self.tables.draw_starts.setdefault(place, start) is start

    def started(self, raffle_id: RaffleId, draw: int, attempt: int) -> DrawStart | None:
        return self.tables.draw_starts.get((raffle_id, draw, attempt))

    def keep_value(self, raffle_id: RaffleId, draw: int, attempt: int, value: BeaconValue) -> None:
        self.tables.beacon_values.setdefault((raffle_id, draw, attempt), value)

    def kept_value(self, raffle_id: RaffleId, draw: int, attempt: int) -> BeaconValue | None:
        return self.tables.beacon_values.get((raffle_id, draw, attempt))

    def open_contribution(
        self,
        raffle_id: RaffleId,
        draw: int,
        attempt: int,
        contribution: Contribution,
        by: str,  # noqa: ARG002 - the port's signature
    ) -> bool:
        place = raffle_id, draw, attempt, contribution.party
        return self.tables.contributions.setdefault(place, contribution) is contribution

    def contributions(self, raffle_id: RaffleId, draw: int, attempt: int) -> tuple[Contribution, ...]:
        found = sorted(self.tables.contributions.items(), key=lambda item: item[0][3])
        return tuple(each for place, each in found if place[:3] == (raffle_id, draw, attempt))

    def enter(self, raffle_id: RaffleId, number: DrawnNumber) -> bool:
        place = raffle_id, number.draw, number.attempt, number.place, number.round, number.official
        return self.tables.drawn_numbers.setdefault(place, number) is number

    def entered(self, raffle_id: RaffleId, draw: int, attempt: int) -> tuple[DrawnNumber, ...]:
        found = sorted(self.tables.drawn_numbers.items(), key=lambda item: item[0][3:])
        return tuple(each for place, each in found if place[:3] == (raffle_id, draw, attempt))

    def conclude(self, raffle_id: RaffleId, attempt: Attempt, at: datetime) -> None:  # noqa: ARG002 - the port's signature
        drawn = [
            each
            for place, each in self.tables.draw_results.items()
            if place[:2] == (raffle_id, attempt.draw) and each.failure is None
        ]
        if drawn and attempt.failure is None:
            raise IntegrityFailureError("A draw has one result.")
        _put(self.tables.draw_results, (raffle_id, attempt.draw, attempt.attempt), attempt)

    def substitute(self, raffle_id: RaffleId, draw: int, substitution: Substitution) -> None:
        _put(self.tables.substitutions, (raffle_id, draw, substitution.alternate), substitution)

    def attempts(self, raffle_id: RaffleId) -> tuple[Attempt, ...]:
        found = sorted(self.tables.draw_results.items(), key=lambda item: item[0][1:])
        return tuple(
            each if each.failure else replace(each, substitutions=self._substitutions(raffle_id, each.draw))
            for place, each in found
            if place[0] == raffle_id
        )

    def approve(self, raffle_id: RaffleId, approval: Approval) -> None:
        place = attrs.evolve(
            approval, reason="", approved_at=datetime.fromtimestamp(0, approval.approved_at.tzinfo)
        )
        self.tables.approvals.setdefault((raffle_id, place), approval)

    def approvals(self, raffle_id: RaffleId, draw: int, attempt: int) -> tuple[Approval, ...]:
        found = (each for place, each in self.tables.approvals.items() if place[0] == raffle_id)
        about = (each for each in found if (each.draw, each.attempt) == (draw, attempt))
        return tuple(sorted(about, key=lambda each: (each.approved_at, each.approved_by)))

    def declare(self, raffle_id: RaffleId, declaration: Declaration) -> None:
        _put(self.tables.declarations, (raffle_id, declaration.draw), declaration)

    def declarations(self, raffle_id: RaffleId) -> tuple[Declaration, ...]:
        found = sorted(self.tables.declarations.items(), key=lambda item: item[0][1])
        return tuple(each for place, each in found if place[0] == raffle_id)

    def publish(self, raffle_id: RaffleId, transcript: bytes, digest: bytes, at: datetime) -> None:  # noqa: ARG002 - the port's signature
        self.tables.transcripts[raffle_id] = (*self.tables.transcripts.get(raffle_id, ()), transcript)

    def transcript(self, raffle_id: RaffleId) -> bytes | None:
        published = self.tables.transcripts.get(raffle_id)
        return published[-1] if published else None

    def _substitutions(self, raffle_id: RaffleId, draw: int) -> tuple[Substitution, ...]:
        found = sorted(self.tables.substitutions.items(), key=lambda item: item[0][2])
        return tuple(each for place, each in found if place[:2] == (raffle_id, draw))


def _put[K, V](table: dict[K, V], key: K, value: V) -> None:
    """Insert once, as a primary key has it."""
    if key in table:
        raise IntegrityFailureError("The database refused a change that breaks its constraints.")
    table[key] = value
