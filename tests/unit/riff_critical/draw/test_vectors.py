"""The vectors of the whole package; what they cannot say is in the other modules of this folder."""

from typing import Any

import pytest

from riff_critical.draw import (
    DrawFaultError,
    Seed,
    Transcript,
    commit,
    commit_contribution,
    decode,
    encode,
    measure,
    select,
    verify,
)
from tests.support import vectors
from tools.vectors import draw


def _commit(case: dict[str, Any]) -> str:
    given = bytes.fromhex(case["manifest"]), case["draw"], case["attempt"], bytes.fromhex(case["secret"])
    return commit(*given).value.hex()


def _commit_contribution(case: dict[str, Any]) -> str:
    numbers = case["draw"], case["attempt"]
    value = bytes.fromhex(case["value"])
    return commit_contribution(bytes.fromhex(case["manifest"]), case["party"], *numbers, value).value.hex()


def _pool(case: dict[str, Any]) -> dict[str, Any]:
    ranges = [(first, count) for first, count in case["ranges"]]
    data = encode(ranges)
    assert list(decode(data)) == ranges
    return {"data": data.hex(), **measure(ranges).to_json()}


def _select(case: dict[str, Any]) -> dict[str, Any]:
    seed = Seed(**{name: bytes.fromhex(value) for name, value in case["seed"].items()})
    plan = {name: case[name] for name in ("winners", "alternates", "replacement", "excluded")}
    selection = select(seed.generator().generate, case["numbers"], **plan)
    return {
        "outputs": [block.hex() for block in selection.outputs],
        "winners": list(selection.winners),
        "alternates": list(selection.alternates),
    }


def _verify(case: dict[str, Any]) -> dict[str, Any]:
    data = case["transcript"].encode()
    pools = {bytes.fromhex(root): bytes.fromhex(pool) for root, pool in case["pools"].items()}
    for step in verify(data, pools):
        if step.fault is not None:
            raise DrawFaultError(step.fault, step.detail)
    transcript = Transcript.from_bytes(data)
    return {
        "manifest": transcript.manifest.hash().hex(),
        "seal": transcript.seal.hash().hex(),
        "transcript": transcript.hash().hex(),
        "words": transcript.seal.words(),
    }


OPERATIONS: vectors.Operations = {
    "commit": _commit,
    "commit_contribution": _commit_contribution,
    "pool": _pool,
    "decode": lambda case: [list(each) for each in decode(bytes.fromhex(case["data"]))],
    "select": _select,
    "verify": _verify,
}


@pytest.mark.parametrize("case", vectors.cases("draw.json"))
def test_vector(case: dict[str, Any]) -> None:
    vectors.run(case, OPERATIONS)


def test_vectors_are_current() -> None:
    vectors.check_file("draw.json", draw.cases().text())
