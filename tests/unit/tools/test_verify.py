import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.draw import EntropyMode, verify
from riff_critical.encoding import canonical_json
from riff_critical.ledger import Checkpoint, Levels, consistency_proof, inclusion_proof, leaf_hash
from tests.support import sealed_raffle
from tests.support.changes import Tampering
from tests.support.reference import merkle as reference
from tests.support.sealed_raffle import Publication, publication
from tests.support.tamperings import TAMPERINGS
from tests.support.tamperings_by_hand import TAMPERINGS_BY_HAND
from tools import verify as tool

MODES = [
    ((EntropyMode.BEACON,), 0),
    ((EntropyMode.RNG_ONLY,), 0),
    ((EntropyMode.COMMIT_REVEAL,), 0),
    ((EntropyMode.MANUAL,), 0),
    ((EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.MANUAL), 1),
    ((EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL, EntropyMode.MANUAL), 2),
]
INTERPRETERS = [sys.executable, *filter(shutil.which, ("python3.11", "python3.12", "python3.13"))]
OTHER_LOG = sealed_raffle.sign_text("log.example/8\n1\n" + "A" * 43 + "=\n")
NO_CHECKPOINT = sealed_raffle.sign_text("log.example/7\n01\n" + "A" * 43 + "=\n")
type Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publication().write(tmp_path)
    return tmp_path


def faults(printed: str) -> list[tuple[str, str]]:
    """The steps that failed, and the names of their faults."""
    failed = [line[5:].split(": ") for line in printed.splitlines() if line.startswith("FAIL ")]
    return [(step, fault) for step, fault, *_ in failed]


