"""Write tests/vectors/memory.json: `python -m tools.vectors.memory`.

Every answer is the slow reference's, which knows all stores that a history of records can have had.
"""

from typing import Any

from tests.support.reference import memory as reference
from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "a store as it should be",
    "Boundary": "the last value on one side of a limit",
    "Flipped": "a bit is other than it was",
    "Lost": "bytes or a record are missing",
    "Added": "bytes or a record are too many",
    "Reordered": "the right records in another order",
    "Foreign": "a store of another identity or history",
    "Torn": "the write of a copy was cut short",
    "Behind": "a copy missed a change",
}
UNIT = b"unit 7, raffle 12, enrolment 1"
OTHER = b"unit 8, raffle 12, enrolment 1"
HISTORY = [b"sale of three", b"sale of one", b"void of the first", b"s"]
DAMAGED, LOST = "store-damaged", "memory-lost"


def cases() -> Cases:
    """All cases."""
    found = Cases("Critical memory of a sales unit", "tools/vectors/memory.py", FLAGS)
    _stores(found)
    _acknowledgements(found)
    _readings(found)
    _recoveries(found)
    return found


def _store(end: int, base: int = 0) -> bytes:
    return reference.encoded(UNIT, HISTORY[:end], base)


def _stores(found: Cases) -> None:
    for end in range(len(HISTORY) + 1):
        given = {"identity": UNIT.hex(), "records": _hex(HISTORY[:end]), "limit": 4}
        output = {"bytes": _store(end).hex(), "marks": reference.marks(UNIT, HISTORY[:end])}
        found.valid(
            "store", f"{end} records", ["Boundary" if end == len(HISTORY) else "Normal"], given, output
        )
    sound = {"identity": UNIT.hex(), "records": _hex(HISTORY), "limit": 4}
    longest = {"records": [(b"x" * 4096).hex()]}
    output = {
        "bytes": reference.encoded(UNIT, [b"x" * 4096], 0).hex(),
        "marks": reference.marks(UNIT, [b"x" * 4096]),
    }
    found.valid("store", "the longest record", ["Boundary"], sound | longest, output)
    refused: list[tuple[str, dict[str, Any], str]] = [
        ("one record over the buffer limit", {"limit": 3}, "buffer-full"),
        ("a buffer limit of nothing", {"limit": 0}, "buffer-limit"),
        ("a buffer limit that is too high", {"limit": 100_001}, "buffer-limit"),
        ("a buffer limit that is a truth value", {"limit": True}, "buffer-limit"),
        ("a buffer limit that is a fraction", {"limit": 4.0}, "buffer-limit"),
        ("an empty record", {"records": [""]}, "record-size"),
        ("a record that is too long", {"records": [(b"x" * 4097).hex()]}, "record-size"),
        ("no identity", {"identity": ""}, "record-size"),
        ("an identity that is too long", {"identity": "00" * 257}, "record-size"),
    ]
    for comment, change, error in refused:
        found.invalid("store", comment, ["Boundary"], sound | change, error)


def _acknowledgements(found: Cases) -> None:
    tags = reference.marks(UNIT, HISTORY)
    sound = {"identity": UNIT.hex(), "bytes": _store(4, 1).hex()}
    for position in (1, 3, 4):
        given = sound | {"position": position, "tag": tags[position]}
        output = {"bytes": _store(4, position).hex()}
        found.valid("acknowledge", f"up to {position}", ["Normal"], given, output)
    foreign: tuple[tuple[str, int, str], ...] = (
        ("before the base", 0, tags[0]),
        ("the tag of another position", 2, tags[3]),
        ("behind the end", 5, tags[4]),
        ("a bit of the tag flipped", 2, _flipped(bytes.fromhex(tags[2]), 0).hex()),
        ("half a tag", 2, tags[2][:8]),
        ("no tag", 2, ""),
    )
    for comment, position, tag in foreign:
        mark = {"position": position, "tag": tag}
        found.invalid("acknowledge", comment, ["Foreign"], sound | mark, "mark-not-held")


def _readings(found: Cases) -> None:
    for base, end in ((0, 0), (0, 3), (2, 4), (4, 4)):
        given = {"identity": UNIT.hex(), "bytes": _store(end, base).hex()}
        output = {"base": base, "records": _hex(HISTORY[base:end])}
        found.valid("read", f"records {base + 1} to {end}", ["Normal"], given, output)
    data = _store(3)
    for comment, flag, changed in _damages(data):
        given = {"identity": UNIT.hex(), "bytes": changed.hex()}
        found.invalid("read", comment, [flag], given, DAMAGED)
    found.invalid(
        "read", "of another unit", ["Foreign"], {"identity": OTHER.hex(), "bytes": data.hex()}, DAMAGED
    )


