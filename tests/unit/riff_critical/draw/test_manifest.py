from copy import replace
from typing import Any

import pytest

from riff_critical.documents import DocumentError
from riff_critical.draw import EntropyMode, Manifest
from riff_critical.errors import InvalidInputError
from tests.support import sealed_raffle
from tests.support.sealed_raffle import manifest

BEACON = manifest()
PLAIN = manifest(EntropyMode.RNG_ONLY)


@pytest.mark.parametrize("mode", EntropyMode)
def test_is_read_back_as_written(mode: EntropyMode) -> None:
    assert Manifest.from_bytes(manifest(mode).to_bytes()) == manifest(mode)


def test_its_hash_changes_with_every_member() -> None:
    assert manifest().hash() == BEACON.hash()
    assert replace(BEACON, event=18).hash() != BEACON.hash()


def test_counts_its_winners_over_all_prizes() -> None:
    assert [draw.winners for draw in BEACON.draws] == [1, 3]


def test_a_round_comes_when_the_chain_says() -> None:
    assert BEACON.beacon is not None
    assert BEACON.beacon.instant(1) == sealed_raffle.GENESIS * 1000
    assert BEACON.beacon.instant(2) == (sealed_raffle.GENESIS + 3) * 1000
    assert BEACON.beacon.instant(11) == (sealed_raffle.GENESIS + 30) * 1000


def test_the_first_round_may_come_ten_minutes_after_the_seal_and_no_sooner() -> None:
    assert BEACON.beacon is not None
    exact = BEACON.beacon.instant(BEACON.draws[0].rounds[0]) - 600_000
    assert replace(BEACON, seal_by=exact).seal_by == exact
    with pytest.raises(DocumentError, match="too soon"):
        replace(BEACON, seal_by=exact + 1)


def test_the_close_may_be_the_seal_deadline() -> None:
    assert replace(PLAIN, close_at=PLAIN.seal_by).close_at == PLAIN.seal_by


def changed_draw(**changes: Any) -> tuple[Any, ...]:  # noqa: ANN401 - members of a draw
    return (replace(BEACON.draws[0], **changes), BEACON.draws[1])


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"close_at": BEACON.seal_by + 1}, "deadline"),
        ({"ladder": (EntropyMode.BEACON,)}, "modes"),
        ({"ladder": (EntropyMode.MANUAL, EntropyMode.MANUAL)}, "modes"),
        ({"contributors": ("club", "club")}, "contributors"),
        ({"packages": BEACON.packages * 2}, "packages"),
        ({"draws": BEACON.draws[:1] * 2}, "draws"),
        ({"draws": changed_draw(prizes=BEACON.draws[1].prizes)}, "prizes"),
        ({"draws": changed_draw(rounds=())}, "one round"),
        ({"draws": changed_draw(rounds=(10**8,))}, "one round"),
        ({"draws": changed_draw(rounds=(10**8, 10**8))}, "ascend"),
        ({"draws": changed_draw(rounds=(10**8, 10**8 - 1))}, "ascend"),
        ({"draws": changed_draw(rounds=(1, 10**8))}, "too soon"),
        ({"beacon": None}, "a beacon is named"),
        ({"mode": EntropyMode.RNG_ONLY, "contributors": ()}, "beacon"),
        ({"mode": EntropyMode.RNG_ONLY}, "no mode uses the contributors"),
        ({"ladder": (EntropyMode.COMMIT_REVEAL,), "contributors": ()}, "contributor"),
        ({"slots": 10**9 + 1}, "slots"),
        ({"attempts": 10}, "attempts"),
        ({"protocol": "SD/2"}, "protocol"),
    ],
)
def test_refuses_a_plan_that_contradicts_itself(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(DocumentError, match=named):
        replace(BEACON, **changes)


def test_refuses_rounds_without_a_beacon() -> None:
    with pytest.raises(DocumentError, match="one round"):
        replace(PLAIN, draws=BEACON.draws)


def test_a_beacon_needs_no_contributors() -> None:
    assert replace(BEACON, contributors=()).mode is EntropyMode.BEACON


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "log.example/7"},
        {"key": sealed_raffle.WITNESSES[0].to_text()},
        {"witnesses": (sealed_raffle.LOG_KEY.to_text(),)},
        {"witnesses": ("x",)},
        {"witnesses": BEACON.log.witnesses[:1] * 2},
        {"quorum": 4},
    ],
)
def test_refuses_a_log_that_nobody_can_trust(changes: dict[str, Any]) -> None:
    with pytest.raises(DocumentError):
        replace(BEACON.log, **changes)


def test_a_quorum_may_be_all_witnesses() -> None:
    assert replace(BEACON.log, quorum=3).quorum == 3


def test_refuses_a_prize_whose_rule_contradicts_itself() -> None:
    with pytest.raises(InvalidInputError):
        replace(BEACON.draws[0].prizes[0], cap=1)
