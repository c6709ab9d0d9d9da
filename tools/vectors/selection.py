"""Write tests/vectors/selection.json: `python -m tools.vectors.selection`.

The slow reference gives the values.
"""

from hashlib import shake_128

from tests.support.reference.selection import reference_below, reference_sample
from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "a range as raffles have it",
    "One": "the range of one value, for which nothing is read",
    "Edge": "ranges around powers of two and whole bytes",
    "Discard": "values out of range, which are read and discarded",
    "Repeat": "indices that come again",
    "Range": "ranges that do not exist",
    "Size": "more picks than there are indices, or fewer than none",
    "Exhausted": "a source that gives fewer bytes than it is asked for",
    "Stuck": "a source that gives the same bytes for ever",
}
EDGES = [2**k + d for k in (3, 8, 16, 63) for d in (-1, 0, 1) if 2**k + d > 1] + [2**64 - 1, 2**64]


def cases() -> Cases:
    """All cases."""
    found = Cases("Unbiased selection", "tools/vectors/selection.py", FLAGS)
    _good_below(found)
    _good_samples(found)
    _bad_below(found)
    _bad_samples(found)
    return found


def _good_below(found: Cases) -> None:
    found.valid("below", "nothing is read for n = 1", ["One"], {"stream": "", "n": 1}, [0, 0])
    for n in (2, 10, 999, 1_000_000, 44_136_173):
        _below(found, ["Normal"], shake_128(n.to_bytes(8)).digest(40), n)
    for n in EDGES:
        _below(found, ["Edge"], shake_128(n.to_bytes(9)).digest(80), n)
    _below(found, ["Discard"], b"\xff" * 127 + b"\x00", 255)
    _below(found, ["Discard"], b"\xff\x0a\x0a\x09", 10)


def _below(found: Cases, flags: list[str], stream: bytes, n: int) -> None:
    left = list(stream)
    value = reference_below(left, n)
    given = {"stream": stream.hex(), "n": n}
    found.valid("below", f"n = {n}: value and bytes read", flags, given, [value, len(stream) - len(left)])


def _good_samples(found: Cases) -> None:
    for n, k, replacement in ((1, 1, False), (1, 3, True), (7, 7, False), (7, 9, True), (50_000, 12, False)):
        stream = shake_128(bytes([k])).digest(200)
        _sample(found, ["Normal"], stream, n, k, replacement=replacement)
    _sample(found, ["Repeat"], b"\x03\x03\x03\x07\x02", 4, 2, replacement=False)
    _sample(found, ["Repeat"], b"\x03\x03\x03\x07\x02", 4, 5, replacement=True)
    _sample(found, ["Repeat"], bytes(256) + b"\x01", 256, 2, replacement=False)
    _sample(found, ["Size"], b"", 5, 0, replacement=False)


def _sample(found: Cases, flags: list[str], stream: bytes, n: int, k: int, *, replacement: bool) -> None:
    output = reference_sample(list(stream), n, k, replacement=replacement)
    given = {"stream": stream.hex(), "n": n, "k": k, "replacement": replacement}
    found.valid("sample", f"{k} of {n}, replacement {replacement}", flags, given, output)


def _bad_below(found: Cases) -> None:
    for n in (0, -1, -(2**64), 2**64 + 1, 2**200):
        found.invalid("below", f"n = {n}", ["Range"], {"stream": "00" * 80, "n": n}, "rng-range")
    for n in (2, 256, 257, 65_537, 2**24 + 1, 2**64):
        size = -(-(n - 1).bit_length() // 8)
        for length in sorted({0, size - 1}):
            given = {"stream": "00" * length, "n": n}
            found.invalid("below", f"n = {n}, {length} bytes", ["Exhausted"], given, "rng-selection-fault")
    for n in (3, 5, 129, 32_769):
        size = -(-(n - 1).bit_length() // 8)
        given = {"stream": "ff" * size * 128 + "00" * size, "n": n}
        found.invalid("below", f"n = {n}, 128 discards", ["Stuck", "Discard"], given, "rng-selection-fault")
    given = {"stream": "ffff", "n": 255}
    found.invalid("below", "discards, then the end", ["Exhausted", "Discard"], given, "rng-selection-fault")


def _bad_samples(found: Cases) -> None:
    for n, k, replacement in (
        (5, 6, False),
        (1, 2, False),
        (5, -1, False),
        (5, -1, True),
        (2**40, 2**41, False),
    ):
        given = {"stream": "00" * 80, "n": n, "k": k, "replacement": replacement}
        found.invalid("sample", f"{k} of {n}", ["Size"], given, "rng-sample-size")
    for n, replacement in ((0, True), (-3, True), (2**64 + 1, True), (2**64 + 1, False)):
        given = {"stream": "00" * 80, "n": n, "k": 1, "replacement": replacement}
        found.invalid("sample", f"range {n}", ["Range"], given, "rng-range")
    for n, k, stream in ((256, 3, "0001"), (256, 1, ""), (257, 2, "000100"), (4, 3, "0001" * 100)):
        given = {"stream": stream, "n": n, "k": k, "replacement": False}
        found.invalid("sample", f"{k} of {n}, too few bytes", ["Exhausted"], given, "rng-selection-fault")
    for n in (2, 4, 256):
        given = {"stream": "00" * 257 + "01", "n": n, "k": 2, "replacement": False}
        found.invalid("sample", f"2 of {n} from zeros", ["Stuck", "Repeat"], given, "rng-selection-fault")


if __name__ == "__main__":
    cases().write("selection.json")
