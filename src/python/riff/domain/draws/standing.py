"""How far the draws of a raffle have come, and what follows from that."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

import attrs

from riff.domain.draws.records import Declaration, DrawnWinner, DrawStart
from riff.domain.identifiers import PrizeId
from riff.errors import AlreadyDrawnError, AttemptsExhaustedError, NotFoundError, StateRefusesError
from riff_critical.draw import Attempt, EntropyMode, Manifest, PlannedDraw, Seal, Transcript
from riff_critical.ledger import Note

# Without a signed checkpoint there is a transcript to reckon with, but none to publish.
UNSIGNED: Final = ("unsigned",)


@attrs.frozen
class Standing:
    """The draws of a sealed raffle as they stand.

    Attributes:
        manifest: M.
        seal: S.
        note: the signed state of the ledger that S names; None while it is not signed.
        attempts: those that ended, in order.
        declarations: which results are official.
    """

    manifest: Manifest
    seal: Seal
    note: Note | None
    attempts: tuple[Attempt, ...]
    declarations: tuple[Declaration, ...]

    def planned(self, draw: int) -> PlannedDraw:
        """A draw in M.

        Raises:
            NotFoundError: M plans no such draw.
        """
        if not 1 <= draw <= len(self.manifest.draws):
            raise NotFoundError("The raffle has no such draw.")
        return self.manifest.draws[draw - 1]

    def result(self, draw: int) -> Attempt | None:
        """The attempt of a draw that has winners, or None."""
        found = (each for each in self.attempts if each.draw == draw and each.failure is None)
        return next(found, None)

    def attempt(self, draw: int) -> int:
        """The attempt that counts: the one with the result, or the one after the last failure."""
        drawn = self.result(draw)
        return drawn.attempt if drawn else 1 + sum(each.draw == draw for each in self.attempts)

    def declared(self, draw: int) -> Declaration | None:
        """The declaration of a draw's result, or None."""
        return next((each for each in self.declarations if each.draw == draw), None)

    def was_not_held(self, draw: int) -> bool:
        """Whether every attempt that M commits to has failed."""
        return self.result(draw) is None and self.attempt(draw) > self.manifest.attempts

    @property
    def complete(self) -> bool:
        """Whether every draw is official; one before the last may have failed for good."""
        *earlier, last = range(1, len(self.manifest.draws) + 1)
        settled = all(self.declared(draw) or self.was_not_held(draw) for draw in earlier)
        return settled and self.declared(last) is not None

    def due(self, draw: int) -> int:
        """The attempt of a draw that is to be held now.

        Raises:
            NotFoundError: M plans no such draw.
            AlreadyDrawnError: it has its result.
            StateRefusesError: an earlier draw comes first.
            AttemptsExhaustedError: M commits to no further attempt.
        """
        self.planned(draw)
        if self.result(draw) is not None:
            raise AlreadyDrawnError("The draw has its result.", draw=draw)
        if draw > 1 and self.result(draw - 1) is None and not self.was_not_held(draw - 1):
            raise StateRefusesError("An earlier draw comes first.", state="committed", action="start")
        attempt = self.attempt(draw)
        if attempt > self.manifest.attempts:
            raise AttemptsExhaustedError("No further attempt was committed to.", draw=draw)
        return attempt

    def not_before(self, at: int) -> int:
        """An instant that lies after everything on record, however the clocks of two machines differ."""
        known = [self.seal.sealed_at, at, *(each.started_at + 1 for each in self.attempts)]
        known += [each.at + 1 for attempt in self.attempts for each in attempt.substitutions]
        return max(known)

    def transcript(self, *further: Attempt) -> Transcript:
        """T with what has ended so far, and what ends now."""
        lines = UNSIGNED if self.note is None else tuple(self.note.to_bytes().decode().splitlines())
        return Transcript(self.manifest, self.seal, lines, (*self.attempts, *further))

    def excluded(self, draw: int, started_at: int) -> Collection[int]:
        """Slots that cannot win a draw."""
        return self.transcript().excluded(draw, started_at)

    def numbers_left(self, draw: int, started_at: int) -> int:
        """How many numbers can win a draw that starts at an instant."""
        return self.seal.pools[draw - 1].numbers - len(self.excluded(draw, started_at))

    def numbers_needed(self, draw: int) -> int:
        """How many it takes to hold a draw: one for each winner, unless a number may win again and again."""
        planned = self.planned(draw)
        return min(planned.winners, 1) if planned.replacement else planned.winners

    @property
    def cosigned(self) -> bool:
        """Whether the state of the ledger is signed, and by as many witnesses as M asks for."""
        log = self.manifest.log
        if self.note is None or not any(self.note.by(log.log_key())):
            return False
        return sum(any(self.note.by(each)) for each in log.witness_keys()) >= log.quorum

    def winners(self, draw: int) -> tuple[DrawnWinner, ...]:
        """Who won a draw, with the alternates that took places; nobody before it is drawn."""
        drawn = self.result(draw)
        if drawn is None:
            return ()
        declared = self.declared(draw)
        slots = {each.winner: drawn.alternates[each.alternate].slot for each in drawn.substitutions}
        return tuple(
            DrawnWinner(
                draw=draw,
                place=place,
                prize_id=PrizeId(UUID(winner.prize)),
                amount_minor=winner.amount,
                slot=slots.get(place, winner.slot),
                substituted=place in slots,
                official_at=declared.declared_at if declared else None,
            )
            for place, winner in enumerate(drawn.winners)
        )

    def mode(self, start: DrawStart) -> EntropyMode:
        """The mode that an attempt was started in."""
        return self.manifest.modes[len(start.fallbacks)]

    def round_comes_at(self, draw: int, attempt: int) -> int | None:
        """When the beacon's round of an attempt comes, in milliseconds; None without a beacon."""
        beacon, rounds = self.manifest.beacon, self.planned(draw).rounds
        return None if beacon is None else beacon.instant(rounds[attempt - 1])
