"""Write tests/vectors/draw.json: `python -m tools.vectors.draw`.

The slow reference gives the values.  The transcripts are those of tests/support/sealed_raffle.py, honest and
tampered with; their verdicts are those of `tools/verify.py`.
"""

from collections.abc import Mapping
from contextlib import redirect_stdout
from hashlib import sha256
from io import StringIO
from typing import Any

from riff_critical.draw import EntropyMode
from tests.support.reference import sealed_draw as reference
from tests.support.sealed_raffle import Publication, publication
from tests.support.tamperings import TAMPERINGS
from tools import verify
from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "as an honest organizer does it",
    "Limit": "a value or a number at or beyond its limit",
    "Excluded": "indices that cannot win",
    "Replacement": "a number may win several prizes",
    "Order": "ranges that overlap, descend or are empty",
    "Form": "bytes that are no compact form",
    "Tampered": "a publication that somebody changed",
}
SEED = {name: sha256(name.encode()).hexdigest() for name in ("entropy", "personalization")} | {
    "nonce": "0f" * 16
}
SHOWN = 24  # tamperings with a whole transcript in the file; the tests run all


def cases() -> Cases:
    """All cases."""
    found = Cases("Sealed draw SD/1", "tools/vectors/draw.py", FLAGS)
    _commitments(found)
    _pools(found)
    _compact_forms(found)
    _selections(found)
    _transcripts(found)
    return found


def _commitments(found: Cases) -> None:
    digest, value = sha256(b"M").digest(), sha256(b"s").digest()
    for draw, attempt in ((1, 1), (1, 2), (100, 9)):
        given = {"manifest": digest.hex(), "draw": draw, "attempt": attempt, "secret": value.hex()}
        right = reference.commitment(digest, draw, attempt, value).hex()
        found.valid("commit", f"draw {draw}, attempt {attempt}", ["Normal"], given, right)
    for size in (0, 31, 33):
        given = {"manifest": digest.hex(), "draw": 1, "attempt": 1, "secret": bytes(size).hex()}
        found.invalid("commit", f"a secret of {size} bytes", ["Limit"], given, "secret-length-invalid")
    for size in (32, 64):
        given = {
            "manifest": digest.hex(),
            "party": "club",
            "draw": 1,
            "attempt": 2,
            "value": bytes(size).hex(),
        }
        right = reference.contribution(digest, "club", 1, 2, bytes(size)).hex()
        found.valid("commit_contribution", f"{size} bytes", ["Normal"], given, right)
    for size in (0, 31, 65):
        given = {
            "manifest": digest.hex(),
            "party": "club",
            "draw": 1,
            "attempt": 2,
            "value": bytes(size).hex(),
        }
        found.invalid("commit_contribution", f"{size} bytes", ["Limit"], given, "secret-length-invalid")


def _pools(found: Cases) -> None:
    good: list[tuple[str, str, list[list[int]]]] = [
        ("nothing", "Normal", []),
        ("one number", "Normal", [[0, 1]]),
        ("ranges that touch", "Normal", [[0, 10], [10, 1], [11, 10]]),
        ("ranges with gaps", "Normal", [[5, 1], [10, 10], [400, 200]]),
        ("a gap of 127 and of 128", "Limit", [[127, 128], [383, 129]]),
        ("the last slot", "Limit", [[999_999_999, 1]]),
    ]
    for comment, flag, ranges in good:
        found.valid("pool", comment, [flag], {"ranges": ranges}, reference.pool(ranges))
    bad: list[tuple[str, str, list[list[int]]]] = [
        ("an overlap", "Order", [[0, 10], [9, 1]]),
        ("the same range twice", "Order", [[0, 10], [0, 10]]),
        ("a descent", "Order", [[10, 1], [0, 1]]),
        ("an empty range", "Order", [[0, 0]]),
        ("a negative count", "Order", [[5, -1]]),
        ("a negative slot", "Order", [[-1, 1]]),
        ("beyond the last slot", "Limit", [[999_999_999, 2]]),
    ]
    for comment, flag, ranges in bad:
        found.invalid("pool", comment, [flag], {"ranges": ranges}, "pool-malformed")


