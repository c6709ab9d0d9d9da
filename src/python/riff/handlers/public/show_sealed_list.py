"""GET /raffles/{raffle_id}/sealed-list: what a draw was drawn from."""

import zlib
from base64 import b64encode
from typing import Self

import attrs

from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between
from riff.usecases.public.show_sealed_list import SealedList, ShowSealedList, show_sealed_list
from riff.wiring import services

_DRAW = Between(1, 100)
# Once a list is sealed it stays as it is.
_A_DAY_S = 86_400


@attrs.frozen
class SealedListReply:
    """A sealed list.

    Attributes:
        root: of the list's Merkle tree, as the seal states it.
        ranges: how many orders take part.
        numbers: how many numbers take part.
        data: the list in its compact form, deflated (RFC 1950), in base64; two million orders take a sixth of
            what a reply holds.
    """

    draw: int
    root: str
    ranges: int
    numbers: int
    data: str

    @classmethod
    def of(cls, found: SealedList) -> Self:
        """The list, packed."""
        pool = found.pool
        data = b64encode(zlib.compress(found.data)).decode()
        return cls(found.draw, pool.root.hex(), pool.ranges, pool.numbers, data)


@endpoint(query=("draw",))
def handler(request: Request[None]) -> Ok[SealedListReply]:
    """Answer with the list."""
    query = ShowSealedList(
        raffle_id=RaffleId(request.path_id("raffle_id")),
        draw=request.query_number("draw", _DRAW, default=1),
    )
    return Ok(SealedListReply.of(show_sealed_list(query, services())), cache_s=_A_DAY_S)
