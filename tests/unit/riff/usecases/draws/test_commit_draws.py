from datetime import datetime, timedelta

import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.draws.plan import DrawPlan
from riff.domain.raffles.profile import DrawMode
from riff.errors import IncompleteSetupError, UnavailableError
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff_critical.draw import EntropyMode, opens
from riff_critical.lifecycle import RaffleState
from riff_critical.verification import critical_digest
from tests.support.drawing import CLOSES, EARLY, PARTIES, DrawStage, a_drawn_raffle, a_profile
from tests.support.fakes import NOON, FakeProfiles, Fakes
from tests.support.stage import Stage

MODES = pytest.mark.parametrize("mode", DrawMode, ids=lambda mode: mode.value)


@MODES
def test_commits_to_every_attempt_of_every_draw_in_every_mode(mode: DrawMode) -> None:
    stage = DrawStage.of(mode)
    with stage.fakes.transactions.begin() as work:
        commitments = work.seals.commitments(stage.stage.raffle.id)
    places = [(draw, attempt) for draw in (1, 2) for attempt in (1, 2, 3)]
    assert places == [(each.draw, each.attempt) for each in commitments]
    assert len({each.value for each in commitments}) == 6
    assert stage.stage.now.state is RaffleState.ACTIVE
    assert EventKind.DRAWS_COMMITTED in stage.fakes.transactions.event_kinds()


def test_a_commitment_is_opened_by_its_seed_alone() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY)
    raffle_id, tables = stage.stage.raffle.id, stage.fakes.transactions.tables
    seeds = [
        stage.fakes.seeds.open(raffle_id, each.commitment.draw, each.commitment.attempt, each.ciphertext)
        for each in tables.seeds[raffle_id]
    ]
    for each, own in zip(tables.seeds[raffle_id], seeds, strict=True):
        fits = [opens(each.commitment, stage.manifest.hash(), seed) for seed in seeds]
        assert fits == [seed == own for seed in seeds]


def test_the_manifest_states_what_decides_the_draws() -> None:
    stage = DrawStage.of(DrawMode.BEACON, DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY)
    manifest, raffle = stage.manifest, stage.stage.raffle
    assert (str(raffle.id), raffle.event_number) == (manifest.raffle, manifest.event)
    assert manifest.critical_digest.hex() == critical_digest()
    assert [draw.name for draw in manifest.draws] == ["early-bird", "grand"]
    modes = (EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.RNG_ONLY)
    assert (modes, PARTIES) == (manifest.modes, manifest.contributors)
    assert manifest.draws[0].sold_before is not None
    assert manifest.draws[1].sold_before is None


def test_plans_a_later_round_for_every_draw_and_attempt() -> None:
    manifest = DrawStage.of(DrawMode.BEACON).manifest
    assert manifest.beacon is not None
    first = [manifest.beacon.instant(draw.rounds[0]) for draw in manifest.draws]
    assert first[0] >= manifest.seal_by + 600_000
    assert first[1] >= first[0] + 600_000
    for draw in manifest.draws:
        later = [manifest.beacon.instant(number) for number in draw.rounds]
        assert later[1] >= later[0] + 86_400_000


def _refused(mode: DrawMode, plan: DrawPlan, fakes: Fakes | None = None) -> str:
    found = fakes or Fakes(profiles=FakeProfiles(a_profile(mode)))
    stage = Stage.of(a_drawn_raffle(), found)
    with stage.fakes.transactions.begin() as work:
        work.seals.set_plan(stage.raffle.id, plan)
    with pytest.raises(IncompleteSetupError) as refused:
        activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    assert stage.now.state is RaffleState.CONFIGURED
    assert stage.fakes.transactions.tables.manifests == {}
    return str(refused.value.facts["missing"])


@pytest.mark.parametrize("until", [None, NOON - timedelta(hours=1), CLOSES + timedelta(microseconds=1)])
def test_refuses_an_early_bird_without_its_end_and_one_that_the_sales_window_has_left_behind(
    until: datetime | None,
) -> None:
    assert _refused(DrawMode.RNG_ONLY, DrawPlan(early_bird_until=until)) == "early-bird-until"


def test_refuses_commit_reveal_without_a_contributor() -> None:
    assert _refused(DrawMode.COMMIT_REVEAL, DrawPlan(early_bird_until=EARLY)) == "draws"


def test_refuses_the_beacon_where_the_deployment_names_none() -> None:
    fakes = Fakes(profiles=FakeProfiles(a_profile(DrawMode.BEACON)))
    fakes.beacon.planned = None
    assert _refused(DrawMode.BEACON, DrawPlan(early_bird_until=EARLY), fakes) == "beacon"


def test_activates_nothing_while_the_key_is_down() -> None:
    fakes = Fakes(profiles=FakeProfiles(a_profile()))
    fakes.seeds.is_down = True
    with pytest.raises(UnavailableError):
        DrawStage.of(DrawMode.RNG_ONLY, fakes=fakes)
    assert fakes.transactions.tables.manifests == {}


def test_another_rule_is_another_hash() -> None:
    one = DrawStage.of(DrawMode.RNG_ONLY).manifest
    other = DrawStage.of(DrawMode.RNG_ONLY, two_persons=True).manifest
    assert one.profile_hash != other.profile_hash
    assert one.profile_hash == DrawStage.of(DrawMode.RNG_ONLY).manifest.profile_hash
