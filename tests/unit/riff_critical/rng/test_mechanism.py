"""HMAC_DRBG: published vectors, limits and failure."""

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.errors import CorruptionError, InvalidInputError, RefusedError
from riff_critical.rng import (
    GeneratorUnusableError,
    HmacDrbg,
    RequestSizeError,
    ReseedRequiredError,
    SeedMaterialError,
    UnknownDigestError,
    mechanism,
)
from tests.support.cavp import CavpCase, read_cases
from tests.support.reference.hmac_drbg import ReferenceHmacDrbg
from tests.support.vectors import SHARED_VECTORS

CAVP = SHARED_VECTORS / "cavp-drbg" / "HMAC_DRBG_no_reseed.rsp"
CAVP_CASES = 1680
ENTROPY = bytes(range(32))
NONCE = bytes(range(16))
LONGEST = bytes(2**16)


@pytest.fixture
def drbg() -> HmacDrbg:
    return HmacDrbg(ENTROPY, NONCE)


def answer(case: CavpCase) -> bytes:
    drbg = HmacDrbg(case.entropy, case.nonce, case.personalization, case.digest)
    drbg.generate(len(case.returned), case.additional[0])
    return drbg.generate(len(case.returned), case.additional[1])


@pytest.mark.skipif(not CAVP.exists(), reason="NIST's CAVP vectors do not lie beside this checkout")
def test_every_published_vector() -> None:
    cases = list(read_cases(CAVP))
    assert len(cases) == CAVP_CASES
    assert {case.digest for case in cases} == set(mechanism.STRENGTH_BYTES)
    assert [case.returned for case in cases] == [answer(case) for case in cases]


@given(
    st.sampled_from(sorted(mechanism.STRENGTH_BYTES)),
    st.binary(min_size=32, max_size=80),
    st.binary(min_size=16, max_size=40),
    st.binary(max_size=80),
    st.lists(st.tuples(st.booleans(), st.integers(0, 300), st.binary(max_size=20)), max_size=5),
)
def test_agrees_with_the_reference(
    digest: str, entropy: bytes, nonce: bytes, text: bytes, steps: list[tuple[bool, int, bytes]]
) -> None:
    drbg = HmacDrbg(entropy, nonce, text, digest)
    reference = ReferenceHmacDrbg(entropy, nonce, text, digest)
    for reseeds, length, additional in steps:
        if reseeds:
            drbg.reseed(entropy, additional)
            reference.reseed(entropy, additional)
        assert reference.generate(length, additional) == drbg.generate(length, additional)


def test_uses_sha256_and_no_personalization_by_default(drbg: HmacDrbg) -> None:
    assert ReferenceHmacDrbg(ENTROPY, NONCE, b"", "sha256").generate(40, b"") == drbg.generate(40)


def test_a_long_answer_is_the_reference_s(drbg: HmacDrbg) -> None:
    reference = ReferenceHmacDrbg(ENTROPY, NONCE, b"", "sha256")
    assert reference.generate(2**16, b"") == drbg.generate(2**16)


@pytest.mark.parametrize("name", ["entropy", "nonce", "personalization"])
def test_accepts_the_longest_input_and_refuses_a_longer_one(name: str) -> None:
    given: dict[str, Any] = {"entropy": ENTROPY, "nonce": NONCE, "personalization": b""}
    HmacDrbg(**given | {name: LONGEST})
    with pytest.raises(SeedMaterialError, match=rf"^{name} has \d+ to 65536 bytes: 65537$"):
        HmacDrbg(**given | {name: LONGEST + b"\0"})


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"entropy": ENTROPY[1:]}, "entropy has 32 to 65536 bytes: 31"),
        ({"nonce": NONCE[1:]}, "nonce has 16 to 65536 bytes: 15"),
        ({"nonce": b""}, "nonce has 16 to 65536 bytes: 0"),
    ],
)
def test_refuses_short_seed_material(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SeedMaterialError, match=f"^{sentence}$"):
        HmacDrbg(**{"entropy": ENTROPY, "nonce": NONCE} | given)


