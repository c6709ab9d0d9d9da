"""The state of a ledger is signed once, witnessed, and never forked."""

from datetime import timedelta

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import StreamId
from riff.errors import (
    CosignatureRefusedError,
    IntegrityFailureError,
    NotFoundError,
    UnavailableError,
)
from riff.usecases.audit.ledger_log import ledger_key
from riff.usecases.audit.sign_checkpoint import add_cosignatures, checkpoint_raffle, sign_checkpoint
from riff_critical.ledger import Checkpoint, Note, Signature, VerifierKey
from tests.support.drawing import DrawStage
from tests.support.fakes import FakeWitness
from tests.support.fakes.signing import ORIGIN, FakeCheck, FakeSigner
from tests.support.stage import Stage


def happen(stage: Stage) -> None:
    with stage.fakes.transactions.begin() as work:
        at = stage.fakes.clock.now()
        work.events.append(StreamId(stage.raffle.id), EventKind.SALES_CLOSED, at, "staff:kim", {})


def checkpoint(stage: Stage) -> Note:
    """Something happens, and the ledger is signed."""
    happen(stage)
    note = checkpoint_raffle(stage.raffle.id, stage.fakes.services)
    assert note is not None
    return note


def with_witness(stage: Stage, name: str = "witness.example/w1", key: bytes | None = None) -> FakeWitness:
    witness = FakeWitness(name, stage.fakes.clock, *([key] if key else []))
    stage.fakes.ledgers.witnesses.append(witness)
    return witness


def is_signed(note: Note, key: VerifierKey) -> bool:
    return any(FakeCheck().verifies(key.public_key, *made) for made in note.by(key))


def stored(stage: Stage, size: int) -> Note | None:
    with stage.fakes.transactions.begin() as work:
        return work.ledger.checkpoint(stage.raffle.id, size)


def test_signs_nothing_while_nothing_happened() -> None:
    stage = Stage.of()
    assert checkpoint_raffle(stage.raffle.id, stage.fakes.services) is None
    assert stage.fakes.ledgers.signer.signed == 0


def test_the_checkpoint_names_ledger_size_and_root() -> None:
    stage = Stage.of()
    note = checkpoint(stage)
    with stage.fakes.transactions.begin() as work:
        head = work.ledger.head(stage.raffle.id)
    assert Checkpoint(f"{ORIGIN}/{stage.raffle.id}", 1, head.root) == Checkpoint.from_text(note.text)
    assert is_signed(note, ledger_key(stage.raffle.id, stage.fakes.services))


def test_signs_a_state_once() -> None:
    stage = Stage.of()
    note = checkpoint(stage)
    assert note == checkpoint_raffle(stage.raffle.id, stage.fakes.services)
    assert note == sign_checkpoint(stage.raffle.id, 1, stage.fakes.services)
    assert stage.fakes.ledgers.signer.signed == 1


def test_signs_an_earlier_state_that_nobody_signed_in_time() -> None:
    stage = Stage.of()
    stage.fakes.ledgers.signer.is_down = True
    with pytest.raises(UnavailableError):
        checkpoint(stage)
    stage.fakes.ledgers.signer.is_down = False
    checkpoint(stage)
    assert Checkpoint.from_text(sign_checkpoint(stage.raffle.id, 1, stage.fakes.services).text).size == 1


def test_refuses_a_size_that_never_was() -> None:
    stage = Stage.of()
    checkpoint(stage)
    with pytest.raises(NotFoundError):
        sign_checkpoint(stage.raffle.id, 2, stage.fakes.services)


def test_refuses_a_signer_that_signs_with_another_key() -> None:
    stage = Stage.of()
    other = FakeSigner(b"o" * 32)
    services = stage.fakes.services
    changed = attrs.evolve(services, ledger=attrs.evolve(services.ledger, signer=other))
    happen(stage)
    with pytest.raises(IntegrityFailureError):
        checkpoint_raffle(stage.raffle.id, changed)
    assert stored(stage, 1) is None


def test_refuses_another_key_than_the_raffle_was_activated_with() -> None:
    stage = DrawStage.of().stage
    other = FakeSigner(b"o" * 32)
    services = stage.fakes.services
    ledger = attrs.evolve(services.ledger, signer=other, public_key=other.public_key)
    happen(stage)
    with pytest.raises(IntegrityFailureError):
        checkpoint_raffle(stage.raffle.id, attrs.evolve(services, ledger=ledger))


def test_every_witness_cosigns() -> None:
    stage = Stage.of()
    witnesses = [with_witness(stage), with_witness(stage, "witness.example/w2", b"2" * 32)]
    notes = [checkpoint(stage) for _ in range(3)]
    assert all(is_signed(note, witness.key) for witness in witnesses for note in notes)
    assert notes == [stored(stage, size) for size in (1, 2, 3)]


