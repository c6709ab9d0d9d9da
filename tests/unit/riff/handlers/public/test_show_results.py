"""GET /raffles/{raffle_id}/results."""

from riff.handlers.public.show_results import handler
from riff_critical.lifecycle import ClaimState, RaffleState
from tests.support.claims import bought, won
from tests.support.gateway import Answer, an_event, ask
from tests.support.stage import Stage


def _show(stage: Stage) -> Answer:
    path = "/raffles/{raffle_id}/results"
    return ask(handler, an_event("GET", path, variables={"raffle_id": str(stage.raffle.id)}))


def test_shows_no_winner_before_a_result_is_official(stage: Stage) -> None:
    answer = _show(stage)
    assert answer.status == 200
    assert answer.body == {"raffle_id": str(stage.raffle.id), "state": "active", "draws": []}


def test_shows_prizes_numbers_and_claims_and_nobody(stage: Stage) -> None:
    with stage.fakes.transactions.begin() as work:
        (prize,) = work.raffles.prizes(stage.raffle.id)
    first, second = bought(stage, "key-1"), bought(stage, "key-2")
    won(stage, first, draw=2, prize_id=prize.id, expires_at=None)
    won(stage, second, draw=1, prize_id=prize.id, state=ClaimState.PAID)
    stage.put_in(RaffleState.COMPLETED)
    answer = _show(stage)
    assert answer.body["state"] == "completed"
    assert [draw["draw"] for draw in answer.body["draws"]] == [1, 2]
    assert answer.body["draws"][0] == {
        "draw": 1,
        "official_at": "2026-05-01T12:00:00.000000Z",
        "winners": [
            {
                "prize": prize.name,
                "rank": 1,
                "kind": "grand",
                "amount": {"minor": 5000, "currency": "CAD", "formatted": "CAD 50.00"},
                "number": second.numbers[0],
                "claim": "paid",
                "claim_until": "2026-05-02T12:00:00.000000Z",
            }
        ],
    }
    assert "claim_until" not in answer.body["draws"][1]["winners"][0]
    assert "Robin" not in str(answer.body)


def test_a_draft_is_not_visible(stage: Stage) -> None:
    stage.put_in(RaffleState.DRAFT)
    assert _show(stage).status == 404
