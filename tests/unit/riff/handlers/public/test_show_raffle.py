"""GET /raffles/{raffle_id}."""

from riff.handlers.public.show_raffle import handler
from riff_critical.lifecycle import RaffleState
from tests.support.gateway import Answer, an_event, ask
from tests.support.stage import Stage


def _show(stage: Stage) -> Answer:
    return ask(
        handler, an_event("GET", "/raffles/{raffle_id}", variables={"raffle_id": str(stage.raffle.id)})
    )


def test_shows_what_the_public_may_see(stage: Stage) -> None:
    answer = _show(stage)
    assert answer.status == 200
    assert answer.body.keys() == {
        *("id", "event_number", "name", "state", "currency", "sales_window", "packages", "prizes")
    }
    assert answer.body["packages"][0]["channels"] == ["online", "reserve", "sales_unit"]
    assert answer.headers["Cache-Control"] == "public, max-age=5"


def test_draft_is_not_visible(stage: Stage) -> None:
    stage.put_in(RaffleState.DRAFT)
    answer = _show(stage)
    assert (answer.status, answer.headers["Cache-Control"]) == (404, "no-store")
