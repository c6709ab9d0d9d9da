"""Reading of NIST's CAVP response files for HMAC_DRBG without reseeding."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DIGESTS = {
    "SHA-1": "sha1",
    "SHA-224": "sha224",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
    "SHA-512/224": "sha512_224",
    "SHA-512/256": "sha512_256",
}


class CavpCase(NamedTuple):
    digest: str
    entropy: bytes
    nonce: bytes
    personalization: bytes
    additional: tuple[bytes, bytes]
    returned: bytes


def read_cases(path: Path) -> Iterator[CavpCase]:
    """Every case of the file, in its order."""
    digest = ""
    values: list[bytes] = []
    for line in path.read_text().splitlines():
        if line.startswith("[SHA"):
            digest = DIGESTS[line[1:-1]]
        elif line.startswith("COUNT"):
            values = []
        elif " =" in line and not line.startswith(("[", "#")):
            values.append(bytes.fromhex(line.partition(" =")[2]))
            if line.startswith("ReturnedBits"):
                entropy, nonce, personalization, first, second, returned = values
                yield CavpCase(digest, entropy, nonce, personalization, (first, second), returned)
