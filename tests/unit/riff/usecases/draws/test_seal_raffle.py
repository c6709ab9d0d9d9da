import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import DrawPlan
from riff.domain.raffles.profile import DrawMode
from riff.errors import (
    AlreadySealedError,
    NotFoundError,
    NotPermittedError,
    SealRefusedError,
    StateRefusesError,
)
from riff_critical.draw import decode, measure
from riff_critical.lifecycle import RaffleState
from tests.support.drawing import CLOSES, EARLY, DrawStage
from tests.support.stage import A_STRANGER, member


def _ready(*modes: DrawMode) -> DrawStage:
    return DrawStage.of(*(modes or (DrawMode.RNG_ONLY,))).sell().committed().reconciled()


def test_seals_what_was_sold_and_is_not_void() -> None:
    stage = _ready()
    sealed = stage.seal_it()
    tally = sealed.seal.tally
    assert (tally.sold, tally.voided, tally.unsold, tally.gross) == (340, 60, 3_600, 68_000)
    void = {ticket.order.first_slot for ticket in stage.tickets() if ticket.void}
    ranges = list(decode(stage.pools[sealed.seal.pools[1].root]))
    assert void.isdisjoint(first for first, _ in ranges)
    assert len(ranges) == 34
    assert stage.stage.now.state is RaffleState.SEALED


def test_states_the_amount_of_every_prize() -> None:
    assert [prize.amount for prize in _ready().seal_it().seal.prizes] == [10_000, 34_000, 5_001]


def test_says_words_that_can_be_read_aloud() -> None:
    words = _ready().seal_it().seal.words().split(" ")
    assert [len(word) for word in words] == [5] * 8


def test_seals_the_state_of_the_ledger_and_has_it_signed() -> None:
    stage = _ready()
    seal = stage.seal_it().seal
    with stage.fakes.transactions.begin() as work:
        note = work.ledger.checkpoint(stage.stage.raffle.id, seal.ledger_size)
        entries = list(work.ledger.entries(stage.stage.raffle.id, 0, seal.ledger_size))
    assert note is not None
    assert len(entries) == seal.ledger_size == 46  # forty sales, six voids


def test_seals_although_the_ledger_cannot_be_signed_now() -> None:
    stage = _ready()
    stage.fakes.ledgers.signer.is_down = True
    seal = stage.seal_it().seal
    stage.fakes.ledgers.signer.is_down = False
    assert stage.start().winners
    with stage.fakes.transactions.begin() as work:
        assert work.ledger.checkpoint(stage.stage.raffle.id, seal.ledger_size) is not None


def test_the_event_names_the_seal() -> None:
    stage = _ready()
    seal = stage.seal_it().seal
    events = [e for e in stage.fakes.transactions.events() if e.kind is EventKind.RAFFLE_SEALED]
    assert [seal.hash().hex().encode() in event.record for event in events] == [True]


def test_seals_once() -> None:
    stage = _ready()
    stage.seal_it()
    with pytest.raises(AlreadySealedError):
        stage.seal_it()


@pytest.mark.parametrize(
    "state", [s for s in RaffleState if s is not RaffleState.RECONCILED], ids=lambda s: s.value
)
def test_refuses_any_state_but_reconciled(state: RaffleState) -> None:
    """Among others, no seal, and so no draw, before everything is reconciled."""
    stage = DrawStage.of(DrawMode.RNG_ONLY).sell(3).reconciled()
    stage.stage.put_in(state)
    with pytest.raises(StateRefusesError):
        stage.seal_it()


def test_refuses_before_the_scheduled_close_and_after_the_deadline() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY, plan=DrawPlan(early_bird_until=EARLY, seal_within_s=3_600))
    stage.sell(10).reconciled()
    for at in (CLOSES.replace(minute=CLOSES.minute - 1 if CLOSES.minute else 0, hour=CLOSES.hour - 1),):
        stage.fakes.clock.set(at)
        with pytest.raises(SealRefusedError) as refused:
            stage.seal_it()
        assert refused.value.facts["fault"] == "sealed-at-wrong-time"
    stage.fakes.clock.set(CLOSES)
    stage.fakes.clock.advance(seconds=3_601)
    with pytest.raises(SealRefusedError):
        stage.seal_it()
    stage.fakes.clock.advance(seconds=-1)
    assert stage.seal_it().seal.tally.sold == 90


def test_refuses_while_a_contributor_is_not_committed() -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sell(3).reconciled()
    with pytest.raises(SealRefusedError) as refused:
        stage.seal_it()
    assert refused.value.facts["fault"] == "contributions-incomplete"
    assert stage.stage.now.state is RaffleState.RECONCILED


def test_refuses_strangers_and_roles_that_may_not() -> None:
    stage = _ready()
    with pytest.raises(NotFoundError):
        stage.seal_it(A_STRANGER)
    with pytest.raises(NotPermittedError):
        stage.seal_it(member("operator", stage.stage.organization))


def test_a_pool_is_what_its_root_says() -> None:
    stage = _ready(DrawMode.BEACON)
    seal = stage.seal_it().seal
    assert [measure(decode(stage.pools[pool.root])) for pool in seal.pools] == list(seal.pools)
