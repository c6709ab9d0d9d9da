"""Sign the state of a ledger (SD/1, step 3), and have it witnessed.

The signature is made outside a transaction: the key store is another service.  The seal alone has it made in
its own, so that it is published signed and cosigned; no sale waits for it then.  Signing the same state twice
gives the same bytes, so two runs at once, or a run that repeats one that died, change nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from riff.domain.audit.ledger_batch import LedgerHead
from riff.domain.identifiers import RaffleId
from riff.errors import CosignatureRefusedError, IntegrityFailureError, NotFoundError, UnavailableError
from riff.ports.services import Services
from riff.ports.signing import Witness
from riff.ports.stores import Work
from riff.usecases.audit.ledger_log import ledger_key
from riff.usecases.audit.ledger_proof import Wanted, prove_ledger
from riff.usecases.audit.update_ledger import update_ledger
from riff_critical.ledger import Checkpoint, Note, Signature, signed_message

# How far a witness's clock may be ahead of ours.
_CLOCKS = timedelta(minutes=5)
_TIME_BYTES = 8


def checkpoint_raffle(raffle_id: RaffleId, services: Services) -> Note | None:
    """Bring a ledger up to date and sign it; None while it is empty.

    Raises:
        IntegrityFailureError: a stream of events is not what it was, or the signer's key is another one.
        UnavailableError: the key store does not answer.
    """
    with services.transactions.begin() as work:
        head = update_ledger(raffle_id, work)
    return sign_checkpoint(raffle_id, head.size, services) if head.size else None


def sign_checkpoint(raffle_id: RaffleId, size: int, services: Services) -> Note:
    """The signed checkpoint of a ledger when it held `size` entries, signed now if it is not yet.

    Witnesses that have not cosigned it are asked; that one of them does not answer keeps nobody waiting.

    Raises:
        NotFoundError: the ledger never stood at that size.
        IntegrityFailureError: the signer's key is not the one that the raffle was activated with.
        UnavailableError: the key store does not answer.
    """
    with services.transactions.begin() as work:
        head = work.ledger.head_at(raffle_id, size)
        note = work.ledger.checkpoint(raffle_id, size)
        manifest = work.seals.manifest(raffle_id)
    key = ledger_key(raffle_id, services)
    if note is None:
        if manifest is not None and manifest.log.key != key.to_text():
            raise IntegrityFailureError("The ledger of this raffle is signed by another key.")
        note = _signed(raffle_id, head, services)
        with services.transactions.begin() as work:
            work.ledger.add_note(raffle_id, size, note, services.clock.now())
    for witness in services.ledger.witnesses:
        note = _witnessed(raffle_id, head, note, witness, services)
    return note


def add_cosignatures(
    raffle_id: RaffleId, size: int, signatures: Iterable[Signature], services: Services
) -> Note:
    """Keep cosignatures of a checkpoint, wherever they come from; the note with them.

    Raises:
        NotFoundError: no checkpoint of that size was signed.
        CosignatureRefusedError: one is not by a witness of this deployment, or is forged, or of the future.
    """
    now = services.clock.now()
    with services.transactions.begin() as work:
        head = work.ledger.head_at(raffle_id, size)
        if work.ledger.checkpoint(raffle_id, size) is None:
            raise NotFoundError("No checkpoint of that size was signed.")
        text = _checkpoint(raffle_id, head, services).to_text()
        added = Note(text, tuple(signatures))
        for signature in added.signatures:
            _require_valid(text, signature, now, services)
        work.ledger.add_note(raffle_id, size, added, now)
        note = work.ledger.checkpoint(raffle_id, size)
    if note is None:
        raise IntegrityFailureError("A cosignature was not kept.")
    return note


def _checkpoint(raffle_id: RaffleId, head: LedgerHead, services: Services) -> Checkpoint:
    return Checkpoint(ledger_key(raffle_id, services).name, head.size, head.root)


def _signed(raffle_id: RaffleId, head: LedgerHead, services: Services) -> Note:
    key = ledger_key(raffle_id, services)
    text = _checkpoint(raffle_id, head, services).to_text()
    message = signed_message(text)
    signature = services.ledger.signer.sign(message)
    if not services.ledger.check.verifies(key.public_key, message, signature):
        raise IntegrityFailureError("The signer's key is not the one that is published.")
    return Note(text, (Signature(key.name, key.key_id, signature),))


def _witnessed(
    raffle_id: RaffleId, head: LedgerHead, note: Note, witness: Witness, services: Services
) -> Note:
    """The note, cosigned by a witness if it will."""
    if any(True for _ in note.by(witness.key)):
        return note
    with services.transactions.begin() as work:
        known = work.ledger.cosigned(raffle_id, witness.key)

    def proof(old_size: int) -> Sequence[bytes]:
        with services.transactions.begin() as work:
            return _growth(raffle_id, old_size, head, work)

    try:
        answered = witness.cosign(note, known, proof)
        own = [each for each in answered if each.name == witness.key.name]
        return add_cosignatures(raffle_id, head.size, own, services) if own else note
    except (UnavailableError, CosignatureRefusedError):
        return note


def _growth(raffle_id: RaffleId, old_size: int, head: LedgerHead, work: Work) -> Sequence[bytes]:
    old = work.ledger.head_at(raffle_id, old_size)
    return prove_ledger(raffle_id, Wanted(head, old=old), work).consistency


def _require_valid(text: str, signature: Signature, now: datetime, services: Services) -> None:
    """Refuse a cosignature that does not stand for what a witness of this deployment saw by now."""
    keys = [witness.key for witness in services.ledger.witnesses]
    key = next((key for key in keys if (key.name, key.key_id) == (signature.name, signature.key_id)), None)
    if key is None:
        raise CosignatureRefusedError("The cosignature is not by a witness of this ledger.")
    made = list(Note(text, (signature,)).by(key))
    if not made or not services.ledger.check.verifies(key.public_key, *made[0]):
        raise CosignatureRefusedError("The cosignature does not fit the checkpoint.")
    seconds = int.from_bytes(signature.payload[:_TIME_BYTES])
    if seconds > (now + _CLOCKS).timestamp():
        raise CosignatureRefusedError("The cosignature is of a time that has not come.")
