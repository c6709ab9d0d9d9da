"""What was fixed at activation is shown from then on."""

import pytest

from riff.errors import NotFoundError
from riff.usecases.public.show_manifest import ShowManifest, show_manifest
from riff_critical.lifecycle import RaffleState
from tests.support.drawing import DrawStage


def test_shows_manifest_and_commitments() -> None:
    draws = DrawStage.of()
    published = show_manifest(ShowManifest(draws.stage.raffle.id), draws.fakes.services)
    assert published.manifest == draws.manifest
    with draws.fakes.transactions.begin() as work:
        assert published.commitments == work.seals.commitments(draws.stage.raffle.id)


def test_hides_a_raffle_that_is_not_public() -> None:
    draws = DrawStage.of()
    draws.stage.put_in(RaffleState.CONFIGURED)
    with pytest.raises(NotFoundError):
        show_manifest(ShowManifest(draws.stage.raffle.id), draws.fakes.services)
