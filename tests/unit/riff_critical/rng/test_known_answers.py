"""The self-test at first use, and what its failure means."""

from collections.abc import Iterator
from typing import Any

import pytest

from riff_critical.errors import CorruptionError
from riff_critical.rng import GeneratorUnusableError, HmacDrbg, SelfTestError, known_answers, self_test
from riff_critical.rng.mechanism import Mechanism
from tests.support.reference.hmac_drbg import ReferenceHmacDrbg


class WrongGenerate(Mechanism):
    def generate(self, n: int, additional: bytes = b"") -> bytes:
        answer = super().generate(n, additional)
        return answer[:-1] + bytes([answer[-1] ^ 1])


class SmallGenerate(Mechanism):
    def generate(self, n: int, additional: bytes = b"") -> bytes:
        return bytes(len(super().generate(n, additional)))


class LargeGenerate(Mechanism):
    def generate(self, n: int, additional: bytes = b"") -> bytes:
        return b"\xff" * len(super().generate(n, additional))


class LargeGenerateAfterReseed(Mechanism):
    def generate(self, n: int, additional: bytes = b"") -> bytes:
        answer = super().generate(n, additional)
        return answer if additional else b"\xff" * n


class IgnoresAdditionalInput(Mechanism):
    def generate(self, n: int, additional: bytes = b"") -> bytes:
        return super().generate(n, additional[:0])


class IgnoresReseed(Mechanism):
    def reseed(self, entropy: bytes, additional: bytes = b"") -> None:
        pass


class IgnoresAdditionalInputOfReseed(Mechanism):
    def reseed(self, entropy: bytes, additional: bytes = b"") -> None:
        super().reseed(entropy, additional[:0])


class AcceptsShortEntropy(Mechanism):
    def _check_entropy(self, entropy: bytes) -> None:
        pass


class AcceptsOneByteTooFew(Mechanism):
    def _check_entropy(self, entropy: bytes) -> None:
        super()._check_entropy(entropy if len(entropy) != 31 else entropy + b"\0")


class AcceptsOneByteTooMany(Mechanism):
    def generate(self, n: int, additional: bytes = b"") -> bytes:
        return super().generate(n - (n == 2**16 + 1), additional)


class AcceptsLongRequest(Mechanism):
    def generate(self, n: int, additional: bytes = b"") -> bytes:
        return super().generate(min(n, 2**16), additional)


@pytest.fixture
def first_use() -> Iterator[None]:
    """A process that has not used the generator yet."""
    known_answers._verdicts.clear()
    yield
    known_answers._verdicts.clear()


def test_passes() -> None:
    self_test()


def test_the_answers_are_the_reference_s() -> None:
    reference = ReferenceHmacDrbg(
        known_answers._ENTROPY, known_answers._NONCE, known_answers._PERSONALIZATION, "sha256"
    )
    reference.generate(128, known_answers._FIRST_ADDITIONAL)
    assert reference.generate(128, known_answers._SECOND_ADDITIONAL) == known_answers._PUBLISHED_ANSWER
    reference.reseed(known_answers._RESEED_ENTROPY, known_answers._FIRST_ADDITIONAL)
    assert reference.generate(32, b"") == known_answers._RESEEDED_ANSWER


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (WrongGenerate, "generate differs from the published answer"),
        (SmallGenerate, "generate differs from the published answer"),
        (LargeGenerate, "generate differs from the published answer"),
        (LargeGenerateAfterReseed, "reseed differs from the known answer"),
        (IgnoresAdditionalInput, "generate differs from the published answer"),
        (IgnoresReseed, "reseed differs from the known answer"),
        (IgnoresAdditionalInputOfReseed, "reseed differs from the known answer"),
        (AcceptsShortEntropy, "a limit does not hold"),
        (AcceptsOneByteTooFew, "a limit does not hold"),
        (AcceptsOneByteTooMany, "a limit does not hold"),
        (AcceptsLongRequest, "a limit does not hold"),
    ],
)
def test_finds_a_fault(fault: type[Mechanism], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_answers, "Mechanism", fault)
    with pytest.raises(SelfTestError, match=f"^{sentence}$"):
        self_test()


@pytest.mark.usefixtures("first_use")
def test_after_a_failure_no_generator_comes_into_being(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(known_answers, "Mechanism", WrongGenerate)
        with pytest.raises(GeneratorUnusableError, match=r"^the generator failed its self-test$") as refusal:
            HmacDrbg(bytes(32), bytes(16))
        assert isinstance(refusal.value.__cause__, SelfTestError)
    with pytest.raises(GeneratorUnusableError):
        HmacDrbg(bytes(32), bytes(16))


@pytest.mark.usefixtures("first_use")
def test_runs_once_at_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[None] = []
    monkeypatch.setattr(known_answers, "self_test", lambda: runs.append(None))
    assert runs == []
    made: list[Any] = [HmacDrbg(bytes(32), bytes(16)) for _ in range(3)]
    assert len(made) == 3
    assert len(runs) == 1


def test_its_error_stops_the_caller() -> None:
    assert issubclass(SelfTestError, CorruptionError)
    assert SelfTestError.code == "rng-self-test"