def test_refuses_another_hash() -> None:
    names = "sha1, sha224, sha512_224, sha256, sha512_256, sha384, sha512"
    with pytest.raises(UnknownDigestError, match=f"^HMAC_DRBG uses one of {names}: 'md5'$"):
        HmacDrbg(ENTROPY, NONCE, digest="md5")


@pytest.mark.parametrize("length", [-1, 2**16 + 1])
def test_refuses_a_request_out_of_limits_and_changes_nothing(drbg: HmacDrbg, length: int) -> None:
    with pytest.raises(RequestSizeError, match=f"^a request is for 0 to 65536 bytes: {length}$"):
        drbg.generate(length)
    assert HmacDrbg(ENTROPY, NONCE).generate(8) == drbg.generate(8)


def test_refuses_long_additional_input_and_changes_nothing(drbg: HmacDrbg) -> None:
    twin = HmacDrbg(ENTROPY, NONCE)
    assert twin.generate(8, LONGEST) == drbg.generate(8, LONGEST)
    with pytest.raises(SeedMaterialError, match=r"^additional input has 0 to 65536 bytes: 65537$"):
        drbg.generate(8, LONGEST + b"\0")
    with pytest.raises(SeedMaterialError, match=r"^additional input has 0 to 65536 bytes: 65537$"):
        drbg.reseed(ENTROPY, LONGEST + b"\0")
    with pytest.raises(SeedMaterialError, match=r"^entropy has 32 to 65536 bytes: 31$"):
        drbg.reseed(ENTROPY[1:], LONGEST)
    assert twin.generate(8) == drbg.generate(8)


def test_one_seed_serves_a_limited_number_of_requests(drbg: HmacDrbg) -> None:
    drbg.generate(0)
    drbg.generate(0)
    assert drbg._requests == 2
    drbg._requests = 2**48 - 1
    drbg.generate(1)
    with pytest.raises(ReseedRequiredError, match=f"^one seed serves {2**48} requests$"):
        drbg.generate(1)
    drbg._requests = 2**48 + 1
    with pytest.raises(ReseedRequiredError):
        drbg.generate(1)
    drbg.reseed(ENTROPY)
    assert drbg._requests == 0
    assert drbg.generate(1)


def test_an_empty_request_moves_the_state_on(drbg: HmacDrbg) -> None:
    assert drbg.generate(0) == b""
    assert HmacDrbg(ENTROPY, NONCE).generate(8) != drbg.generate(8)


def test_forgets_its_state_on_request(drbg: HmacDrbg) -> None:
    drbg.uninstantiate()
    with pytest.raises(GeneratorUnusableError, match=r"^the generator has no state$"):
        drbg.generate(1)
    with pytest.raises(GeneratorUnusableError, match=r"^the generator has no state$"):
        drbg.reseed(ENTROPY)


def test_a_fault_while_generating_makes_it_unusable(drbg: HmacDrbg, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(mechanism, "new_hash", _no_memory)
        with pytest.raises(MemoryError):
            drbg.generate(1)
    with pytest.raises(GeneratorUnusableError):
        drbg.generate(1)
    with pytest.raises(GeneratorUnusableError):
        drbg.reseed(ENTROPY)


def test_a_fault_while_reseeding_makes_it_unusable(drbg: HmacDrbg, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(mechanism, "new_hash", _no_memory)
        with pytest.raises(MemoryError):
            drbg.reseed(ENTROPY)
    with pytest.raises(GeneratorUnusableError):
        drbg.generate(1)


def test_errors_say_who_can_act() -> None:
    assert issubclass(UnknownDigestError, InvalidInputError)
    assert issubclass(SeedMaterialError, InvalidInputError)
    assert issubclass(RequestSizeError, InvalidInputError)
    assert issubclass(ReseedRequiredError, RefusedError)
    assert issubclass(GeneratorUnusableError, CorruptionError)
    assert (ReseedRequiredError.code, GeneratorUnusableError.code) == ("rng-reseed-required", "rng-unusable")


def test_every_hash_s_strength_is_at_most_its_length() -> None:
    lengths = {name: hashlib.new(name).digest_size for name in mechanism.STRENGTH_BYTES}
    assert all(strength <= lengths[name] for name, strength in mechanism.STRENGTH_BYTES.items())


def _no_memory(*_: object) -> None:
    raise MemoryError
