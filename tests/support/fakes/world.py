"""The clock, fresh names, fresh keys, leases and rule profiles, all of them predictable."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from riff.domain.identifiers import RaffleId
from riff.domain.raffles.profile import DrawMode, RuleProfile, SalesRules
from riff.domain.sales.leased_block import LeasedBlock
from riff.errors import UnknownProfileError
from riff_critical.selling import Channel

NOON = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)
PERMISSIVE = RuleProfile(
    "permissive", "Permissive", frozenset(Channel), (DrawMode.MANUAL,), sales=SalesRules(extension=True)
)


class FakeClock:
    """Honours `riff.ports.clock.Clock`; stands still until it is told to move."""

    def __init__(self, at: datetime = NOON) -> None:
        self._at = at

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._at

    def set(self, at: datetime) -> None:
        """Jump to an instant."""
        self._at = at

    def advance(self, **period: float) -> datetime:
        """Move forward by what `timedelta` takes: `advance(seconds=5)`."""
        self._at += timedelta(**period)
        return self._at


class FakeIdentifiers:
    """Honours `riff.ports.identity.Identifiers`; version 7 UUIDs that count from 1."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> UUID:
        """The next name; later names sort later."""
        self._last += 1
        return UUID(int=self._last << 80 | 0x7 << 76 | 0b10 << 62)


class FakeKeySource:
    """Honours `riff.ports.identity.KeySource`; keys that count from 1."""

    def __init__(self) -> None:
        self._last = 0

    def new_key(self) -> bytes:
        """The next key, of 32 bytes."""
        self._last += 1
        return self._last.to_bytes(32)


class FakeLeases:
    """Honours `riff.ports.leases.Leases`."""

    def __init__(self, holder: str = "environment-1") -> None:
        self.holder = holder
        self._held: dict[RaffleId, LeasedBlock] = {}

    def held(self, raffle_id: RaffleId) -> LeasedBlock | None:
        """The lease held for a raffle."""
        return self._held.get(raffle_id)

    def hold(self, lease: LeasedBlock) -> None:
        """Keep a lease."""
        self._held[lease.raffle_id] = lease

    def drop(self, raffle_id: RaffleId) -> None:
        """Forget a lease."""
        self._held.pop(raffle_id, None)


class FakeProfiles:
    """Honours `riff.ports.profiles.Profiles`."""

    def __init__(self, *profiles: RuleProfile) -> None:
        self._profiles = {profile.name: profile for profile in profiles or (PERMISSIVE,)}

    def get(self, name: str) -> RuleProfile:
        """A profile by name."""
        if name not in self._profiles:
            raise UnknownProfileError("There is no such rule profile.")
        return self._profiles[name]
