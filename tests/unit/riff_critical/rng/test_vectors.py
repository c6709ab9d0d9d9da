"""The generator and the selection against vectors: NIST's, and ours."""

from io import BytesIO
from typing import Any

import pytest

from riff_critical.rng import HmacDrbg, below, sample
from tests.support import vectors
from tools.vectors import drbg as drbg_tool
from tools.vectors import selection as selection_tool


def run_drbg(given: dict[str, Any]) -> list[str]:
    drbg = HmacDrbg(
        bytes.fromhex(given["entropy"]),
        bytes.fromhex(given["nonce"]),
        bytes.fromhex(given["personalization"]),
        given["digest"],
    )
    return [answer.hex() for step in given["steps"] if (answer := run_step(drbg, step)) is not None]


def run_step(drbg: HmacDrbg, step: dict[str, Any]) -> bytes | None:
    additional = bytes.fromhex(step["additional"])
    if "reseed" in step:
        drbg.reseed(bytes.fromhex(step["reseed"]), additional)
        return None
    return drbg.generate(step["generate"], additional)


def run_below(given: dict[str, Any]) -> list[int]:
    stream = BytesIO(bytes.fromhex(given["stream"]))
    return [below(stream.read, given["n"]), stream.tell()]


def run_sample(given: dict[str, Any]) -> list[int]:
    stream = BytesIO(bytes.fromhex(given["stream"]))
    return list(sample(stream.read, given["n"], given["k"], given["replacement"]))


OPERATIONS = {"drbg": run_drbg, "below": run_below, "sample": run_sample}


@pytest.mark.parametrize("case", [*vectors.cases("drbg.json"), *vectors.cases("selection.json")])
def test_vector(case: dict[str, Any]) -> None:
    vectors.run(case, OPERATIONS)


def test_vectors_are_what_their_tools_write() -> None:
    vectors.check_file("drbg.json", drbg_tool.cases().text())
    vectors.check_file("selection.json", selection_tool.cases().text())
