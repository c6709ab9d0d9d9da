import pytest

from riff.domain.raffles.profile import DrawMode
from riff.errors import (
    BeaconEarlyError,
    BeaconUnavailableError,
    EntropyUnavailableError,
)
from riff_critical.draw import EntropyMode
from riff_critical.lifecycle import DrawState
from tests.support.drawing import PARTIES, DrawStage


class TestContributions:
    def test_mixes_them_in(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed().opened()
        assert stage.start().mode is EntropyMode.COMMIT_REVEAL
        opening = stage.transcript.attempts[0].opening
        assert opening is not None
        assert [each.party for each in opening.contributions] == list(PARTIES)
        assert stage.is_verified

    def test_waits_for_every_one(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL).sealed().opened(parties=("club",))
        with pytest.raises(EntropyUnavailableError, match="notary"):
            stage.start()
        assert stage.opened(parties=("notary",)).start().state is DrawState.DRAWN

    def test_falls_back_with_a_reason_where_the_manifest_plans_it(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed()
        with pytest.raises(EntropyUnavailableError):
            stage.start()
        view = stage.start(reason="the notary is ill")
        assert view.mode is EntropyMode.RNG_ONLY
        assert view.start is not None
        assert [each.reason for each in view.start.fallbacks] == ["the notary is ill"]
        assert stage.is_verified

    def test_never_falls_back_while_they_are_there(self) -> None:
        stage = DrawStage.of(DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed().opened()
        assert stage.start(reason="no wish to use them").mode is EntropyMode.COMMIT_REVEAL


class TestBeacon:
    def test_waits_for_its_round(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON).sealed().opened()
        with pytest.raises(BeaconEarlyError):
            stage.start()
        view = stage.at_round().start()
        assert (view.state, view.mode) == (DrawState.DRAWN, EntropyMode.BEACON)
        assert stage.is_verified

    @pytest.mark.parametrize(
        "fault", ["a: no answer; b: no answer", "a: late; b: late", "a: forged; b: forged"]
    )
    def test_falls_back_only_after_waiting(self, fault: str) -> None:
        """Dead, late and lying relays are the same: there is no value, until there is one."""
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.RNG_ONLY).sealed().opened().at_round()
        stage.fakes.beacon.fault = fault
        with pytest.raises(BeaconUnavailableError):
            stage.start(reason="no relay answers")
        stage.fakes.clock.advance(minutes=31)
        with pytest.raises(EntropyUnavailableError):
            stage.start()
        assert stage.start(reason="no relay answers").mode is EntropyMode.RNG_ONLY
        assert stage.is_verified

    def test_uses_a_value_that_comes_late(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.RNG_ONLY).sealed().opened().at_round()
        stage.fakes.beacon.fault = "a: late"
        with pytest.raises(BeaconUnavailableError):
            stage.start()
        stage.fakes.beacon.fault = None
        stage.fakes.clock.advance(hours=2)
        assert stage.start(reason="we waited too long").mode is EntropyMode.BEACON

    def test_never_falls_back_once_the_value_was_seen(self) -> None:
        """The value was there while a contribution was missing; the relays die afterwards."""
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.RNG_ONLY).sealed().opened(parties=("club",)).at_round()
        with pytest.raises(EntropyUnavailableError, match="held with it or not at all"):
            stage.start(reason="the notary is ill")
        stage.fakes.beacon.fault = "a: no answer"
        stage.fakes.clock.advance(hours=2)
        with pytest.raises(EntropyUnavailableError, match="held with it or not at all"):
            stage.start(reason="the notary is ill")

    def test_falls_back_step_by_step(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON, DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed()
        stage.at_round(hours=1)
        stage.fakes.beacon.fault = "a: no answer"
        with pytest.raises(EntropyUnavailableError, match="beacon"):
            stage.start()
        assert stage.opened().start(reason="no relay answers").mode is EntropyMode.COMMIT_REVEAL
        assert stage.is_verified

    def test_takes_a_round_of_its_own_for_the_next_attempt(self) -> None:
        stage = DrawStage.of(DrawMode.BEACON).sealed().opened().at_round()
        stage.fakes.seeds.is_lost = True
        assert stage.start().attempt == 2
        stage.fakes.seeds.is_lost = False
        stage.fakes.clock.advance(minutes=5)
        stage.opened(attempt=2).at_round(attempt=2, seconds=5)
        assert stage.start().state is DrawState.DRAWN
        rounds = stage.manifest.draws[0].rounds
        assert stage.fakes.beacon.asked == [rounds[0], rounds[1]]
        assert stage.is_verified