def named(outcome: int, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The names of the faults, of a run that failed."""
    assert outcome == 1
    return {fault for _, fault in faults(capsys.readouterr().out)}


@pytest.mark.parametrize(("modes", "fallbacks"), MODES)
def test_an_honest_draw_passes(
    modes: tuple[EntropyMode, ...], fallbacks: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = publication(*modes, fallbacks=fallbacks)
    published.write(tmp_path)
    assert tool.main([str(tmp_path), "--words", published.transcript.seal.words()]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "PASS"


@pytest.mark.parametrize("tampering", TAMPERINGS, ids=lambda tampering: tampering.name.replace(" ", "-"))
def test_a_tampering_is_named_as_the_core_names_it(
    tampering: Tampering, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcript, pools = tampering.apply(publication())
    write(tmp_path, transcript, pools)
    assert tool.main([str(tmp_path)]) == 1
    found = faults(capsys.readouterr().out)
    expected = [(step.name, step.fault) for step in verify(transcript, pools) if step.fault]
    assert tampering.fault in [fault for _, fault in found]
    assert expected == [each for each in found if each[1] != "signature-wrong"]


@pytest.mark.parametrize(
    "tampering", TAMPERINGS_BY_HAND, ids=lambda tampering: tampering.name.replace(" ", "-")
)
def test_a_tampering_with_a_draw_by_hand_is_named_as_the_core_names_it(
    tampering: Tampering, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcript, pools = tampering.apply(publication(EntropyMode.MANUAL))
    write(tmp_path, transcript, pools)
    assert tool.main([str(tmp_path)]) == 1
    expected = [(step.name, step.fault) for step in verify(transcript, pools) if step.fault]
    assert expected == faults(capsys.readouterr().out)


@pytest.mark.parametrize("interpreter", INTERPRETERS, ids=lambda interpreter: Path(interpreter).name)
def test_runs_alone_on_every_supported_python(interpreter: str, folder: Path) -> None:
    """Without site packages, environment or the repository: a copy of the one file."""
    script = shutil.copy(tool.__file__, folder / "verify.py")
    command = [interpreter, "-S", "-E", "-s", "-O", "-W", "error", script, folder]
    if run_quietly([interpreter, "-V"]).returncode:
        pytest.skip(f"{interpreter} is only a name here")
    run = run_quietly(command)
    assert (run.returncode, run.stderr, run.stdout.splitlines()[-1]) == (0, "", "PASS")


@pytest.mark.parametrize("interpreter", INTERPRETERS, ids=lambda interpreter: Path(interpreter).name)
def test_the_published_example_passes(interpreter: str) -> None:
    example = Path(tool.__file__).parents[1] / "docs/algorithms/example-draw"
    if run_quietly([interpreter, "-V"]).returncode:
        pytest.skip(f"{interpreter} is only a name here")
    command: list[str | Path] = [
        interpreter,
        "-S",
        "-E",
        tool.__file__,
        example,
        "--ticket",
        example / "ticket.json",
    ]
    run = run_quietly(command)
    assert (run.returncode, run.stdout.splitlines()[-1]) == (0, "PASS"), run.stdout


def test_imports_the_standard_library_only() -> None:
    source = Path(tool.__file__).read_text()
    lines = [line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert {name.partition(".")[0] for name in lines} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--words", "x"],
        ["x", "--more", "y"],
        ["x", "--words"],
        ["x", "--words", "y", "--words", "z"],
        ["x", "--mark", "unit-7 1"],
        ["x", "--mark", "unit-7 one 0123456789abcdef"],
    ],
)
def test_a_wrong_call_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(arguments) == 2
    assert "usage" in capsys.readouterr().err


def test_a_missing_file_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main([str(tmp_path)]) == 2
    assert "transcript.json" in capsys.readouterr().err


def test_a_ticket_that_is_no_json_is_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ticket").write_text("[" * 9999)
    assert tool.main([str(folder), "--ticket", str(folder / "ticket")]) == 2
    assert "verify.py" in capsys.readouterr().err


def test_other_words_than_were_read_aloud(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert named(tool.main([str(folder), "--words", "babab " * 8]), capsys) == {"words-differ"}


# Signatures


@pytest.mark.parametrize("line", [4, 5])
def test_a_signature_that_does_not_verify(
    line: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line of the log, and that of a witness: one digit of the signature is another."""
    transcript = publication().json()
    signed = transcript["checkpoint"][line]
    transcript["checkpoint"][line] = signed[:-9] + ("A" if signed[-9] != "A" else "B") + signed[-8:]
    (folder / "transcript.json").write_bytes(canonical_json(transcript))
    assert named(tool.main([str(folder)]), capsys) == {"signature-wrong"}


@given(st.binary(max_size=40), st.integers(0, 511), st.integers(0, 255))
def test_ed25519_agrees_with_a_maintained_library(message: bytes, bit: int, key_bit: int) -> None:
    key = sealed_raffle.signer("hypothesis")
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert tool.ed25519_verifies(public, message, signature)
    assert not tool.ed25519_verifies(public, message + b"x", signature)
    assert not tool.ed25519_verifies(public, message, flipped(signature, bit))
    assert not tool.ed25519_verifies(flipped(public, key_bit), message, signature)


@pytest.mark.parametrize(
    ("public", "signature"),
    [
        ((2**255 - 19).to_bytes(32, "little"), bytes(64)),
        ((2**255 - 1).to_bytes(32, "little"), bytes(64)),
        ((2**255 + 1).to_bytes(32, "little"), bytes(64)),
        ((2).to_bytes(32, "little"), bytes(64)),
        (sealed_raffle.LOG_KEY.public_key, (1).to_bytes(32, "little") + tool.L25519.to_bytes(32, "little")),
    ],
)
def test_ed25519_refuses_what_encodes_no_point_or_scalar(public: bytes, signature: bytes) -> None:
    """RFC 8032, 5.1.3 and 5.1.7; some libraries are more lenient."""
    assert not tool.ed25519_verifies(public, b"", signature)


# The ledger


def dropped(lines: list[bytes]) -> list[bytes]:
    return lines[:-1]


def inserted(lines: list[bytes]) -> list[bytes]:
    return [*lines[:5], lines[0], *lines[5:]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (dropped, "ledger-forked"),
        (inserted, "ledger-forked"),
        (lambda _: [], "ledger-forked"),
        (lambda lines: lines[::-1], "ledger-forked"),
        (lambda lines: [b"{}", *lines], "ledger-malformed"),
        (lambda lines: [b"[]", *lines], "ledger-malformed"),
        (lambda lines: [b"nonsense", *lines], "ledger-malformed"),
        (lambda lines: [b'{"kind":7}', *lines], "ledger-malformed"),
        (lambda lines: [b'{"kind":"SALE"}', *lines], "ledger-malformed"),
    ],
)
def test_another_ledger(
    change: Callable[[list[bytes]], list[bytes]], fault: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = change(list(publication().entries))
    (folder / "ledger.jsonl").write_bytes(b"\n".join(lines))
    assert named(tool.main([str(folder)]), capsys) == {fault}


type Records = list[dict[str, Any]]


def published_with(folder: Path, records: Records, **tally: int) -> None:
    """Publish another ledger; seal and checkpoint agree with it, and with what is added to the tally."""
    entries = [canonical_json(record) for record in records]
    root = reference.mth(entries)
    transcript = publication().json()
    seal = transcript["seal"]
    seal |= {"ledger_size": len(entries), "ledger_root": root.hex()}
    seal["tally"] |= {name: seal["tally"][name] + amount for name, amount in tally.items()}
    transcript["checkpoint"] = sealed_raffle.sign(Checkpoint(sealed_raffle.LOG_KEY.name, len(entries), root))
    (folder / "transcript.json").write_bytes(canonical_json(transcript))
    (folder / "ledger.jsonl").write_bytes(b"\n".join(entries))


def faults_of_ledger(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The faults of the ledger's steps; the draws fail as well, since the seal is another one."""
    assert tool.main([str(folder)]) == 1
    found = faults(capsys.readouterr().out)
    return {step.removeprefix("ledger "): fault for step, fault in found if step.startswith("ledger")}


def records() -> Records:
    return [json.loads(entry) for entry in publication().entries]


def rank_of(number: int, kind: str) -> int:
    """Where the record of an order stands."""
    order = publication().orders[number].sale.order.hex()
    return next(
        rank for rank, each in enumerate(records()) if (each["kind"], each.get("order")) == (kind, order)
    )


def record_of(number: int, kind: str) -> dict[str, Any]:
    return records()[rank_of(number, kind)]


def with_more(*further: dict[str, Any]) -> Records:
    return [*records(), *further]


def changed(number: int, kind: str, **members: object) -> Records:
    """The record of an order with other members."""
    rank, found = rank_of(number, kind), records()
    return [*found[:rank], found[rank] | members, *found[rank + 1 :]]


def void_first() -> Records:
    """An order is voided before it was sold."""
    void, sale = record_of(3, "VOID"), rank_of(3, "SALE")
    rest = [each for each in records() if each != void]
    return [*rest[:sale], void, *rest[sale:]]


VALID, VOIDED = 41, 3
OTHER = "11" * 32
ANOTHER_SALE = {"order": OTHER, "first": 998, "count": 1}
SAME_ORDER = {"order": publication().orders[40].sale.order.hex()}
FIRST_SLOT = publication().orders[VOIDED].sale.first


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            with_more(record_of(VALID, "SALE") | ANOTHER_SALE),
            {"tally": "tally-not-of-ledger", "pool 2": "pool-not-of-ledger"},
        ),
        (
            with_more(record_of(VALID, "SALE") | ANOTHER_SALE | {"count": 3}),
            {"orders": "slot-not-in-raffle", "tally": "tally-not-of-ledger", "pool 2": "pool-not-of-ledger"},
        ),
        (
            with_more(record_of(VOIDED, "SALE") | {"order": OTHER}),
            {
                "orders": "slot-sold-twice",
                "tally": "tally-not-of-ledger",
                "pool 1": "pool-not-of-ledger",
                "pool 2": "pool-not-of-ledger",
            },
        ),
        (changed(VALID, "SALE", **SAME_ORDER), {"orders": "order-sold-twice"}),
        (
            with_more(record_of(VOIDED, "VOID") | {"order": OTHER}),
            {"orders": "void-without-sale", "tally": "tally-not-of-ledger"},
        ),
        (void_first(), {"orders": "void-without-sale"}),
        (
            with_more(record_of(VOIDED, "VOID")),
            {"orders": "order-voided-twice", "tally": "tally-not-of-ledger"},
        ),
        (changed(VOIDED, "VOID", first=FIRST_SLOT + 1), {"orders": "void-of-other-sale"}),
        (
            changed(VOIDED, "VOID", count=2),
            {"orders": "void-of-other-sale", "tally": "tally-not-of-ledger"},
        ),
        (changed(VOIDED, "VOID", amount=0), {"orders": "void-of-other-sale"}),
        (changed(VALID, "SALE", amount=0), {"tally": "tally-not-of-ledger"}),
    ],
    ids=[
        "one sale more",
        "sold beyond the last slot",
        "voided slots sold again",
        "order sold twice",
        "unknown order voided",
        "voided before it was sold",
        "voided twice",
        "other slots voided",
        "more slots voided",
        "other amount voided",
        "other price",
    ],
)
def test_a_ledger_that_contradicts_itself_or_what_was_sealed(
    found: Records, expected: dict[str, str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published_with(folder, found)
    assert faults_of_ledger(folder, capsys) == expected


def test_the_last_slot_can_be_sold(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published_with(folder, with_more(record_of(VALID, "SALE") | ANOTHER_SALE | {"first": 999}))
    assert "orders" not in faults_of_ledger(folder, capsys)


@pytest.mark.parametrize("tally", [{"sold": 1}, {"sold": -1}, {"voided": -3}, {"gross": -1}, {"gross": 1}])
def test_a_tally_that_the_ledger_does_not_add_up_to(
    tally: dict[str, int], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published_with(folder, records(), **tally)
    assert faults_of_ledger(folder, capsys) == {"tally": "tally-not-of-ledger"}


def test_the_steps_of_a_ledger_have_their_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main([str(folder)]) == 0
    names = [line.removeprefix("PASS ") for line in capsys.readouterr().out.splitlines()]
    steps = ["uploads", "orders", "tally", "pool 1", "pool 2"]
    assert [name for name in names if name.startswith("ledger")] == [
        "ledger",
        *(f"ledger {x}" for x in steps),
    ]


def test_the_ledger_need_not_be_published(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ledger.jsonl").unlink()
    assert tool.main([str(folder)]) == 0
    assert "ledger" not in capsys.readouterr().out


def an_upload(position: int, seller: str = "unit-7") -> bytes:
    head = sealed_raffle.secret(seller, position).hex()
    record: dict[str, Any] = {"kind": "UPLOAD", "at": 1, "seller": seller, "position": position, "head": head}
    return canonical_json(record)


@pytest.mark.parametrize(
    "chain", [[], [1], [1, 2, 3], [1, 2, 1, 2, 3]], ids=["none", "one", "three", "enrolled twice"]
)
def test_a_chain_from_its_first_entry_on(chain: list[int]) -> None:
    entries = [entry for each in chain for entry in (an_upload(each), publication().entries[0])]
    tool.check_uploads([*entries, an_upload(1, "unit-8")])


@pytest.mark.parametrize("chain", [[2], [1, 3], [1, 2, 2], [1, 2, 1, 3]], ids=str)
def test_a_chain_that_lacks_an_entry(chain: list[int]) -> None:
    with pytest.raises(tool.Fault, match="upload-out-of-order"):
        tool.check_uploads([an_upload(each) for each in chain])


def turns(*attempts: tuple[int, int, str | None]) -> list[dict[str, Any]]:
    return [
        {"draw": draw, "attempt": attempt, "failure": failure, "started_at": 1}
        for draw, attempt, failure in attempts
    ]


@pytest.mark.parametrize("failures", [1, 2])
def test_the_next_draw_comes_after_a_result_or_the_last_failure(failures: int) -> None:
    failed = [(1, attempt, "withheld") for attempt in range(1, failures + 1)]
    held = [] if failures == 2 else [(1, 2, None)]
    tool.check_order(turns(*failed, *held, (2, 1, None)), 2)


@pytest.mark.parametrize(
    "attempts",
    [
        [(1, 1, "withheld"), (2, 1, None)],
        [(1, 1, "withheld"), (1, 2, "withheld"), (1, 3, None)],
        [(1, 1, "withheld"), (1, 2, "withheld"), (3, 1, None)],
        [(2, 1, None)],
    ],
    ids=str,
)
def test_no_draw_and_no_attempt_is_left_out_or_added(attempts: list[tuple[int, int, str | None]]) -> None:
    with pytest.raises(tool.Fault, match=r"attempt-out-of-order|drawn-twice"):
        tool.check_order(turns(*attempts), 2)


@pytest.mark.parametrize("change", [{"position": 0}, {"head": "00"}, {"more": 1}], ids=str)
def test_an_upload_in_another_form(change: dict[str, int | str]) -> None:
    entry = canonical_json(json.loads(an_upload(1)) | change)
    with pytest.raises(tool.Fault, match="ledger-malformed"):
        tool.check_uploads([entry])


def test_the_mark_of_a_ticket_that_was_entered() -> None:
    entries = [an_upload(1), an_upload(2)]
    tag = sealed_raffle.secret("unit-7", 2).hex()[:16]
    tool.check_mark(f"unit-7 2 {tag}", entries)
    for mark in (f"unit-7 1 {tag}", f"unit-8 2 {tag}", f"unit-7 2 {'0' * 16}"):
        with pytest.raises(tool.Fault, match="mark-not-in-ledger"):
            tool.check_mark(mark, entries)


def test_a_mark_without_a_ledger(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "ledger.jsonl").unlink()
    mark = "unit-7 1 0123456789abcdef"
    assert named(tool.main([str(folder), "--mark", mark]), capsys) == {"mark-not-in-ledger"}


# Tickets


def check(folder: Path, ticket: object) -> int:
    """Run the tool on a ticket."""
    (folder / "ticket.json").write_text(json.dumps(ticket))
    return tool.main([str(folder), "--ticket", str(folder / "ticket.json")])


@pytest.mark.parametrize("number", [0, 3, 12, 29, 30, 59])
def test_every_honest_ticket_passes(number: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Early and late, one number and ten, and two that were voided (3 and 59)."""
    assert check(folder, publication().ticket(number)) == 0
    assert ("ticket void" in capsys.readouterr().out) == (number in {3, 59})


def test_a_ticket_without_a_checkpoint_of_its_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder, publication().ticket(1) | {"checkpoint": None}) == 0
    assert "ticket checkpoint" not in capsys.readouterr().out


def test_a_winning_ticket_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slot = publication().transcript.attempts[2].winners[0].slot
    sales = [order.sale for order in publication().orders]
    number = next(n for n, sale in enumerate(sales) if sale.first <= slot < sale.first + sale.count)
    assert check(folder, publication().ticket(number)) == 0
    assert "1 of them drawn as winners" in capsys.readouterr().out


def change_at(ticket: dict[str, Any], *path: str | int, value: object) -> None:
    *way, last = path
    found: Any = ticket
    for step in way:
        found = found[step]
    found[last] = value


def of_order(number: int) -> Change:
    """Show the record of another order."""
    return lambda ticket: ticket.update(sale=publication().ticket(number)["sale"])


@pytest.mark.parametrize(
    ("number", "change", "fault"),
    [
        (1, lambda ticket: change_at(ticket, "validation", value="0Z1-00000002-X"), "ticket-of-other-order"),
        (1, lambda ticket: change_at(ticket, "order", value="order-2"), "ticket-of-other-order"),
        (1, lambda ticket: change_at(ticket, "salt", value="00" * 16), "ticket-of-other-order"),
        (1, of_order(2), "ticket-of-other-order"),
        (1, lambda ticket: change_at(ticket, "sale", "index", value=2), "ticket-not-in-ledger"),
        (1, lambda ticket: change_at(ticket, "sale", "index", value=999), "ticket-not-in-ledger"),
        (1, lambda ticket: change_at(ticket, "sale", "proof", 0, value="00" * 32), "ticket-not-in-ledger"),
        (1, lambda ticket: ticket["sale"]["proof"].pop(), "ticket-not-in-ledger"),
        (1, lambda ticket: ticket["sale"]["proof"].append("00" * 32), "ticket-not-in-ledger"),
        (1, lambda ticket: ticket["places"].pop(), "ticket-not-in-pool"),
        (1, lambda ticket: ticket["places"].clear(), "ticket-not-in-pool"),
        (1, lambda ticket: change_at(ticket, "places", 0, "position", value=2), "ticket-not-in-pool"),
        (1, lambda ticket: change_at(ticket, "places", 1, "range", value=2), "ticket-not-in-pool"),
        (1, lambda ticket: change_at(ticket, "places", 1, "proof", value=[]), "ticket-not-in-pool"),
        (1, lambda ticket: ticket["checkpoint"]["consistency"].pop(), "checkpoint-forked"),
        (
            1,
            lambda ticket: change_at(ticket, "checkpoint", "consistency", 0, value="00" * 32),
            "checkpoint-forked",
        ),
        (1, lambda ticket: change_at(ticket, "checkpoint", "note", 1, value="1"), "signature-wrong"),
        (1, lambda ticket: change_at(ticket, "checkpoint", "note", 0, value="log"), "signature-wrong"),
        (1, lambda ticket: ticket["checkpoint"]["note"].pop(), "cosignature-missing"),
        (1, lambda ticket: change_at(ticket, "checkpoint", "note", value=["x"]), "checkpoint-malformed"),
        (3, lambda ticket: ticket.update(void=None), "ticket-not-in-pool"),
        (3, lambda ticket: ticket.update(void=publication().ticket(10)["void"]), "ticket-of-other-order"),
        (3, lambda ticket: change_at(ticket, "void", "index", value=1), "ticket-not-in-ledger"),
        (
            3,
            lambda ticket: change_at(ticket, "void", "entry", value=ticket["sale"]["entry"]),
            "ticket-malformed",
        ),
        (
            1,
            lambda ticket: change_at(ticket, "checkpoint", "note", value=OTHER_LOG),
            "checkpoint-of-other-log",
        ),
        (
            1,
            lambda ticket: change_at(ticket, "checkpoint", "note", value=NO_CHECKPOINT),
            "checkpoint-malformed",
        ),
        (1, lambda ticket: change_at(ticket, "sale", "entry", value="1.5"), "ticket-malformed"),
        (
            1,
            lambda ticket: change_at(ticket, "checkpoint", "note", -1, value="— log"),
            "checkpoint-malformed",
        ),
        (
            1,
            lambda ticket: change_at(ticket, "checkpoint", "note", -1, value="— log A"),
            "checkpoint-malformed",
        ),
        (1, lambda ticket: ticket.update(more=1), "ticket-malformed"),
        (1, lambda ticket: ticket.update(salt=7), "ticket-malformed"),
        (1, lambda ticket: change_at(ticket, "sale", "entry", value="{}"), "ticket-malformed"),
        (1, lambda ticket: change_at(ticket, "sale", "entry", value=" {}"), "ticket-malformed"),
        (1, lambda ticket: change_at(ticket, "sale", "index", value=-1), "ticket-malformed"),
    ],
)
def test_a_false_ticket_is_named(
    number: int, change: Change, fault: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = json.loads(json.dumps(publication().ticket(number)))
    change(ticket)
    assert named(check(folder, ticket), capsys) == {fault}


def test_a_voided_ticket_that_takes_part(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Give order 1 a void record that the ledger holds, and leave it in the pool."""
    sold = publication().orders[1]
    void = publication().orders[3].void
    assert void is not None
    record = void.to_json() | {
        "kind": "VOID",
        "order": sold.sale.order.hex(),
        "first": sold.sale.first,
        "count": sold.sale.count,
    }
    entries = (*publication().entries, canonical_json(record))
    transcript = publication().json()
    transcript["seal"] |= {"ledger_size": len(entries), "ledger_root": reference.mth(list(entries)).hex()}
    (folder / "transcript.json").write_bytes(canonical_json(transcript))
    changed = Publication(publication().transcript, publication().pools, entries, publication().orders)
    ticket = changed.ticket(1)
    tree = Levels(entries)
    proof = inclusion_proof(len(entries) - 1, tree.size, tree.node)
    ticket["void"] = {
        "entry": entries[-1].decode(),
        "index": len(entries) - 1,
        "proof": [each.hex() for each in proof],
    }
    assert "void-takes-part" in named(check(folder, ticket), capsys)


@given(st.integers(0, 40), st.integers(0, 40), st.data())
def test_merkle_proofs_agree_with_the_reference(old_size: int, size: int, data: st.DataObject) -> None:
    entries = [bytes([number]) for number in range(size)]
    hashes = st.sampled_from([leaf_hash(entry) for entry in entries] or [bytes(32)])
    honest = []
    if old_size <= size and data.draw(st.booleans()):
        tree = Levels(entries)
        honest = list(consistency_proof(old_size, size, tree.node))
    proof = honest or data.draw(st.lists(hashes, max_size=6))
    old_root, root = reference.mth(entries[:old_size]), reference.mth(entries)
    if 0 < old_size < size:
        assert reference.consistent(old_size, old_root, size, root, proof) == tool.consistent(
            old_size, old_root, size, root, proof
        )
    else:
        assert tool.consistent(old_size, old_root, size, root, proof) == (not proof and old_size <= size)


def run_quietly(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - a fixed list


def write(folder: Path, transcript: bytes, pools: dict[bytes, bytes]) -> None:
    """Publish without the ledger."""
    (folder / "pools").mkdir()
    (folder / "transcript.json").write_bytes(transcript)
    for root, data in pools.items():
        (folder / "pools" / f"{root.hex()}.pool").write_bytes(data)


def flipped(data: bytes, bit: int) -> bytes:
    """The same bytes with another bit."""
    return (int.from_bytes(data) ^ 1 << bit).to_bytes(len(data))
