"""GLI-31 4.4.2: nothing but what was sealed and committed to can influence the choice."""

from copy import replace

import pytest

from riff_critical.draw import DrawFaultError, EntropyMode, Plan, conduct, verify
from tests.support.changes import Tampering
from tests.support.sealed_raffle import CODE, SEALED, opening, publication
from tests.support.tamperings import TAMPERINGS

PUBLISHED = publication(EntropyMode.RNG_ONLY)
POOL = PUBLISHED.pools[PUBLISHED.transcript.seal.pools[1].root]


def plan(started_at: int = SEALED) -> Plan:
    return Plan(PUBLISHED.transcript.manifest, PUBLISHED.transcript.seal, 2, 1, started_at)


def test_the_instant_of_the_draw_changes_nothing() -> None:
    first = conduct(plan(), (), POOL, opening(plan()), CODE)
    later = conduct(plan(SEALED + 10**6), (), POOL, opening(plan()), CODE)
    assert replace(later, started_at=SEALED) == first


def test_another_secret_is_refused() -> None:
    other = replace(opening(plan()), secret=bytes(32))
    with pytest.raises(DrawFaultError, match="secret-not-committed"):
        conduct(plan(), (), POOL, other, CODE)


def test_other_code_is_refused() -> None:
    with pytest.raises(DrawFaultError, match="code-changed"):
        conduct(plan(), (), POOL, opening(plan()), bytes(32))


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.name.replace(" ", "-"))
def test_no_influence_afterwards_goes_unnoticed(tampering: Tampering) -> None:
    assert not all(step.passed for step in verify(*tampering.apply(publication())))
