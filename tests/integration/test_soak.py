"""A short soak for every change; `./riff soak` runs a long one."""

import pytest

from tests.soak.stage import soak


@pytest.mark.slow
def test_books_hold_after_sales_under_random_faults() -> None:
    findings = soak(seconds=60, sellers=3, seed=2026, report=print)
    assert [finding.line() for finding in findings if finding.faults] == []
    assert len(findings) == 7
