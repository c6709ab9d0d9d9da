"""The simulated beacon's key, rounds and signatures.

It signs as drand's scheme `bls-unchained-g1-rfc9380` tells, written here once more: nothing of what checks
the signatures is used to make them.
"""

import hashlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from pyblst import BlstP1Element, BlstP2Element

PERIOD_S: Final = 3
# A draw asks for rounds of its own time only; a chain of an hour's age has some to show.
_AGE_S: Final = 3600
_SCHEME: Final = "bls-unchained-g1-rfc9380"
_SUITE: Final = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
_GENERATOR: Final = bytes.fromhex(  # of G2
    "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
    "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8"
)
_ORDER: Final = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001  # of the groups


@dataclass(frozen=True)
class Chain:
    """A beacon: round r comes at genesis + (r - 1) * period, in Unix seconds."""

    secret: int = field(repr=False)
    genesis: int
    period: int

    @classmethod
    def kept_in(cls, folder: Path, period: int = PERIOD_S) -> Self:
        """The beacon that the folder keeps; a new one, of an hour's age, if it keeps none."""
        file = folder / "beacon.json"
        if not file.exists():
            secret = int.from_bytes(os.urandom(48)) % (_ORDER - 1) + 1
            genesis = int(time.time()) - _AGE_S
            content = json.dumps({"secret": f"{secret:064x}", "genesis": genesis, "period": period})
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = file.with_suffix(".new")
            draft.write_text(content)
            draft.chmod(0o600)
            draft.replace(file)
        kept = json.loads(file.read_text())
        return cls(int(kept["secret"], 16), kept["genesis"], kept["period"])

    @property
    def public_key(self) -> bytes:
        """A compressed point of G2."""
        return bytes(BlstP2Element().uncompress(_GENERATOR).scalar_mul(self.secret).compress())

    @property
    def hash(self) -> bytes:
        """The name of the chain: as drand makes it, of what identifies the chain."""
        parts = self.period.to_bytes(4), self.genesis.to_bytes(8), self.public_key, self._seed, b"simulator"
        return hashlib.sha256(b"".join(parts)).digest()

    @property
    def info(self) -> dict[str, Any]:
        """What a relay says of the chain."""
        return {
            "public_key": self.public_key.hex(),
            "period": self.period,
            "genesis_time": self.genesis,
            "hash": self.hash.hex(),
            "groupHash": self._seed.hex(),
            "schemeID": _SCHEME,
            "metadata": {"beaconID": "simulator"},
        }

    @property
    def document(self) -> dict[str, Any]:
        """The beacon as a manifest names it."""
        return {
            "chain": self.hash.hex(),
            "public_key": self.public_key.hex(),
            "scheme": _SCHEME,
            "genesis": self.genesis,
            "period": self.period,
        }

    def latest(self, now: float) -> int:
        """The last round that has come by an instant; below 1 when none has."""
        return int((now - self.genesis) // self.period) + 1

    def signature(self, round_: int) -> bytes:
        """The beacon's signature of a round."""
        message = hashlib.sha256(round_.to_bytes(8)).digest()
        return bytes(BlstP1Element.hash_to_group(message, _SUITE).scalar_mul(self.secret).compress())

    @property
    def _seed(self) -> bytes:
        return hashlib.sha256(self.public_key).digest()
