"""GET /raffles/{raffle_id}/rules."""

import attrs

from riff.domain.raffles.profile import Gates, PrizeRules, Texts
from riff.domain.raffles.purchase_limit import LimitWindow, PurchaseLimit
from riff.handlers.public.show_rules import handler
from tests.support.fakes import PERMISSIVE
from tests.support.gateway import Answer, an_event, ask
from tests.support.stage import Stage


def _asked(stage: Stage) -> Answer:
    variables = {"raffle_id": str(stage.raffle.id)}
    return ask(handler, an_event("GET", "/raffles/{raffle_id}/rules", variables=variables))


def test_shows_whose_raffle_it_is_and_what_limits_nothing_is_left_out(stage: Stage) -> None:
    answer = _asked(stage)
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "public, max-age=60")
    assert answer.body["licence_number"] == stage.organization.licence_number
    assert (answer.body["profile"], answer.body["draw_modes"]) == ("permissive", ["manual"])
    assert {"sales_cap", "prize_cap", "minimum_age", "claim_days"}.isdisjoint(answer.body)


def test_writes_limits_gates_and_texts_out(stage: Stage) -> None:
    strict = attrs.evolve(
        PERMISSIVE,
        prizes=PrizeRules(cap_minor=500_000, alternates=2),
        purchase_limits=(PurchaseLimit(window=LimitWindow.DAY, numbers=10, amount_minor=5000),),
        gates=Gates(minimum_age=18, buyer_regions=frozenset({"CA-ON"})),
        texts=Texts(rules="Adults only.", helpline="1-800"),
    )
    with stage.fakes.transactions.begin() as work:
        work.raffles.snapshot_profile(stage.raffle.id, strict)
    body = _asked(stage).body
    assert body["prize_cap"]["formatted"] == "CAD 5,000.00"
    assert body["purchase_limits"] == [
        {
            "window": "day",
            "numbers": 10,
            "amount": {"minor": 5000, "currency": "CAD", "formatted": "CAD 50.00"},
        }
    ]
    assert (body["minimum_age"], body["buyer_regions"], body["alternates"]) == (18, ["CA-ON"], 2)
    assert (body["rules_text"], body["helpline"]) == ("Adults only.", "1-800")
