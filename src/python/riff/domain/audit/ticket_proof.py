"""The proofs of a ticket as one file, in the form that docs/algorithms/sealed-draw.md gives it."""

import attrs

from riff_critical.encoding import Json, canonical_json
from riff_critical.ledger import Note

type Proof = tuple[bytes, ...]


@attrs.frozen
class ProvedEntry:
    """An entry of the ledger with the proof that it is there.

    Attributes:
        index: its place.
        text: the entry.
        proof: its inclusion in the ledger that the file is about.
    """

    index: int
    text: bytes
    proof: Proof

    def to_json(self) -> Json:
        """The entry in the file."""
        return {"entry": self.text.decode(), "index": self.index, "proof": _hex(self.proof)}


@attrs.frozen
class ProvedPlace:
    """The place of the ticket in the pool of a draw.

    Attributes:
        draw: which draw, from 1.
        range: its place among the ranges.
        position: how many numbers stand before it.
        proof: its inclusion in the pool.
    """

    draw: int
    range: int
    position: int
    proof: Proof

    def to_json(self) -> Json:
        """The place in the file."""
        return {
            "draw": self.draw,
            "range": self.range,
            "position": self.position,
            "proof": _hex(self.proof),
        }


@attrs.frozen
class EarlierCheckpoint:
    """The first witnessed state of the ledger that holds the sale, and that the sealed one begins with it."""

    note: Note
    consistency: Proof

    def to_json(self) -> Json:
        """The checkpoint in the file."""
        return {"note": lines_of(self.note), "consistency": _hex(self.consistency)}


@attrs.frozen
class TicketFile:
    """Everything that shows what became of a ticket.

    Attributes:
        order: the order's name.
        validation: its validation number.
        salt: opens the two salted hashes of the sale's entry.
        sale: the entry of the sale.
        void: the entry of the void, or None for a valid order.
        places: the ticket's places, once there are pools.
        checkpoint: an earlier state of the ledger, or None.
    """

    order: str
    validation: str = attrs.field(repr=False)
    salt: bytes = attrs.field(repr=False)
    sale: ProvedEntry
    void: ProvedEntry | None
    places: tuple[ProvedPlace, ...]
    checkpoint: EarlierCheckpoint | None

    def to_text(self) -> str:
        """The file."""
        return canonical_json(
            {
                "order": self.order,
                "validation": self.validation,
                "salt": self.salt.hex(),
                "sale": self.sale.to_json(),
                "void": None if self.void is None else self.void.to_json(),
                "places": [place.to_json() for place in self.places],
                "checkpoint": None if self.checkpoint is None else self.checkpoint.to_json(),
            }
        ).decode()


def lines_of(note: Note) -> list[str]:
    """The lines of a signed note, as transcripts and ticket files hold them."""
    return note.to_bytes().decode().removesuffix("\n").split("\n")


def _hex(proof: Proof) -> list[str]:
    return [each.hex() for each in proof]
