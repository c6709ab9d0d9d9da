from collections.abc import Sequence
from copy import replace
from hashlib import sha256
from typing import Any

import pytest

from riff_critical.draw import DrawFaultError, EntropyMode, Fault, Seal, Tally, commit, prize_amounts, seal
from riff_critical.draw.seal import check_commitments
from riff_critical.ledger import Checkpoint
from tests.support.reference import sealed_draw as reference
from tests.support.sealed_raffle import LOG_KEY, manifest, publication

SEAL = publication().transcript.seal
MANIFEST = manifest()
PARTS: dict[str, Any] = {
    "sealed_at": SEAL.sealed_at,
    "commitments": SEAL.commitments,
    "contributions": SEAL.contributions,
    "pools": SEAL.pools,
    "ledger": Checkpoint(LOG_KEY.name, SEAL.ledger_size, SEAL.ledger_root),
    "tally": SEAL.tally,
}


def test_is_made_from_what_was_reconciled() -> None:
    assert seal(MANIFEST, **PARTS) == SEAL
    assert Seal.from_bytes(SEAL.to_bytes()) == SEAL


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"sealed_at": MANIFEST.close_at - 1}, Fault.SEALED_AT_WRONG_TIME),
        ({"sealed_at": MANIFEST.seal_by + 1}, Fault.SEALED_AT_WRONG_TIME),
        ({"commitments": SEAL.commitments[:-1]}, Fault.COMMITMENTS_INCOMPLETE),
        ({"commitments": SEAL.commitments[::-1]}, Fault.COMMITMENTS_INCOMPLETE),
        ({"contributions": SEAL.contributions[1:]}, Fault.CONTRIBUTIONS_INCOMPLETE),
        ({"pools": SEAL.pools[:1]}, Fault.TALLY_WRONG),
        ({"pools": SEAL.pools[::-1]}, Fault.TALLY_WRONG),
        ({"tally": replace(SEAL.tally, unsold=0)}, Fault.TALLY_WRONG),
    ],
)
def test_refuses_to_seal_a_contradiction(changes: dict[str, Any], fault: Fault) -> None:
    with pytest.raises(DrawFaultError) as refusal:
        seal(MANIFEST, **PARTS | changes)
    assert refusal.value.fault is fault
    assert str(refusal.value).startswith(f"{fault}: ")


@pytest.mark.parametrize("sealed_at", [MANIFEST.close_at, MANIFEST.seal_by])
def test_may_be_made_at_the_close_and_at_the_deadline(sealed_at: int) -> None:
    assert seal(MANIFEST, **PARTS | {"sealed_at": sealed_at}).sealed_at == sealed_at


def test_an_early_pool_may_be_all_that_was_sold() -> None:
    assert seal(MANIFEST, **PARTS | {"pools": SEAL.pools[1:] * 2}).pools[0].numbers == SEAL.tally.sold


def test_words_are_the_first_half_of_the_hash() -> None:
    words = SEAL.words()
    assert words == reference.words(SEAL.hash())
    assert [len(word) for word in words.split(" ")] == [5] * 8


def test_words_are_proquints_of_the_proposal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proposal's own examples: 127.0.0.1, 63.84.220.193, 63.118.7.35, 140.98.193.141."""
    octets = bytes([127, 0, 0, 1, 63, 84, 220, 193, 63, 118, 7, 35, 140, 98, 193, 141])
    monkeypatch.setattr(Seal, "hash", lambda _: octets + bytes(16))
    assert SEAL.words() == "lusab babad gutih tugad gutuk bisog mudof sakat"


def test_finds_what_was_committed() -> None:
    assert SEAL.commitment(2, 1) is SEAL.commitments[2]
    assert SEAL.commitment(3, 1) is None
    assert replace(SEAL, commitments=SEAL.commitments[1:]).commitment(1, 1) is None
    assert SEAL.contribution("notary", 1, 2) is SEAL.contributions[3]
    assert SEAL.contribution("nobody", 1, 2) is None


@pytest.mark.parametrize(
    ("gross", "amounts"),
    [(0, [10_000, 0, 5001]), (101, [10_000, 50, 5001]), (10**6, [10_000, 500_000, 5001])],
)
def test_prizes_follow_from_the_tally(gross: int, amounts: Sequence[int]) -> None:
    found = prize_amounts(MANIFEST.prizes, Tally(0, 0, 0, gross, 0))
    assert [each.amount for each in found] == amounts
    assert [each.prize for each in found] == ["bonus", "first", "second"]


def test_hash_is_of_the_whole_document() -> None:
    assert SEAL.hash() == reference.document_hash("seal", publication().json()["seal"])
    assert sha256(SEAL.to_bytes()).digest() != SEAL.hash()


def test_without_contributors_there_are_no_contributions() -> None:
    assert publication(EntropyMode.RNG_ONLY).transcript.seal.contributions == ()


@pytest.mark.parametrize(("draws", "attempts"), [(1, 1), (1, 3), (3, 1), (3, 3)])
def test_every_attempt_of_every_draw_is_committed_to(draws: int, attempts: int) -> None:
    plain = manifest(EntropyMode.RNG_ONLY)
    planned = tuple(
        replace(draw, name=f"draw-{number}", prizes=(replace(draw.prizes[0], id=f"prize-{number}"),))
        for number, draw in enumerate((*plain.draws, plain.draws[1])[:draws])
    )
    longer = replace(plain, draws=planned, attempts=attempts)
    pairs = [(draw, attempt) for draw in (1, 2, 3)[:draws] for attempt in (1, 2, 3)[:attempts]]
    committed = tuple(commit(longer.hash(), draw, attempt, bytes(32)) for draw, attempt in pairs)
    sealed = replace(SEAL, commitments=committed, contributions=())
    check_commitments(longer, sealed)
    more = (*committed, commit(longer.hash(), draws, attempts + 1, bytes(32)))
    for wrong in (more, (*committed[:-1], more[-1])):
        with pytest.raises(DrawFaultError, match="not one commitment for each attempt"):
            check_commitments(longer, replace(sealed, commitments=wrong))
