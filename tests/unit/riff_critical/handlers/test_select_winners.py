import json
import tempfile
import zlib
from base64 import b64encode
from copy import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from riff_critical.draw import EntropyMode, Fallback, Plan, Transcript, commit, encode, measure, verify
from riff_critical.draw.seal import seal
from riff_critical.handlers.select_winners import MAX_POOL_BYTES, handler
from riff_critical.ledger import Checkpoint
from riff_critical.verification import critical_digest
from tests.support.sealed_raffle import (
    LOG_KEY,
    SEALED,
    Publication,
    failed,
    opening,
    publication,
    secret,
    sign,
)

CONTEXT = SimpleNamespace(aws_request_id="request-1")


@pytest.fixture(scope="module")
def raffle() -> Publication:
    """The raffle of tests/support, under a manifest that names the code which runs here."""
    published = publication(EntropyMode.RNG_ONLY)
    old = published.transcript
    manifest = replace(old.manifest, critical_digest=bytes.fromhex(critical_digest()))
    commitments = [
        commit(manifest.hash(), each.draw, each.attempt, secret("s", each.draw, each.attempt))
        for each in old.seal.commitments
    ]
    ledger = Checkpoint(LOG_KEY.name, old.seal.ledger_size, old.seal.ledger_root)
    sealed = seal(manifest, SEALED, commitments, (), old.seal.pools, ledger, old.seal.tally)
    return replace(published, transcript=Transcript(manifest, sealed, tuple(sign(ledger)), ()))


def event(raffle: Publication, draw: int = 1) -> dict[str, Any]:
    """What a caller sends."""
    transcript = raffle.transcript
    plan = Plan(transcript.manifest, transcript.seal, draw, 1, SEALED + 3000)
    return {
        "manifest": transcript.manifest.to_json(),
        "seal": transcript.seal.to_json(),
        "draw": draw,
        "attempt": 1,
        "started_at": plan.started_at,
        "fallbacks": [],
        "excluded": [],
        "opening": opening(plan).to_json(),
        "pool": deflated(raffle.pools[plan.pool.root]),
    }


def deflated(data: bytes) -> str:
    return b64encode(zlib.compress(data)).decode()


def answer(given: object, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], dict[str, Any], str]:
    """The answer and the line of log, as JSON has them, and all that was printed."""
    result = json.loads(json.dumps(handler(given, CONTEXT)))
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    return result, json.loads(printed), printed


