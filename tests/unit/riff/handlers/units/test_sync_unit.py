"""GET /units/me."""

from riff.handlers.units.sync_unit import handler
from tests.support.asking import ask_as_unit
from tests.support.booth import Booth


def test_tells_what_a_unit_needs_to_sell_alone(booth: Booth) -> None:
    booth.enrol()
    lease = booth.lease()
    answer = ask_as_unit(handler, "/units/me", method="GET")
    assert (answer.status, answer.body["server_time"]) == (200, "2026-05-01T12:00:00.000000Z")
    service = answer.body["service"]
    assert (service["raffle_state"], service["offline_packages"]) == ("active", [str(booth.stage.package.id)])
    (block,) = service["blocks"]
    assert (block["block_id"], block["next_slot"], block["numbers"][0]) == (str(lease.id), 100_000, 100_001)
    assert len(block["validation_key"]) == 64
    assert service["memory"] == {
        "identity": booth.enrolment.memory_identity.decode(),
        "position": 0,
        "tag": booth.stored.mark.tag.hex(),
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_unit_that_serves_nothing_has_no_service(booth: Booth) -> None:
    body = ask_as_unit(handler, "/units/me", method="GET").body
    assert (body["unit"]["id"], body["unit"]["state"]) == (str(booth.unit.id), "registered")
    assert "service" not in body
