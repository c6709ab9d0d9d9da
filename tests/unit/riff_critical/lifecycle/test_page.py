"""The page on lifecycles shows the tables as they are."""

import sys
from pathlib import Path

import pytest

from tools.generate import lifecycle_diagrams


def test_the_page_is_not_stale() -> None:
    text = lifecycle_diagrams.PAGE.read_text(encoding="utf-8")
    assert lifecycle_diagrams.page(text) == text


def test_writes_what_it_then_finds_fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "lifecycle.md"
    page.write_text("# By hand\n\n" + lifecycle_diagrams.MARKER + "old", encoding="utf-8")
    monkeypatch.setattr(lifecycle_diagrams, "PAGE", page)
    monkeypatch.setattr(sys, "argv", ["lifecycle_diagrams", "--check"])
    assert lifecycle_diagrams.main() == 1
    monkeypatch.setattr(sys, "argv", ["lifecycle_diagrams"])
    assert lifecycle_diagrams.main() == 0
    monkeypatch.setattr(sys, "argv", ["lifecycle_diagrams", "--check"])
    assert lifecycle_diagrams.main() == 0
    assert page.read_text(encoding="utf-8").startswith("# By hand\n\n<!-- From here on")
