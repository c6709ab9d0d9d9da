"""Under which name and key the ledger of a raffle is signed, and who witnesses it."""

from riff.domain.identifiers import RaffleId
from riff.errors import ConfigurationError
from riff.ports.services import Services
from riff_critical.draw import Log
from riff_critical.ledger import SignatureType, VerifierKey


def ledger_key(raffle_id: RaffleId, services: Services) -> VerifierKey:
    """The key that signs the checkpoints of a raffle's ledger; its name is the ledger's origin.

    Raises:
        ConfigurationError: this deployment signs no ledgers.
    """
    signing = services.ledger
    if not signing.public_key:
        raise ConfigurationError("ledger/public_key", "is absent")
    return VerifierKey(f"{signing.origin}/{raffle_id}", SignatureType.ED25519, signing.public_key)


def log_of(raffle_id: RaffleId, services: Services) -> Log:
    """What the manifest of a raffle states of its ledger.

    Raises:
        ConfigurationError: this deployment signs no ledgers.
    """
    witnesses = tuple(witness.key.to_text() for witness in services.ledger.witnesses)
    return Log(ledger_key(raffle_id, services).to_text(), witnesses, services.ledger.quorum)
