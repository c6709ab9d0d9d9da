"""GET /raffles/{raffle_id}/sealed-list."""

import zlib
from base64 import b64decode

import pytest

from riff.handlers.public.show_sealed_list import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import Answer, an_event, ask
from tests.support.wired import wired


def _show(drawn: DrawStage, monkeypatch: pytest.MonkeyPatch, draw: str | None = None) -> Answer:
    event = an_event(
        "GET",
        "/raffles/{raffle_id}/sealed-list",
        variables={"raffle_id": str(drawn.stage.raffle.id)},
        query={} if draw is None else {"draw": [draw]},
    )
    with wired(monkeypatch, drawn.fakes):
        return ask(handler, event)


def test_hands_out_the_list_that_hashes_to_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = DrawStage.of().sealed()
    answer = _show(drawn, monkeypatch, draw="2")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "public, max-age=86400")
    pool = drawn.seal.pools[1]
    assert {key: answer.body[key] for key in ("draw", "root", "ranges", "numbers")} == {
        "draw": 2,
        "root": pool.root.hex(),
        "ranges": pool.ranges,
        "numbers": pool.numbers,
    }
    assert zlib.decompress(b64decode(answer.body["data"])) == drawn.pools[pool.root]


def test_the_first_draw_unless_another_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _show(DrawStage.of().sealed(), monkeypatch).body["draw"] == 1


def test_there_is_none_before_the_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = _show(DrawStage.of().sell(), monkeypatch)
    assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-store")
