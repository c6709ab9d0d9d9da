"""Fresh names."""

import time
from uuid import RFC_4122

import pytest

from riff.adapters.system import identifiers
from riff.adapters.system.identifiers import SystemIdentifiers


def test_names_are_uuids_of_version_7() -> None:
    name = SystemIdentifiers().new()
    assert (name.version, name.variant) == (7, RFC_4122)


def test_names_begin_with_the_milliseconds() -> None:
    before = time.time_ns() // 1_000_000
    name = SystemIdentifiers().new()
    assert before <= name.int >> 80 <= time.time_ns() // 1_000_000


@pytest.mark.parametrize(("byte", "rest"), [(b"\x00", 0), (b"\xff", 2**74 - 1)])
def test_all_other_74_bits_are_entropy(monkeypatch: pytest.MonkeyPatch, byte: bytes, rest: int) -> None:
    monkeypatch.setattr(identifiers, "urandom", lambda count: byte * count)
    bits = SystemIdentifiers().new().int
    assert rest == (bits >> 64 & 0xFFF) << 62 | bits & (1 << 62) - 1


def test_names_do_not_repeat() -> None:
    source = SystemIdentifiers()
    assert len({source.new() for _ in range(10_000)}) == 10_000
