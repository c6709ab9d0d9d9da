"""What tools/local_stack has started, as its `stack.json` tells."""

import json
import zlib
from pathlib import Path

from tools.door import checkout


def mark_of(folder: Path) -> str:
    """What tells the logs of a stack from those of the checkout's own stack, which have no mark."""
    return "" if folder == checkout.state() / "stack" else f"{zlib.crc32(str(folder).encode()):08x}"


class Running:
    """The addresses and secrets of a started stack."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        told = json.loads((folder / "stack.json").read_text())
        self.aws: str = told["aws"]["endpoint"]
        self.region: str = told["aws"]["region"]
        self.payments: str = told["payments"]["endpoint"]
        self.beacon_relays: list[str] = told["beacon"]["relays"]
        self.beacon_chain: str = told["beacon"]["chain"]
        self.ledger_origin: str = told["ledger"]["origin"]
        self.ledger_key: str = told["ledger"]["public_key"]
        self.witness: str = f"{told['witness']['key']} {told['witness']['endpoint']}"
        self.database_host: str = told["postgres"]["host"]
        self.database_port: int = told["postgres"]["port"]
        self.database: str = told["postgres"]["database"]
        self.owner: str = told["postgres"]["owner"]
        self.mark = mark_of(folder)
        self.secrets_file = Path(told["secrets_file"])

    def secrets(self) -> dict[str, str]:
        """Passwords by database role, the keys of the payment processor, and the one that signs ledgers."""
        return dict(json.loads(self.secrets_file.read_text()))

    def settings(self) -> dict[str, str]:
        """Parameters of this machine's own, by their name under the environment's path."""
        return {
            "draws/beacon/chain": self.beacon_chain,
            "draws/beacon/relays": ",".join(self.beacon_relays),
            "ledger/origin": self.ledger_origin,
            "ledger/public_key": self.ledger_key,
            "ledger/quorum": "1",
            "ledger/signer/plugin": "riff.adapters.signing.ed25519",
            "ledger/witnesses": self.witness,
        }
