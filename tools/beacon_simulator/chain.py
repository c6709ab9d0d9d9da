"""The simulated beacon's key, rounds and signatures."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from pyblst import BlstP2Element

from riff.adapters.beacon.bls import GENERATOR, SCHEME, message_point

ORDER: Final = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001  # of the groups


@dataclass(frozen=True)
class Chain:
    """A beacon: round r comes at genesis + (r - 1) * period, in Unix seconds."""

    secret: int
    genesis: int
    period: int

    @classmethod
    def kept_in(cls, folder: Path, genesis: int, period: int) -> Self:
        """The beacon that the folder keeps; a new one with the given time scale if it keeps none."""
        file = folder / "beacon.json"
        if not file.exists():
            secret = int.from_bytes(os.urandom(48)) % (ORDER - 1) + 1
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
        return bytes(BlstP2Element().uncompress(GENERATOR).scalar_mul(self.secret).compress())

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
            "schemeID": SCHEME,
            "metadata": {"beaconID": "simulator"},
        }

    def latest(self, now: float) -> int:
        """The last round that has come by an instant; below 1 when none has."""
        return int((now - self.genesis) // self.period) + 1

    def signature(self, round_: int) -> bytes:
        """The beacon's signature of a round."""
        return bytes(message_point(round_).scalar_mul(self.secret).compress())

    @property
    def _seed(self) -> bytes:
        return hashlib.sha256(self.public_key).digest()
