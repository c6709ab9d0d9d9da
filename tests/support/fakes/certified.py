"""The key that seeds are kept under, and the certified function that draws, in this process."""

from riff.adapters.aws.winner_selection import attempt_of, event_of
from riff.domain.identifiers import RaffleId
from riff.errors import SeedLostError, UnavailableError
from riff.ports.selection import SelectionRequest
from riff_critical.draw import Attempt
from riff_critical.handlers.select_winners import handler

_MASK = b"m" * 32


class FakeSeeds:
    """Honours `riff.ports.seeds.Seeds`; the mask hides nothing from a test that knows it.

    Attributes:
        opened: which seeds were opened, in order.
        is_down: while true, nothing can be closed or opened.
        is_lost: while true, the key is gone.
    """

    def __init__(self) -> None:
        self.opened: list[tuple[RaffleId, int, int]] = []
        self.is_down = False
        self.is_lost = False

    def close(self, raffle_id: RaffleId, draw: int, attempt: int, seed: bytes) -> bytes:
        """The seed, masked, behind what it is bound to."""
        self._require_up()
        masked = bytes(one ^ other for one, other in zip(seed, _MASK, strict=True))
        return _bound(raffle_id, draw, attempt) + masked

    def open(self, raffle_id: RaffleId, draw: int, attempt: int, ciphertext: bytes) -> bytes:
        """The seed, of the attempt that it is bound to."""
        self._require_up()
        bound = _bound(raffle_id, draw, attempt)
        if self.is_lost or not ciphertext.startswith(bound):
            raise SeedLostError("The seed cannot be opened.")
        self.opened.append((raffle_id, draw, attempt))
        masked = ciphertext.removeprefix(bound)
        return bytes(one ^ other for one, other in zip(masked, _MASK, strict=True))

    def _require_up(self) -> None:
        if self.is_down:
            raise UnavailableError("The key cannot be reached.")


class FakeSelection:
    """Honours `riff.ports.selection.WinnerSelection`: the handler itself, without the way to it.

    Attributes:
        selected: which attempts it was asked for, in order.
        is_down: while true, it cannot be reached.
    """

    def __init__(self) -> None:
        self.selected: list[tuple[int, int]] = []
        self.is_down = False

    def select(self, request: SelectionRequest) -> Attempt:
        """The attempt with its winners."""
        if self.is_down:
            raise UnavailableError("The function cannot be reached.")
        self.selected.append((request.draw, request.attempt))
        answer = handler(event_of(request), None)
        return attempt_of(answer)


def _bound(raffle_id: RaffleId, draw: int, attempt: int) -> bytes:
    return f"{raffle_id} {draw} {attempt} ".encode()