def _compact_forms(found: Cases) -> None:
    for comment, data, ranges in (("nothing", "", []), ("two", "05090000", [[5, 10], [15, 1]])):
        found.valid("decode", comment, ["Normal"], {"data": data}, ranges)
    for comment, data in (
        ("a gap without a count", "05"),
        ("a third number without its pair", "050900"),
        ("an unfinished number", "0580"),
        ("a needless byte", "058000"),
        ("another needless byte", "8500" + "00"),
        ("a number of six bytes", "8080808080" + "0100"),
        ("only high bits", "ff" * 20),
    ):
        found.invalid("decode", comment, ["Form"], {"data": data}, "pool-malformed")


def _selections(found: Cases) -> None:
    plan: dict[str, Any] = {"winners": 3, "alternates": 2, "replacement": False, "excluded": []}
    good: list[tuple[str, str, int, dict[str, Any]]] = [
        (f"{numbers} numbers", "Normal", numbers, {})
        for numbers in (5, 8, 9, 255, 256, 257, 65_536, 65_537, 10**7)
    ]
    good += [
        ("one number", "Limit", 1, {"winners": 1}),
        ("as many winners as numbers", "Limit", 3, {}),
        ("fewer alternates than planned", "Limit", 4, {}),
        ("no alternates", "Limit", 100, {"alternates": 0}),
        ("the same number again", "Replacement", 2, {"winners": 6, "replacement": True}),
        ("one number, several prizes", "Replacement", 1, {"winners": 4, "replacement": True}),
        ("excluded numbers", "Excluded", 9, {"excluded": [0, 1, 2, 8]}),
        ("only one left", "Excluded", 9, {"winners": 1, "excluded": [0, 1, 2, 4, 5, 6, 7, 8]}),
        ("excluded, with replacement", "Excluded", 4, {"excluded": [1, 2], "replacement": True}),
    ]
    for comment, flag, numbers, change in good:
        given = {"seed": SEED, "numbers": numbers, **plan, **change}
        seeded = tuple(bytes.fromhex(SEED[name]) for name in ("entropy", "nonce", "personalization"))
        right = reference.select((seeded[0], seeded[1], seeded[2]), numbers, given)
        found.valid("select", comment, [flag], given, right)
    bad: list[tuple[str, str, int, dict[str, Any]]] = [
        ("no numbers", "Limit", 0, {}),
        ("more winners than numbers", "Limit", 2, {}),
        ("more winners than are left", "Excluded", 4, {"excluded": [0, 3]}),
        ("nothing left", "Excluded", 2, {"excluded": [0, 1], "replacement": True}),
    ]
    for comment, flag, numbers, change in bad:
        given = {"seed": SEED, "numbers": numbers, **plan, **change}
        found.invalid("select", comment, [flag], given, "numbers-too-few")


def _transcripts(found: Cases) -> None:
    for mode in EntropyMode:
        published = publication(mode)
        given = _given(published.transcript.to_bytes(), published.pools)
        found.valid("verify", f"an honest draw, {mode}", ["Normal"], given, _summary(published))
    for tampering in TAMPERINGS[:: len(TAMPERINGS) // SHOWN]:
        transcript, pools = tampering.apply(publication())
        given = _given(transcript, pools)
        found.invalid("verify", tampering.name, ["Tampered"], given, _first_fault(given))


def _given(transcript: bytes, pools: Mapping[bytes, bytes]) -> dict[str, Any]:
    return {
        "transcript": transcript.decode(),
        "pools": {root.hex(): data.hex() for root, data in pools.items()},
    }


def _summary(published: Publication) -> dict[str, Any]:
    """The hashes and words of an honest draw."""
    document = published.json()
    seal_hash = reference.document_hash("seal", document["seal"])
    return {
        "manifest": reference.document_hash("manifest", document["manifest"]).hex(),
        "seal": seal_hash.hex(),
        "transcript": reference.document_hash("transcript", document).hex(),
        "words": reference.words(seal_hash),
    }


def _first_fault(given: dict[str, Any]) -> str:
    pools = {root: bytes.fromhex(data) for root, data in given["pools"].items()}
    printed = StringIO()
    with redirect_stdout(printed):
        verify.verify(verify.Run(), given["transcript"].encode(), pools, None, None)
    lines = (line for line in printed.getvalue().splitlines() if line.startswith("FAIL "))
    faults = (line.split(": ")[1] for line in lines)
    return next(fault for fault in faults if fault != "signature-wrong")


if __name__ == "__main__":
    cases().write("draw.json")
