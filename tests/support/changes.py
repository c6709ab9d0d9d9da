"""What tamperings are made of: changes to the publication of `sealed_raffle`.

A change edits the plain values of the transcript, or the pools, in place.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from operator import getitem
from typing import Any

from riff_critical.draw import Fault, Manifest, Seal, decode, encode, measure
from riff_critical.encoding import canonical_json
from riff_critical.ledger import Checkpoint
from tests.support import sealed_raffle

type Pools = dict[bytes, bytes]
type Change = Callable[[Any, Pools], object]


@dataclass(frozen=True)
class Tampering:
    """What is done, and the fault that names it."""

    name: str
    fault: Fault
    change: Change

    def apply(self, publication: sealed_raffle.Publication) -> tuple[bytes, Pools]:
        """The transcript and the pools after it."""
        transcript, pools = publication.json(), dict(publication.pools)
        self.change(transcript, pools)
        return canonical_json(transcript), pools


def at(transcript: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - plain values
    """What stands at a path."""
    return reduce(getitem, path, transcript)


def setting(value: object, *path: str | int) -> Change:
    """Set the member at a path."""
    return lambda transcript, _: at(transcript, path[:-1]).__setitem__(path[-1], value)


def adding(amount: int, *path: str | int) -> Change:
    """Add to the integer at a path."""

    def change(transcript: Any, pools: Pools) -> None:  # noqa: ANN401 - plain values
        setting(at(transcript, path) + amount, *path)(transcript, pools)

    return change


def swapping(first: int, second: int, *path: str | int) -> Change:
    """Exchange two items of the list at a path."""

    def change(transcript: Any, _: Pools) -> None:  # noqa: ANN401 - plain values
        items = at(transcript, path)
        items[first], items[second] = items[second], items[first]

    return change


def dropping(item: int | str, *path: str | int) -> Change:
    """Take an item out of the list or object at a path."""
    return lambda transcript, _: at(transcript, path).pop(item)


def repooled(change_ranges: Callable[[list[tuple[int, int]]], list[tuple[int, int]]]) -> Change:
    """Publish another pool under the old root."""

    def change(transcript: Any, pools: Pools) -> None:  # noqa: ANN401 - plain values
        root = bytes.fromhex(transcript["seal"]["pools"][1]["root"])
        pools[root] = encode(change_ranges(list(decode(pools[root]))))

    return change


def resealed(change_ranges: Callable[[list[tuple[int, int]]], list[tuple[int, int]]]) -> Change:
    """Publish another pool, and a seal that agrees with it, after the draw."""

    def change(transcript: Any, pools: Pools) -> None:  # noqa: ANN401 - plain values
        root = bytes.fromhex(transcript["seal"]["pools"][1]["root"])
        ranges = change_ranges(list(decode(pools[root])))
        pool = measure(ranges)
        pools[pool.root] = encode(ranges)
        tally = transcript["seal"]["tally"]
        tally["unsold"] += tally["sold"] - pool.numbers
        tally["sold"] = pool.numbers
        transcript["seal"]["pools"][1] = pool.to_json()

    return change


def remanifested(*changes: Change) -> Change:
    """Change the manifest, and make the seal name it."""

    def change(transcript: Any, pools: Pools) -> None:  # noqa: ANN401 - plain values
        for each in changes:
            each(transcript, pools)
        transcript["seal"]["manifest"] = Manifest.from_json(transcript["manifest"]).hash().hex()

    return change


def raw_pool(data: bytes) -> Change:
    """Publish these bytes as the pool."""

    def change(transcript: Any, pools: Pools) -> None:  # noqa: ANN401 - plain values
        pools[bytes.fromhex(transcript["seal"]["pools"][1]["root"])] = data

    return change


def forked(size: int, witnesses: int = 2) -> Change:
    """Show a checkpoint of another ledger, properly signed by everybody."""
    checkpoint = Checkpoint(sealed_raffle.LOG_KEY.name, size, sha256(b"fork").digest())
    return setting(sealed_raffle.sign(checkpoint, sealed_raffle.WITNESSES[:witnesses]), "checkpoint")


def cosigned_by(*names: int) -> Change:
    """Show the right checkpoint with the cosignatures of these witnesses only."""

    def change(transcript: Any, _: Pools) -> None:  # noqa: ANN401 - plain values
        seal = Seal.from_json(transcript["seal"])
        checkpoint = Checkpoint(sealed_raffle.LOG_KEY.name, seal.ledger_size, seal.ledger_root)
        witnesses = [sealed_raffle.WITNESSES[name] for name in names]
        transcript["checkpoint"] = sealed_raffle.sign(checkpoint, witnesses)

    return change


def repeated_draw(transcript: Any, _: Pools) -> None:  # noqa: ANN401 - plain values
    """Draw a second time, after a result."""
    again = json.loads(json.dumps(transcript["attempts"][2]))
    transcript["attempts"].append(again | {"draw": 2, "attempt": 2})


def early_winner(transcript: Any, _: Pools) -> None:  # noqa: ANN401 - plain values
    """Pretend that the winner of the grand draw had won the early one, which excludes it."""
    attempts = transcript["attempts"]
    attempts[1]["winners"][0]["slot"] = attempts[2]["winners"][0]["slot"]


def inserting(item: object, index: int, *path: str | int) -> Change:
    """Put an item into the list at a path."""
    return lambda transcript, _: at(transcript, path).insert(index, item)


def repeated_failure(transcript: Any, _: Pools) -> None:  # noqa: ANN401 - plain values
    """Show the failed attempt twice."""
    transcript["attempts"].insert(1, transcript["attempts"][0])


def substituting(*alternates: int) -> Change:
    """Substitute the winner of the first draw by these alternates, one after the other."""

    def change(transcript: Any, _: Pools) -> None:  # noqa: ANN401 - plain values
        (substitution,) = transcript["attempts"][1]["substitutions"]
        renewed = [substitution | {"alternate": alternate} for alternate in alternates]
        transcript["attempts"][1]["substitutions"] = renewed

    return change


def substituting_at(*delays: int) -> Change:
    """Substitute the winner of the first draw so many milliseconds after its start, again and again."""

    def change(transcript: Any, _: Pools) -> None:  # noqa: ANN401 - plain values
        drawn = transcript["attempts"][1]
        (substitution,) = drawn["substitutions"]
        drawn["substitutions"] = [
            substitution | {"at": drawn["started_at"] + delay, "alternate": rank}
            for rank, delay in enumerate(delays)
        ]

    return change
