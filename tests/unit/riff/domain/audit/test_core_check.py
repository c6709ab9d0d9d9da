import attrs
import pytest

from riff.domain.audit.core_check import CORE_STREAM, CoreCheck
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.audit.significant_event import StreamHead, next_event
from tests.support.fakes import NOON

VALID = CoreCheck(NOON, "system:verify_system", "ab" * 32, "ab" * 32)


@pytest.mark.parametrize(
    ("certified", "kind"),
    [("ab" * 32, EventKind.SYSTEM_VERIFIED), ("cd" * 32, EventKind.SYSTEM_DIFFERS)],
)
def test_its_event_tells_all_of_it(certified: str, kind: EventKind) -> None:
    check = attrs.evolve(VALID, certified_digest=certified)
    event = next_event(StreamHead(), CORE_STREAM, check.kind, NOON, check.checked_by, check.facts)
    assert (event.kind, CoreCheck.of(event)) == (kind, check)
