"""What `select_winners` is told, and what its answers become."""

from typing import Any

import attrs
import pytest

from riff.adapters.aws.functions import CertifiedFunctions
from riff.adapters.aws.signed_request import Credentials
from riff.adapters.aws.winner_selection import CertifiedSelection, event_of
from riff.errors import IntegrityFailureError
from riff.ports.selection import SelectionRequest
from riff_critical.draw import EntropyMode, Opening, encode
from riff_critical.handlers.select_winners import handler
from riff_critical.verification import critical_digest
from tests.support import sealed_raffle


class _InProcess(CertifiedFunctions):
    """The functions without the way to them."""

    def invoke(self, operation: str, event: Any) -> dict[str, Any]:  # noqa: ANN401 - a document
        assert operation == "select_winners"
        return dict(handler(event, None))


def _functions() -> CertifiedFunctions:
    return _InProcess(Credentials("AKID", "secret"), "ca-central-1", "http://127.0.0.1:9", "local")


def _request(monkeypatch: pytest.MonkeyPatch) -> SelectionRequest:
    """The grand draw of the small raffle, under a manifest that names the code that runs here."""
    monkeypatch.setattr(sealed_raffle, "CODE", bytes.fromhex(critical_digest()))
    manifest, sold = sealed_raffle.manifest(EntropyMode.RNG_ONLY), sealed_raffle.orders()
    seal = sealed_raffle.sealed(manifest, sold, sealed_raffle.ledger_entries(sold))
    ranges = sealed_raffle.pool_ranges(sold, manifest.draws[1])
    return SelectionRequest(
        manifest=manifest,
        seal=seal,
        draw=2,
        attempt=1,
        started_at=sealed_raffle.SEALED + 1000,
        fallbacks=(),
        excluded=frozenset({9, 5}),
        opening=Opening(sealed_raffle.secret("s", 2, 1), None, ()),
        pool=encode(ranges),
    )


def test_gives_the_attempt_that_the_function_conducted(monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = CertifiedSelection(_functions()).select(_request(monkeypatch))
    assert (attempt.draw, attempt.attempt, len(attempt.winners)) == (2, 1, 3)
    assert attempt.critical_digest.hex() == critical_digest()
    assert {9, 5}.isdisjoint(winner.slot for winner in attempt.winners)


def test_the_same_request_has_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    request = _request(monkeypatch)
    selection = CertifiedSelection(_functions())
    assert selection.select(request) == selection.select(request)
    assert event_of(request) == event_of(request)


def test_a_refusal_stops_the_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = attrs.evolve(_request(monkeypatch), pool=b"")
    with pytest.raises(IntegrityFailureError) as refused:
        CertifiedSelection(_functions()).select(wrong)
    assert "pool-count-wrong" in str(refused.value.__notes__)


def test_tells_nobody_the_seed_by_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    request = _request(monkeypatch)
    assert request.opening.secret.hex() not in repr(request)