def test_an_attempt_comes_out_as_the_transcript_has_it(
    raffle: Publication, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both draws, the second one without the winner of the first; the transcript of them verifies."""
    attempts: list[dict[str, Any]] = []
    for draw in (1, 2):
        given = event(raffle, draw) | {"excluded": [attempts[0]["winners"][0]["slot"]] if attempts else []}
        result, _, _ = answer(given, capsys)
        assert (result["ok"], result["critical_digest"]) == (True, critical_digest())
        attempts.append(result["attempt"])
    transcript = raffle.json() | {"attempts": attempts}
    steps = verify(Transcript.from_json(transcript).to_bytes(), raffle.pools)
    assert [step for step in steps if not step.passed] == []


def test_the_log_tells_the_outcome_and_no_secret(
    raffle: Publication, capsys: pytest.CaptureFixture[str]
) -> None:
    _, line, printed = answer(event(raffle), capsys)
    assert line == {
        "function": "select_winners",
        "request": "request-1",
        "outcome": "ok",
        "critical_digest": critical_digest(),
        "raffle": "cup-final",
        "draw": 1,
        "attempt": 1,
    }
    assert event(raffle)["opening"]["secret"] not in printed


def test_the_same_event_gives_the_same_answer(raffle: Publication) -> None:
    assert handler(event(raffle), None) == handler(event(raffle), CONTEXT)


def test_the_pool_may_lie_in_the_temporary_directory(
    raffle: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    given = event(raffle) | {"pool": None}
    result, line, _ = answer(given, capsys)
    assert (result["error"]["code"], result["error"]["category"]) == ("pool-unavailable", "corruption")
    assert line["outcome"] == "pool-unavailable"
    root = raffle.transcript.seal.pools[0].root
    (tmp_path / f"{root.hex()}.pool").write_bytes(raffle.pools[root])
    assert handler(given, CONTEXT)["attempt"] == handler(event(raffle), CONTEXT)["attempt"]


@pytest.mark.parametrize(
    ("changes", "category", "code"),
    [
        ({"draw": 3}, "corruption", "attempt-out-of-order"),
        ({"draw": 0}, "invalid-input", "document-invalid"),
        ({"draw": True}, "invalid-input", "document-invalid"),
        ({"draw": "1"}, "invalid-input", "document-invalid"),
        ({"draw": 1.0}, "invalid-input", "document-invalid"),
        ({"more": 1}, "invalid-input", "document-invalid"),
        ({"manifest": {}}, "invalid-input", "document-invalid"),
        ({"started_at": 0}, "corruption", "drawn-before-seal"),
        (
            {"fallbacks": [Fallback(EntropyMode.RNG_ONLY, "x").to_json()]},
            "corruption",
            "fallback-not-planned",
        ),
        ({"excluded": list(range(1000))}, "corruption", "numbers-too-few"),
        ({"pool": ""}, "invalid-input", "document-invalid"),
        ({"pool": "not base64"}, "invalid-input", "document-invalid"),
        ({"pool": b64encode(b"not deflated").decode()}, "invalid-input", "document-invalid"),
        ({"pool": b64encode(zlib.compress(b"\x05\x00")[:-1]).decode()}, "invalid-input", "document-invalid"),
        (
            {"pool": b64encode(zlib.compress(b"\x05\x00") + b"x").decode()},
            "invalid-input",
            "document-invalid",
        ),
        ({"pool": deflated(bytes(MAX_POOL_BYTES + 1))}, "invalid-input", "document-invalid"),
        ({"pool": deflated(b"\x05")}, "corruption", "pool-malformed"),
        ({"pool": deflated(encode([(5, 1)]))}, "corruption", "pool-count-wrong"),
    ],
)
def test_a_refusal_is_an_answer(
    changes: dict[str, Any],
    category: str,
    code: str,
    raffle: Publication,
    capsys: pytest.CaptureFixture[str],
) -> None:
    result, line, _ = answer(event(raffle) | changes, capsys)
    error = result["error"]
    assert (result["ok"], error["category"], error["code"]) == (False, category, code)
    assert result["critical_digest"] == critical_digest()
    assert line["outcome"] == code
    assert error["detail"]


@pytest.mark.parametrize("given", [None, [], "event", {}])
def test_an_event_that_is_none_is_refused(given: object, capsys: pytest.CaptureFixture[str]) -> None:
    result, line, _ = answer(given, capsys)
    assert result["error"]["code"] == line["outcome"] == "document-invalid"


def test_refuses_to_draw_when_the_manifest_names_other_code(capsys: pytest.CaptureFixture[str]) -> None:
    result, _, _ = answer(event(publication(EntropyMode.RNG_ONLY)), capsys)
    assert result["error"]["code"] == "code-changed"


def test_a_failed_attempt_has_no_part_in_it(raffle: Publication) -> None:
    """An attempt is conducted on its own; that it is its turn is the transcript's business."""
    assert failed(1, 1, SEALED).winners == ()
    assert handler(event(raffle) | {"attempt": 2}, None)["ok"] is False


def test_a_million_orders_fit_an_invocation() -> None:
    """Sold in ones, fives and tens without gaps, with a void here and there."""
    first, ranges = 0, []
    for number in range(1_000_000):
        count = (1, 5, 10)[number % 7 % 3]
        if number % 101:
            ranges.append((first, count))
        first += count
    assert len(deflated(encode(ranges))) < 1_000_000
    assert measure(ranges[:1000]).ranges == 1000
