import pytest

from riff_critical.draw import EntropyMode, verify
from tests.support.sealed_raffle import publication
from tests.support.tamperings import TAMPERINGS, Tampering

MODES = [
    ((EntropyMode.BEACON,), 0),
    ((EntropyMode.RNG_ONLY,), 0),
    ((EntropyMode.COMMIT_REVEAL,), 0),
    ((EntropyMode.MANUAL,), 0),
    ((EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.MANUAL), 1),
    ((EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.MANUAL), 2),
]


@pytest.mark.parametrize(("modes", "fallbacks"), MODES)
def test_an_honest_draw_passes_every_step(modes: tuple[EntropyMode, ...], fallbacks: int) -> None:
    published = publication(*modes, fallbacks=fallbacks)
    steps = verify(published.transcript.to_bytes(), published.pools)
    assert [step for step in steps if not step.passed] == []
    assert len(steps) > 25


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.name.replace(" ", "-"))
def test_a_tampering_is_named(tampering: Tampering) -> None:
    steps = verify(*tampering.apply(publication()))
    assert tampering.fault in [step.fault for step in steps if not step.passed]
    assert all(step.detail for step in steps if not step.passed)
