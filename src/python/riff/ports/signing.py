"""Who signs the state of ledgers, who witnesses it, and who checks signatures."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import attrs

if TYPE_CHECKING:  # every function imports this module, and few need the core's ledger
    from riff_critical.ledger import Note, Signature, VerifierKey


class NoteSigner(Protocol):
    """Signs with the deployment's key (Ed25519)."""

    def sign(self, message: bytes) -> bytes:
        """A signature of 64 bytes.

        Raises:
            UnavailableError: the key store does not answer.
        """
        ...


class SignatureCheck(Protocol):
    """Checks Ed25519 signatures."""

    def verifies(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the key's owner signed the message."""
        ...


class Witness(Protocol):
    """Somebody else who cosigns the state of a ledger (C2SP tlog-witness), so that it cannot be forked."""

    @property
    def key(self) -> "VerifierKey":
        """Whose cosignatures these are."""
        ...

    def cosign(
        self, note: "Note", known: int, proof: Callable[[int], Sequence[bytes]]
    ) -> "Sequence[Signature]":
        """Ask for a cosignature of a checkpoint; what the witness answers is still to be checked.

        Args:
            note: the checkpoint with the log's signature.
            known: the size that the witness is believed to have seen last.
            proof: gives the proof that an older size leads to this checkpoint.

        Raises:
            UnavailableError: it does not answer, or refuses.
        """
        ...


@attrs.frozen
class WitnessSetting:
    """A witness as configuration names it.

    Attributes:
        key: its verifier key, as text.
        address: where it answers.
    """

    key: str
    address: str


@attrs.frozen
class LedgerSigning:
    """How this deployment's ledgers are signed.

    Attributes:
        origin: what the name of every ledger begins with.
        public_key: what their signatures are checked with, as it is published.
        signer: signs the checkpoints.
        check: checks signatures.
        witnesses: who cosigns.
        quorum: how many of them must.
    """

    origin: str
    public_key: bytes
    signer: NoteSigner
    check: SignatureCheck
    witnesses: Sequence[Witness]
    quorum: int
