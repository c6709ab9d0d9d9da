"""POST /staff/raffles/{raffle_id}/packages/{package_id}/prices."""

from riff.handlers.raffles.change_price import handler
from tests.support.gateway import KEY, Answer, an_event, ask, claims
from tests.support.stage import Stage


def _change(stage: Stage, price_minor: int = 1500, key: str = KEY) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/packages/{package_id}/prices",
        variables={"raffle_id": str(stage.raffle.id), "package_id": str(stage.package.id)},
        body={"price_minor": price_minor, "reason": "The last minutes"},
        headers={"Idempotency-Key": key},
        token=claims(),
    )
    return ask(handler, event)


def test_answers_with_the_history(stage: Stage) -> None:
    answer = _change(stage)
    assert answer.status == 200
    first, second = answer.body["prices"]
    assert (first["price"]["minor"], second["price"]["minor"]) == (2000, 1500)
    assert first["until"] == second["in_force_from"] == "2026-05-01T12:00:05.000000Z"
    assert second["changed_by"].startswith("staff:")
    assert "changed_by" not in first
    assert "until" not in second


def test_repeating_changes_nothing(stage: Stage) -> None:
    assert _change(stage).body == _change(stage).body
    assert len(stage.package.earlier) == 1
    assert len(_change(stage, key="another-key").body["prices"]) == 3
