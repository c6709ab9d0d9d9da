"""Write tests/vectors/drbg.json: `python -m tools.vectors.drbg`.

The slow reference gives the values.
"""

from typing import Any

from tests.support.reference.hmac_drbg import ReferenceHmacDrbg
from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "what the product does: one seed, requests without additional input",
    "Additional": "requests with additional input",
    "Reseed": "reseeding between requests",
    "Digest": "every hash of the standard, and others",
    "Length": "requests at and beyond the limits; answers that are not whole blocks",
    "Seed": "seed material that is too short",
}
STRENGTHS = {
    "sha1": 16,
    "sha224": 24,
    "sha512_224": 24,
    "sha256": 32,
    "sha512_256": 32,
    "sha384": 32,
    "sha512": 32,
}


def cases() -> Cases:
    """All cases."""
    found = Cases("HMAC_DRBG, SP 800-90A Rev. 1", "tools/vectors/drbg.py", FLAGS)
    for digest in STRENGTHS:
        _valid(found, f"{digest}: reseed", ["Digest", "Reseed"], _given(digest, _steps(5, reseed=digest)))
    for length in (0, 1, 31, 32, 33, 1000):
        _valid(found, f"two requests of {length}", ["Normal", "Length"], _given("sha256", _steps(length)))
    _valid(
        found,
        "additional input",
        ["Additional"],
        _given("sha256", [_generate(40, "aa"), _generate(40, "bb")]),
    )
    _valid(found, "no personalization", ["Normal"], _given("sha256", _steps(48)) | {"personalization": ""})
    for digest in ("md5", "sha3_256", "SHA256", "sha-256", "blake2s", ""):
        found.invalid("drbg", f"hash {digest!r}", ["Digest"], _given(digest, []), "rng-unknown-digest")
    for digest, strength in STRENGTHS.items():
        good = _given(digest, [])
        short = good | {"entropy": "00" * (strength - 1)}
        found.invalid("drbg", f"{digest}: short entropy", ["Seed"], short, "rng-seed-material")
        short = good | {"nonce": "00" * (strength // 2 - 1)}
        found.invalid("drbg", f"{digest}: short nonce", ["Seed"], short, "rng-seed-material")
        reseed = {"reseed": "00" * (strength - 1), "additional": "00" * 64}
        short = _given(digest, [reseed])
        found.invalid("drbg", f"{digest}: short reseed", ["Seed", "Reseed"], short, "rng-seed-material")
    for length in (-1, 65537, 2**40):
        too_long = _given("sha256", [_generate(length)])
        found.invalid("drbg", f"request of {length}", ["Length"], too_long, "rng-request-size")
    return found


def _valid(found: Cases, comment: str, flags: list[str], given: dict[str, Any]) -> None:
    drbg = ReferenceHmacDrbg(
        bytes.fromhex(given["entropy"]),
        bytes.fromhex(given["nonce"]),
        bytes.fromhex(given["personalization"]),
        given["digest"],
    )
    answers = []
    for step in given["steps"]:
        additional = bytes.fromhex(step["additional"])
        if "reseed" in step:
            drbg.reseed(bytes.fromhex(step["reseed"]), additional)
        else:
            answers.append(drbg.generate(step["generate"], additional).hex())
    found.valid("drbg", comment, flags, given, answers)


def _given(digest: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
    strength = STRENGTHS.get(digest, 32)
    return {
        "digest": digest,
        "entropy": bytes(range(strength)).hex(),
        "nonce": bytes(range(100, 100 + strength // 2)).hex(),
        "personalization": b"riff".hex(),
        "steps": steps,
    }


def _steps(length: int, reseed: str = "") -> list[dict[str, Any]]:
    if not reseed:
        return [_generate(length), _generate(length)]
    step = {"reseed": "5a" * STRENGTHS[reseed], "additional": "c0ffee"}
    return [_generate(length), step, _generate(100, "a5"), step | {"additional": ""}, _generate(length)]


def _generate(length: int, additional: str = "") -> dict[str, Any]:
    return {"generate": length, "additional": additional}


if __name__ == "__main__":
    cases().write("drbg.json")
