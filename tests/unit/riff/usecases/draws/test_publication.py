"""What the system publishes, judged by the independent verifier."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from riff.domain.raffles.profile import DrawMode
from riff.errors import StateRefusesError
from riff.usecases.draws.publication import publication_of
from tests.support.drawing import DrawStage

VERIFIER = Path(__file__).parents[5] / "tools" / "verify.py"


def _publish(stage: DrawStage, folder: Path) -> Path:
    with stage.fakes.transactions.begin() as work:
        for name, parts in publication_of(stage.stage.raffle.id, work):
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"".join(parts))
    return folder


def _verdict(folder: Path, *options: str) -> tuple[int, str]:
    command = [sys.executable, "-S", "-E", str(VERIFIER), str(folder), *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own program
    return done.returncode, done.stdout


def _drawn(*modes: DrawMode) -> DrawStage:
    stage = DrawStage.of(*modes).sealed()
    if DrawMode.COMMIT_REVEAL in modes or DrawMode.BEACON in modes:
        stage.opened(1).opened(2)
    if DrawMode.BEACON in modes:
        stage.at_round(2)
    for draw in (1, 2):
        stage.start(draw)
    return stage


@pytest.fixture(name="honest", scope="module")
def _honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published of an honest draw; tests copy it."""
    return _publish(_drawn(DrawMode.RNG_ONLY), tmp_path_factory.mktemp("honest"))


@pytest.fixture(name="folder")
def _folder(honest: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(honest, tmp_path / "published"))


@pytest.mark.parametrize("mode", [DrawMode.RNG_ONLY, DrawMode.COMMIT_REVEAL, DrawMode.BEACON])
def test_an_honest_draw_passes_every_step(tmp_path: Path, mode: DrawMode) -> None:
    stage = _drawn(mode)
    code, told = _verdict(_publish(stage, tmp_path), "--words", stage.seal.words())
    assert (code, told.count("FAIL")) == (0, 0), told
    assert "draw 2.1 winners" in told


def test_a_draw_by_hand_passes_every_step(tmp_path: Path) -> None:
    stage = DrawStage.of(DrawMode.MANUAL, alternates=1).sealed()
    tickets = [ticket for ticket in stage.tickets() if not ticket.void]
    for draw in (1, 2):
        stage.start(draw)
        for ticket in tickets[: 2 if draw == 1 else 4]:
            stage.enter(ticket, draw=draw)
            stage.enter(ticket, draw=draw, actor=stage.other)
    code, told = _verdict(_publish(stage, tmp_path))
    assert (code, told.count("FAIL")) == (0, 0), told


def test_failures_fallbacks_and_substitutions_pass_too(tmp_path: Path) -> None:
    stage = DrawStage.of(DrawMode.COMMIT_REVEAL, DrawMode.RNG_ONLY).sealed()
    stage.fakes.seeds.is_lost = True
    stage.start(reason="the notary is ill")
    stage.fakes.seeds.is_lost = False
    stage.opened(1, attempt=2).start()
    stage.redraw(winner=0)
    stage.redraw(winner=0, actor=stage.other)
    stage.start(2, reason="the notary is ill again")
    code, told = _verdict(_publish(stage, tmp_path))
    assert (code, told.count("FAIL")) == (0, 0), told
    assert "draw 1.2 substitutions" in told


def test_what_is_sealed_and_not_yet_drawn_passes(tmp_path: Path) -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY).sealed()
    assert _verdict(_publish(stage, tmp_path))[0] == 0


def test_publishes_nothing_before_the_seal() -> None:
    stage = DrawStage.of(DrawMode.RNG_ONLY)
    with stage.fakes.transactions.begin() as work, pytest.raises(StateRefusesError):
        list(publication_of(stage.stage.raffle.id, work))


def _attempt(transcript: Any) -> Any:  # noqa: ANN401 - parsed JSON, to be tampered with
    return transcript["attempts"][0]


def _other_winner(transcript: Any) -> None:  # noqa: ANN401
    _attempt(transcript)["winners"][0]["index"] ^= 1


def _other_slot(transcript: Any) -> None:  # noqa: ANN401
    _attempt(transcript)["winners"][0]["slot"] += 1


def _other_prize(transcript: Any) -> None:  # noqa: ANN401
    _attempt(transcript)["winners"][0]["amount"] += 1


def _other_seed(transcript: Any) -> None:  # noqa: ANN401
    _attempt(transcript)["opening"]["secret"] = "00" * 32


def _other_code(transcript: Any) -> None:  # noqa: ANN401
    _attempt(transcript)["critical_digest"] = "00" * 32


def _early(transcript: Any) -> None:  # noqa: ANN401
    _attempt(transcript)["started_at"] = transcript["seal"]["sealed_at"] - 1


def _more_sold(transcript: Any) -> None:  # noqa: ANN401
    transcript["seal"]["tally"]["sold"] += 1


def _other_manifest(transcript: Any) -> None:  # noqa: ANN401
    transcript["manifest"]["event"] += 1


def _forked(transcript: Any) -> None:  # noqa: ANN401
    transcript["checkpoint"][1] = "45"


def _again(transcript: Any) -> None:  # noqa: ANN401
    transcript["attempts"].insert(1, transcript["attempts"][0])


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (_other_winner, "winners-wrong"),
        (_other_slot, "slot-wrong"),
        (_other_prize, "prize-wrong"),
        (_other_seed, "secret-not-committed"),
        (_other_code, "code-changed"),
        (_early, "drawn-before-seal"),
        (_more_sold, "tally-wrong"),
        (_other_manifest, "seal-of-other-manifest"),
        (_forked, "checkpoint-forked"),
        (_again, "drawn-twice"),
    ],
)
def test_a_transcript_that_was_tampered_with_fails_by_name(
    folder: Path, tamper: Callable[[Any], None], fault: str
) -> None:
    file = folder / "transcript.json"
    transcript = json.loads(file.read_bytes())
    tamper(transcript)
    file.write_text(json.dumps(transcript, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
    code, told = _verdict(folder)
    assert code == 1
    assert fault in told


def test_a_dropped_ticket_fails(folder: Path) -> None:
    for pool in (folder / "pools").iterdir():
        pool.write_bytes(pool.read_bytes()[:-2])
    code, told = _verdict(folder)
    assert (code, "pool-count-wrong" in told) == (1, True)


def test_a_sale_that_is_missing_in_the_ledger_fails(folder: Path) -> None:
    ledger = folder / "ledger.jsonl"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[1:]))
    assert _verdict(folder)[0] == 1


def test_other_words_fail(folder: Path) -> None:
    code, told = _verdict(folder, "--words", "babab babab babab babab babab babab babab babab")
    assert (code, "words-differ" in told) == (1, True)