def _damages(data: bytes) -> list[tuple[str, str, bytes]]:
    names = {
        0: "magic",
        11: "base position",
        12: "base head",
        47: "count",
        48: "seal",
        83: "length",
        84: "record",
    }
    flips = [(f"a bit of the {name} flipped", "Flipped", _flipped(data, at)) for at, name in names.items()]
    start, one, two, three = data[:80], *(len(r).to_bytes(4) + r for r in HISTORY[:3])
    counted = start[:44] + (2).to_bytes(4) + start[48:]
    more = start[:44] + (4).to_bytes(4) + start[48:]
    huge = start[:44] + (100_001).to_bytes(4) + start[48:]
    return [
        *flips,
        ("nothing at all", "Lost", b""),
        ("the last byte lost", "Torn", data[:-1]),
        ("cut inside a length", "Torn", data[: 80 + len(one) + 2]),
        ("cut inside the seal", "Torn", data[:60]),
        ("a byte added", "Added", data + b"\0"),
        ("the first record lost", "Lost", start + two + three),
        ("the first record lost, and counted so", "Lost", counted + two + three),
        ("the last record lost, and counted so", "Lost", counted + one + two),
        ("a record repeated", "Added", start + one + one + two + three),
        ("a record repeated, and counted so", "Added", more + one + one + two + three),
        ("a record in place of another", "Added", start + one + one + three),
        ("two records exchanged", "Reordered", start + two + one + three),
        ("two records joined", "Reordered", counted + _joined() + three),
        ("an impossible number of records", "Flipped", huge + one + two + three),
        ("an empty record added", "Added", more + one + two + three + bytes(4)),
    ]


def _joined() -> bytes:
    record = HISTORY[0] + HISTORY[1]
    return len(record).to_bytes(4) + record


def _recoveries(found: Cases) -> None:
    torn, flipped = _store(3)[:-1], _flipped(_store(3), 90)
    pairs: list[tuple[str, str, bytes, bytes]] = [
        ("equal copies", "Normal", _store(3), _store(3)),
        ("the second missed a record", "Behind", _store(3), _store(2)),
        ("the first missed a record", "Behind", _store(2), _store(3)),
        ("the second missed an acknowledgement", "Behind", _store(3, 2), _store(3)),
        ("the first missed an acknowledgement", "Behind", _store(3), _store(3, 3)),
        ("the first is torn", "Torn", torn, _store(2)),
        ("the second is torn", "Torn", _store(3), torn),
        ("the first is flipped", "Flipped", flipped, _store(3)),
        ("the second is flipped", "Flipped", _store(3), flipped),
        ("the first is gone", "Lost", b"", _store(3)),
        ("both torn", "Torn", torn, torn),
        ("both flipped", "Flipped", flipped, flipped),
        ("one torn, one flipped", "Torn", torn, flipped),
        ("both gone", "Lost", b"", b""),
        ("two records apart", "Behind", _store(3), _store(1)),
        ("a record and an acknowledgement apart", "Behind", _store(3, 2), _store(2)),
        ("a record and an acknowledgement of it apart", "Behind", _store(3, 3), _store(2)),
        ("another unit's, twice", "Foreign", _foreign(OTHER), _foreign(OTHER)),
    ]
    for comment, flag, first, second in pairs:
        _recovery(found, comment, flag, first, second)
    diverged = reference.encoded(UNIT, [*HISTORY[:2], b"another sale"], 0)
    given = _copies(_store(3), diverged)
    found.invalid("recover", "two histories", ["Foreign"], given, LOST)
    tags = reference.marks(UNIT, HISTORY)
    known = {"position": 3, "tag": tags[3]}
    output = {"bytes": _store(3).hex(), "copies": ["current", "current"]}
    found.valid(
        "recover", "the last ticket's mark is held", ["Normal"], _copies(_store(3), _store(3), known), output
    )
    for comment, copies in (
        ("both copies were put back before the last ticket", _copies(_store(2), _store(2), known)),
        ("one was put back, the other is damaged", _copies(_store(2), torn, known)),
        ("the last ticket is another chain's", _copies(_store(3), _store(3), known | {"tag": tags[2]})),
    ):
        found.invalid("recover", comment, ["Lost"], copies, LOST)


def _recovery(found: Cases, comment: str, flag: str, first: bytes, second: bytes) -> None:
    places = [reference.place(UNIT, data, HISTORY) for data in (first, second)]
    given = _copies(first, second)
    try:
        base, end = reference.recovered(*places)
    except reference.Refusal as refusal:
        found.invalid("recover", comment, [flag], given, refusal.code)
        return
    words = [_word(place, (base, end)) for place in places]
    output = {"bytes": _store(end, base).hex(), "copies": words}
    found.valid("recover", comment, [flag], given, output)


def _word(place: tuple[int, int] | None, chosen: tuple[int, int]) -> str:
    if place is None:
        return "damaged"
    return "current" if place == chosen else "behind"


def _copies(first: bytes, second: bytes, known: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"identity": UNIT.hex(), "first": first.hex(), "second": second.hex(), "known": known}


def _foreign(identity: bytes) -> bytes:
    return reference.encoded(identity, HISTORY[:3], 0)


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _hex(records: list[bytes]) -> list[str]:
    return [record.hex() for record in records]


if __name__ == "__main__":
    cases().write("memory.json")
