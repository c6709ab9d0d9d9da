"""A slow, literal second opinion on `riff_critical.memory`: whole chains, recomputed from the first record.

Nothing is imported from the core.  A store is a list of all records ever appended, of which the first `base`
are dropped.
"""

import hashlib


class Refusal(Exception):  # noqa: N818  # a refusal is an expected answer here
    """The answer is no, for this reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def framed(tag: str, *parts: bytes) -> bytes:
    result = bytes([len(tag)]) + tag.encode("ascii")
    for part in parts:
        result = result + len(part).to_bytes(4, "big") + part
    return hashlib.sha256(result).digest()


def head(identity: bytes, records: list[bytes]) -> bytes:
    value = framed("riff/memory/start", identity)
    for number, record in enumerate(records, start=1):
        value = framed("riff/memory/record", value, number.to_bytes(8, "big"), record)
    return value


def encoded(identity: bytes, records: list[bytes], base: int) -> bytes:
    base_head, end_head = head(identity, records[:base]), head(identity, records)
    seal = framed(
        "riff/memory/seal",
        identity,
        base.to_bytes(8, "big"),
        base_head,
        len(records).to_bytes(8, "big"),
        end_head,
    )
    kept = records[base:]
    result = b"RFM1" + base.to_bytes(8, "big") + base_head + len(kept).to_bytes(4, "big") + seal
    for record in kept:
        result = result + len(record).to_bytes(4, "big") + record
    return result


def marks(identity: bytes, records: list[bytes]) -> list[str]:
    """The tag of each position from 0 on."""
    return [head(identity, records[:count])[:8].hex() for count in range(len(records) + 1)]


def place(identity: bytes, data: bytes, history: list[bytes]) -> tuple[int, int] | None:
    """Base and end of the store with these bytes; None when there is none."""
    for end in range(len(history) + 1):
        for base in range(end + 1):
            if data == encoded(identity, history[:end], base):
                return base, end
    return None


def recovered(first: tuple[int, int] | None, second: tuple[int, int] | None) -> tuple[int, int]:
    """What two copies at these places stand for, by listing everything that may be."""
    if first is None or second is None:
        sound = first or second
        if sound is None:
            raise Refusal("memory-lost")
        return sound
    for ahead, behind in ((first, second), (second, first)):
        (base, end), (old_base, old_end) = ahead, behind
        same = ahead == behind
        one_appended = base == old_base and end == old_end + 1
        acknowledged = end == old_end and base > old_base
        if same or one_appended or acknowledged:
            return ahead
    raise Refusal("memory-lost")