def test_a_witness_that_does_not_answer_keeps_nobody_waiting() -> None:
    stage = Stage.of()
    absent, present = with_witness(stage), with_witness(stage, "witness.example/w2", b"2" * 32)
    absent.is_down = True
    note = checkpoint(stage)
    assert is_signed(note, present.key)
    assert not is_signed(note, absent.key)


def test_a_witness_that_was_away_cosigns_the_same_checkpoint_later() -> None:
    stage = Stage.of()
    witness = with_witness(stage)
    witness.is_down = True
    checkpoint(stage)
    witness.is_down = False
    note = checkpoint_raffle(stage.raffle.id, stage.fakes.services)
    assert note is not None
    assert is_signed(note, witness.key)
    assert stage.fakes.ledgers.signer.signed == 1


def test_keeps_a_cosignature_that_comes_by_another_way() -> None:
    stage = Stage.of()
    witness = with_witness(stage)
    witness.is_down = True
    note = checkpoint(stage)
    cosignature = witness.cosignature(note.text)
    with_it = add_cosignatures(stage.raffle.id, 1, [cosignature], stage.fakes.services)
    assert with_it == Note(note.text, (*note.signatures, cosignature)) == stored(stage, 1)


def _forged(cosignature: Signature) -> Signature:
    payload = cosignature.payload[:-1] + bytes([cosignature.payload[-1] ^ 1])
    return Signature(cosignature.name, cosignature.key_id, payload)


def _antedated(cosignature: Signature) -> Signature:
    return Signature(cosignature.name, cosignature.key_id, bytes(8) + cosignature.payload[8:])


def _shortened(cosignature: Signature) -> Signature:
    return Signature(cosignature.name, cosignature.key_id, cosignature.payload[8:])


def _renamed(cosignature: Signature) -> Signature:
    return Signature("witness.example/other", cosignature.key_id, cosignature.payload)


@pytest.mark.parametrize("tampering", [_forged, _antedated, _shortened, _renamed])
def test_refuses_a_forged_cosignature(tampering) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - one of the four above
    stage = Stage.of()
    witness = with_witness(stage)
    witness.is_down = True
    note = checkpoint(stage)
    with pytest.raises(CosignatureRefusedError):
        add_cosignatures(
            stage.raffle.id, 1, [tampering(witness.cosignature(note.text))], stage.fakes.services
        )
    assert note == stored(stage, 1)


def test_refuses_a_cosignature_of_another_state() -> None:
    stage = Stage.of()
    witness = with_witness(stage)
    witness.is_down = True
    checkpoint(stage)
    other = Checkpoint(f"{ORIGIN}/{stage.raffle.id}", 1, b"f" * 32).to_text()
    with pytest.raises(CosignatureRefusedError):
        add_cosignatures(stage.raffle.id, 1, [witness.cosignature(other)], stage.fakes.services)


def test_refuses_a_cosignature_by_nobody_known() -> None:
    stage = Stage.of()
    with_witness(stage)
    note = checkpoint(stage)
    stranger = FakeWitness("witness.example/w9", stage.fakes.clock, b"9" * 32)
    impostor = FakeWitness("witness.example/w1", stage.fakes.clock, b"9" * 32)
    for each in (stranger, impostor):
        with pytest.raises(CosignatureRefusedError):
            add_cosignatures(stage.raffle.id, 1, [each.cosignature(note.text)], stage.fakes.services)


def test_refuses_a_cosignature_of_the_future() -> None:
    stage = Stage.of()
    witness = with_witness(stage)
    witness.is_down = True
    note = checkpoint(stage)
    now = stage.fakes.clock.now()
    stage.fakes.clock.set(now + timedelta(minutes=6))
    cosignature = witness.cosignature(note.text)
    stage.fakes.clock.set(now)
    with pytest.raises(CosignatureRefusedError):
        add_cosignatures(stage.raffle.id, 1, [cosignature], stage.fakes.services)


def test_refuses_to_keep_a_cosignature_of_what_was_never_signed() -> None:
    stage = Stage.of()
    witness = with_witness(stage)
    stage.fakes.ledgers.signer.is_down = True
    with pytest.raises(UnavailableError):
        checkpoint(stage)
    with pytest.raises(NotFoundError):
        add_cosignatures(stage.raffle.id, 1, [witness.cosignature("x\n")], stage.fakes.services)


def test_a_lying_witness_changes_nothing() -> None:
    stage = Stage.of()
    witness = with_witness(stage)
    liar = FakeWitness(witness.key.name, stage.fakes.clock, b"9" * 32)
    stage.fakes.ledgers.witnesses[0] = liar
    liar.key = witness.key
    note = checkpoint(stage)
    assert len(note.signatures) == 1
