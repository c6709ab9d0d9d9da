"""GET /staff/raffles/{raffle_id}/counterfoils."""

import pytest

from riff.domain.raffles.profile import DrawMode
from riff.handlers.sales.list_counterfoils import handler
from tests.support.builders import a_staff_member
from tests.support.drawing import DrawStage, a_profile
from tests.support.fakes import FakeProfiles, Fakes
from tests.support.gateway import STAFF_SUBJECT, an_event, ask, claims
from tests.support.wired import wired


def test_pages_through_every_number_of_a_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    with wired(monkeypatch, Fakes(profiles=FakeProfiles(a_profile(DrawMode.MANUAL)))) as fakes:
        draws = DrawStage.of(DrawMode.MANUAL, fakes=fakes).sell(3).reconciled()
        draws.seal_it()
        member = a_staff_member(organization_id=draws.stage.organization.id, subject=STAFF_SUBJECT)
        fakes.transactions.add_staff(member)
        numbers: list[int] = []
        following: str | None = ""
        while following is not None:
            event = an_event(
                "GET",
                "/staff/raffles/{raffle_id}/counterfoils",
                variables={"raffle_id": str(draws.stage.raffle.id)},
                query={"draw": ["2"], "limit": ["20"]} | ({"cursor": [following]} if following else {}),
                token=claims(),
            )
            page = ask(handler, event).body
            assert page["event_number"] == draws.stage.raffle.event_number
            numbers += [foil["number"] for foil in page["counterfoils"]]
            following = page.get("next_cursor")
        assert numbers == [number for ticket in draws.tickets() for number in ticket.numbers]
