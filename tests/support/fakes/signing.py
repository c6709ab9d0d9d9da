"""Who signs and witnesses ledgers: real signatures with keys that everybody knows."""

from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from riff.errors import UnavailableError
from riff.ports.clock import Clock
from riff.ports.signing import LedgerSigning
from riff_critical.ledger import (
    Checkpoint,
    Note,
    Signature,
    SignatureType,
    VerifierKey,
    signed_message,
    verify_consistency,
)

ORIGIN = "ledgers.example/test"


class FakeSigner:
    """Honours `riff.ports.signing.NoteSigner`.

    Attributes:
        signed: how many signatures it made.
        is_down: while true, it does not answer.
    """

    def __init__(self, key: bytes = b"the log's private key, of 32 byt") -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(key)
        self.public_key = self._key.public_key().public_bytes_raw()
        self.signed = 0
        self.is_down = False

    def sign(self, message: bytes) -> bytes:
        """A signature of 64 bytes."""
        if self.is_down:
            raise UnavailableError("The ledger cannot be signed just now.")
        self.signed += 1
        return self._key.sign(message)


class FakeCheck:
    """Honours `riff.ports.signing.SignatureCheck`."""

    def verifies(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the key's owner signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class FakeWitness:
    """Honours `riff.ports.signing.Witness`: remembers what it cosigned, and cosigns nothing else.

    Attributes:
        key: whose cosignatures these are.
        is_down: while true, it does not answer.
        seen: the last checkpoint that it cosigned of each ledger.
    """

    def __init__(self, name: str, clock: Clock, key: bytes = b"a witness's private key, 32 byte") -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(key)
        self._clock = clock
        public = self._key.public_key().public_bytes_raw()
        self.key = VerifierKey(name, SignatureType.COSIGNATURE, public)
        self.is_down = False
        self.seen: dict[str, Checkpoint] = {}

    def cosign(
        self,
        note: Note,
        known: int,  # noqa: ARG002 - the port's signature; this fake is never asked twice
        proof: Callable[[int], Sequence[bytes]],
    ) -> Sequence[Signature]:
        """The cosignature, if the ledger has only grown."""
        if self.is_down:
            raise UnavailableError("A witness of the ledger does not answer.")
        new = Checkpoint.from_text(note.text)
        old = self.seen.get(new.origin)
        if old is not None:
            verify_consistency(old.size, old.root, new.size, new.root, proof(old.size))
        self.seen[new.origin] = new
        return (self.cosignature(note.text),)

    def cosignature(self, text: str) -> Signature:
        """A cosignature of anything."""
        seconds = int(self._clock.now().timestamp())
        payload = seconds.to_bytes(8) + self._key.sign(signed_message(text, seconds))
        return Signature(self.key.name, self.key.key_id, payload)


class FakeLedgers:
    """What `riff.ports.services.Services.ledger` is made of.

    Attributes:
        signer: signs checkpoints.
        witnesses: whom configuration names.
        quorum: how many of them must cosign.
    """

    def __init__(self) -> None:
        self.signer = FakeSigner()
        self.witnesses: list[FakeWitness] = []
        self.quorum = 0

    @property
    def signing(self) -> LedgerSigning:
        """How ledgers are signed."""
        return LedgerSigning(
            ORIGIN, self.signer.public_key, self.signer, FakeCheck(), tuple(self.witnesses), self.quorum
        )
