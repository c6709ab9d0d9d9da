"""Write tests/vectors/numbering.json: `python -m tools.vectors.numbering`.

The slow references give the values.
"""

from hashlib import sha256

from tests.support.reference.numbering import reference_feistel, reference_shuffle
from tools.vectors.cases import Cases

FLAGS = {
    "Sequential": "numbers that follow the slots",
    "Shuffle": "the table, for sizes up to 1,000,000",
    "Feistel": "the network, for larger sizes",
    "Edge": "the first and the last slot or number, and the ones beyond",
    "Size": "sizes that do not exist",
    "Key": "keys of another length",
    "First": "a negative first number",
}
KEY = sha256(b"numbering").hexdigest()
SHUFFLED = (1, 2, 3, 10, 256, 257, 1500)
WALKED = (1_000_001, 2**20, 2**20 + 1, 5_000_000, 2**29 + 1, 10**9)


def cases() -> Cases:
    """All cases."""
    found = Cases("Draw numbers", "tools/vectors/numbering.py", FLAGS)
    for first, size in ((0, 1), (1, 500), (1_000_000, 10**9)):
        for slot in sorted({0, size - 1}):
            _both_ways(found, "Sequential", {"first": first, "size": size, "key": None}, slot, first + slot)
    for size in SHUFFLED:
        table = reference_shuffle(bytes.fromhex(KEY), size)
        for slot in sorted({0, size // 3, size - 1}):
            _both_ways(found, "Shuffle", {"first": 7, "size": size, "key": KEY}, slot, 7 + table[slot])
    for size in WALKED:
        for slot in (0, size // 3, size - 1):
            number = reference_feistel(bytes.fromhex(KEY), size, slot)
            _both_ways(found, "Feistel", {"first": 0, "size": size, "key": KEY}, slot, number)
    for kind, size, key in (("Sequential", 500, None), ("Shuffle", 500, KEY), ("Feistel", 10**9, KEY)):
        _beyond(found, kind, size, key)
    _bad_spaces(found)
    return found


def _both_ways(found: Cases, flag: str, space: dict[str, object], slot: int, number: int) -> None:
    comment = f"slot {slot} of {space['size']}"
    found.valid("number", comment, [flag], space | {"slot": slot}, number)
    found.valid("slot", comment, [flag], space | {"number": number}, slot)


def _beyond(found: Cases, flag: str, size: int, key: str | None) -> None:
    for first in (0, 1, 100):
        space = {"first": first, "size": size, "key": key}
        for slot in (-1, size, size + 1, 10**12, -(10**12)):
            found.invalid("number", f"slot {slot}", [flag, "Edge"], space | {"slot": slot}, "numbering-slot")
        for number in (first - 1, first + size, -size - 1, 10**12):
            given = space | {"number": number}
            found.invalid("slot", f"number {number}", [flag, "Edge"], given, "numbering-number")


def _bad_spaces(found: Cases) -> None:
    good = {"first": 0, "size": 10, "key": KEY, "slot": 0}
    for size in (0, -1, 10**9 + 1, 2**64, 2**80):
        for key in (None, KEY):
            found.invalid(
                "number", f"size {size}", ["Size"], good | {"size": size, "key": key}, "numbering-size"
            )
    for key in ("", KEY[2:], KEY + "00", KEY + KEY):
        found.invalid("number", f"key of {len(key) // 2}", ["Key"], good | {"key": key}, "numbering-key")
    for first in (-1, -(10**9)):
        found.invalid("number", f"first {first}", ["First"], good | {"first": first}, "numbering-first")


if __name__ == "__main__":
    cases().write("numbering.json")
