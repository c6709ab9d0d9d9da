"""GET /raffles/{raffle_id}/manifest."""

from riff.handlers.public.show_manifest import handler
from riff_critical.draw import Manifest
from tests.support.drawing import DrawStage
from tests.support.gateway import Answer, an_event, ask
from tests.support.stage import Stage


def _show(stage: Stage) -> Answer:
    variables = {"raffle_id": str(stage.raffle.id)}
    return ask(handler, an_event("GET", "/raffles/{raffle_id}/manifest", variables=variables))


def test_shows_the_manifest_byte_by_byte(draws: DrawStage) -> None:
    body = _show(draws.stage).body
    manifest = Manifest.from_bytes(body["document"].encode())
    assert manifest == draws.manifest
    assert body["hash"] == manifest.hash().hex()
    planned = len(manifest.draws) * manifest.attempts
    assert [(each["draw"], each["attempt"]) for each in body["commitments"]][:2] == [(1, 1), (1, 2)]
    assert len(body["commitments"]) == planned


def test_there_is_none_before_the_activation(stage: Stage) -> None:
    assert _show(stage).status == 404
