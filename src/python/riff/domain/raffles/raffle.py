"""A raffle: one event with its own number space, sales window, packages and prizes."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum
from itertools import accumulate

import attrs
from attrs.validators import deep_iterable, ge, instance_of, le, max_len, min_len, optional

from riff.domain.identifiers import OrganizationId, RaffleId
from riff.domain.instants import aware_utc
from riff.domain.money import MOST_MINOR, currency_code
from riff.domain.raffles.window import SalesWindow
from riff.errors import IncompleteSetupError, SalesClosedError, StateRefusesError
from riff_critical.lifecycle import (
    RAFFLE,
    Guard,
    GuardUnsatisfiedError,
    RaffleEvent,
    RaffleState,
    TransitionRefusedError,
    advance,
)
from riff_critical.selling import Channel

# The bijection of random numbering is certified up to this size; sequential numbering keeps the same limit.
MOST_SLOTS = 10**9


class NumberingKind(StrEnum):
    """How a slot becomes the draw number that is printed."""

    SEQUENTIAL = "sequential"
    RANDOM = "random"


@attrs.frozen
class ChannelRange:
    """A channel's part of the number space.

    Attributes:
        channel: whose part.
        first_slot: where it starts.
        slot_count: how many slots it has.
    """

    channel: Channel
    first_slot: int = attrs.field(validator=[ge(0), le(MOST_SLOTS)])
    slot_count: int = attrs.field(validator=[ge(1), le(MOST_SLOTS)])


def adjoining(sizes: Sequence[tuple[Channel, int]]) -> tuple[ChannelRange, ...]:
    """Ranges of these sizes, one after the other from slot 0."""
    starts = accumulate((size for _, size in sizes), initial=0)
    return tuple(
        ChannelRange(channel, first, size) for first, (channel, size) in zip(starts, sizes, strict=False)
    )


@attrs.frozen
class Raffle:
    """One raffle as it stands.

    Attributes:
        id: permanent name.
        organization_id: the licence holder.
        event_number: consecutive per organization, never reset.
        name: as the public knows it.
        state: where it is in its life.
        currency: of every amount in it.
        window: when it sells.
        numbering: how slots become draw numbers.
        first_number: smallest draw number.
        ranges: parts of the number space, adjoining, from slot 0.
        rule_profile: name of the jurisdiction's rules.
        created_at: when it was created.
        closed_at: when its sales ended; None before.
        sales_cap_minor: the most that its valid orders may come to, or None; activation lowers it to what the
            rule profile allows.
    """

    id: RaffleId
    organization_id: OrganizationId
    event_number: int = attrs.field(validator=ge(1))
    name: str = attrs.field(validator=[min_len(1), max_len(120)])
    state: RaffleState
    currency: str = attrs.field(validator=currency_code)
    window: SalesWindow
    numbering: NumberingKind
    first_number: int = attrs.field(validator=[ge(0), le(MOST_SLOTS)])
    ranges: tuple[ChannelRange, ...] = attrs.field(
        validator=[min_len(1), deep_iterable(instance_of(ChannelRange))]
    )
    rule_profile: str = attrs.field(validator=min_len(1))
    created_at: datetime = attrs.field(validator=aware_utc)
    closed_at: datetime | None = attrs.field(default=None, validator=optional(aware_utc))
    sales_cap_minor: int | None = attrs.field(default=None, validator=optional([ge(1), le(MOST_MINOR)]))

    def __attrs_post_init__(self) -> None:
        expected = 0
        for part in self.ranges:
            if part.first_slot != expected:
                raise ValueError("ranges must adjoin, from slot 0")
            expected += part.slot_count
        if expected > MOST_SLOTS:
            raise ValueError(f"a raffle has at most {MOST_SLOTS} slots")
        if len({part.channel for part in self.ranges}) != len(self.ranges):
            raise ValueError("a channel has one range")

    @property
    def slot_count(self) -> int:
        """Size of the whole number space."""
        return sum(part.slot_count for part in self.ranges)

    def after(self, event: RaffleEvent, satisfied: AbstractSet[Guard] = frozenset()) -> "Raffle":
        """This raffle once the event has happened.

        Args:
            event: what happens.
            satisfied: guards whose sentences hold, on facts read in this transaction.

        Raises:
            StateRefusesError: the state machine has no such event in this state.
            IncompleteSetupError: a guard is not satisfied.
        """
        try:
            state = advance(RAFFLE, self.state, event, satisfied)
        except TransitionRefusedError as error:
            raise StateRefusesError(
                f"A raffle that is {self.state.value} does not allow this.",
                state=self.state.value,
                action=event.value,
            ) from error
        except GuardUnsatisfiedError as error:
            missing = ", ".join(sorted(guard.value for guard in error.missing))
            raise IncompleteSetupError(f"Not yet satisfied: {missing}.", missing=missing) from error
        return attrs.evolve(self, state=state)

    def require_selling(self, at: datetime) -> None:
        """Refuse unless the raffle sells at this instant.

        Raises:
            SalesClosedError: it is not active, or the instant lies outside its sales window.
        """
        if self.state is not RaffleState.ACTIVE or not self.window.holds(at):
            raise SalesClosedError("The raffle sells nothing now.", state=self.state.value)


@attrs.frozen
class RaffleKeys:
    """The raffle's secrets, which only the role that sells may read.

    Attributes:
        validation: key under which block keys, and so validation numbers, are derived.
        numbering: key of the permutation of random numbering; unused when numbers are sequential.
    """

    validation: bytes = attrs.field(repr=False, validator=[min_len(32), max_len(32)])
    numbering: bytes = attrs.field(repr=False, validator=[min_len(32), max_len(32)])


@attrs.frozen
class Organization:
    """A licence holder, as raffles need it."""

    id: OrganizationId
    name: str
    licence_number: str
    currency: str = attrs.field(validator=currency_code)
