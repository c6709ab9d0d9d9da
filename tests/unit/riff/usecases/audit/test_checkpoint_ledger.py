"""Every minute, whatever has grown is signed."""

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import Fact
from riff.domain.identifiers import StreamId
from riff.usecases.audit.checkpoint_ledger import CheckpointLedger, checkpoint_ledger
from riff_critical.ledger import Checkpoint
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import FakeRun, Fakes, FakeWitness
from tests.support.stage import Stage


def run(fakes: Fakes, steps: int = 100) -> FakeRun:
    made = FakeRun(steps)
    checkpoint_ledger(CheckpointLedger(), fakes.services, made)
    return made


def test_signs_every_ledger_that_has_grown() -> None:
    first = Stage.of()
    second = Stage.of(fakes=first.fakes)
    Stage.of(a_raffle(), fakes=first.fakes)
    first.buy("key-1")
    second.buy("key-2")
    assert run(first.fakes).counts == {"signed": 2}
    with first.fakes.transactions.begin() as work:
        notes = [next(work.ledger.checkpoints(stage.raffle.id, 1, 9), None) for stage in (first, second)]
    assert all(note is not None and Checkpoint.from_text(note.text).size == 1 for note in notes)


def test_says_which_ledgers_are_empty() -> None:
    assert run(Stage.of().fakes).counts == {"empty": 1}


def test_signs_nothing_again() -> None:
    stage = Stage.of()
    stage.buy()
    run(stage.fakes)
    run(stage.fakes)
    assert stage.fakes.ledgers.signer.signed == 1


def test_one_broken_ledger_keeps_no_other_from_being_signed() -> None:
    broken = Stage.of()
    sound = Stage.of(fakes=broken.fakes)
    sound.buy()
    with broken.fakes.transactions.begin() as work:
        at = broken.fakes.clock.now()
        work.events.append(StreamId(broken.raffle.id), EventKind.RAFFLE_SEALED, at, "staff:kim", {})
    done = run(broken.fakes)
    assert done.counts == {"signed": 1, "failed": 1}
    assert list(done.failures) == [broken.raffle.id]


def test_leaves_the_rest_to_the_next_run_when_time_is_short() -> None:
    first = Stage.of()
    Stage.of(fakes=first.fakes)
    assert run(first.fakes, steps=1).counts == {"empty": 1, "left for the next run": 1}


def test_tells_when_too_few_witnesses_cosigned() -> None:
    stage = Stage.of()
    witness = FakeWitness("witness.example/w1", stage.fakes.clock)
    witness.is_down = True
    stage.fakes.ledgers.witnesses.append(witness)
    stage.fakes.ledgers.quorum = 1
    stage.buy()
    assert run(stage.fakes).counts == {"too few witnesses": 1}


def test_signs_what_happened_at_the_very_end() -> None:
    stage = Stage.of()
    stage.buy()
    stage.put_in(RaffleState.COMPLETED)
    with stage.fakes.transactions.begin() as work:
        at = stage.fakes.clock.now()
        facts: dict[str, Fact] = {"draw": 1, "attempt": 1, "transcript": "ab" * 32}
        work.events.append(StreamId(stage.raffle.id), EventKind.DRAW_CONCLUDED, at, "staff:kim", facts)
    assert run(stage.fakes).counts == {"signed": 1}
    assert run(stage.fakes).counts == {}
