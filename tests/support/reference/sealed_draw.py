"""The computations of SD/1 to the letter, on lists of single slots, with the library's JSON and HMAC."""

import json
from hashlib import sha256
from typing import Any

from tests.support.reference import merkle
from tests.support.reference.hmac_drbg import ReferenceHmacDrbg


def framed(tag: str, *parts: bytes) -> bytes:
    """A frame, as riff_critical.encoding describes it."""
    data = bytes([len(tag)]) + tag.encode()
    for part in parts:
        data += len(part).to_bytes(4, "big")
        data += part
    return data


def document_hash(kind: str, document: object) -> bytes:
    """H(M), H(S), H(T)."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(framed(f"riff/sd1/{kind}", text.encode())).digest()


def commitment(manifest_hash: bytes, draw: int, attempt: int, secret: bytes) -> bytes:
    """C(d, a)."""
    numbers = draw.to_bytes(4, "big"), attempt.to_bytes(4, "big")
    return sha256(framed("riff/sd1/commitment", manifest_hash, *numbers, secret)).digest()


def contribution(manifest_hash: bytes, party: str, draw: int, attempt: int, value: bytes) -> bytes:
    """C(p, d, a)."""
    numbers = draw.to_bytes(4, "big"), attempt.to_bytes(4, "big")
    return sha256(framed("riff/sd1/contribution", manifest_hash, party.encode(), *numbers, value)).digest()


def seed(
    seal_hash: bytes, draw: int, attempt: int, beacon: bytes, contributions: list[bytes]
) -> tuple[bytes, bytes]:
    """Nonce and personalization."""
    numbers = draw.to_bytes(4, "big"), attempt.to_bytes(4, "big")
    nonce = sha256(framed("riff/sd1/nonce", *numbers)).digest()[0:16]
    return nonce, sha256(framed("riff/sd1/personalization", seal_hash, beacon, *contributions)).digest()


def select(seeded: tuple[bytes, bytes, bytes], numbers: int, plan: dict[str, Any]) -> dict[str, Any]:
    """Blocks, winners and alternates, drawn from a bag that still holds every number that can win."""
    drbg = ReferenceHmacDrbg(*seeded, "sha256")
    digits = len(format(numbers - 1, "b")) if numbers > 1 else 0
    blocks: list[str] = []
    bag = [index for index in range(numbers) if index not in plan["excluded"]]

    def draw() -> int:
        while True:
            if digits == 0:
                return 0
            block = drbg.generate((digits + 7) // 8, b"")
            blocks.append(block.hex())
            index = int("".join(format(octet, "08b") for octet in block)[-digits:], 2)
            if index in bag:
                return index

    winners: list[int] = []
    for _ in range(plan["winners"]):
        winners.append(draw())
        if not plan["replacement"]:
            bag.remove(winners[-1])
    bag = [index for index in bag if index not in winners]
    alternates: list[int] = []
    while bag and len(alternates) < plan["alternates"]:
        alternates.append(draw())
        bag.remove(alternates[-1])
    return {"outputs": blocks, "winners": winners, "alternates": alternates}


def pool(ranges: list[list[int]]) -> dict[str, Any]:
    """The compact form, and what a seal states."""
    data, leaves = b"", []
    slots: list[int] = []
    for first, count in ranges:
        gap = first - (slots[-1] + 1 if slots else 0)
        data += _leb128(gap) + _leb128(count - 1)
        numbers = (len(slots), first, count)
        leaves.append(framed("riff/sd1/range", b"".join(number.to_bytes(8, "big") for number in numbers)))
        slots += list(range(first, first + count))
    root = merkle.mth(leaves).hex()
    return {"data": data.hex(), "ranges": len(ranges), "numbers": len(slots), "root": root}


def words(seal_hash: bytes) -> str:
    """Eight proquints."""
    bits = "".join(format(octet, "08b") for octet in seal_hash[:16])
    spoken = []
    for at in range(0, 128, 16):
        five = (
            bits[at : at + 4],
            bits[at + 4 : at + 6],
            bits[at + 6 : at + 10],
            bits[at + 10 : at + 12],
            bits[at + 12 : at + 16],
        )
        letters = ("bdfghjklmnprstvz", "aiou", "bdfghjklmnprstvz", "aiou", "bdfghjklmnprstvz")
        spoken.append(
            "".join(alphabet[int(digits, 2)] for alphabet, digits in zip(letters, five, strict=True))
        )
    return " ".join(spoken)


def _leb128(value: int) -> bytes:
    digits = format(value, "b")
    while len(digits) % 7:
        digits = "0" + digits
    groups = [digits[at : at + 7] for at in range(0, len(digits), 7)][::-1]
    return bytes(
        int(("1" if more else "0") + group, 2)
        for group, more in zip(groups, [1] * (len(groups) - 1) + [0], strict=True)
    )
