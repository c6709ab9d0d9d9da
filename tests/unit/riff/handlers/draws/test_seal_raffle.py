"""POST /staff/raffles/{raffle_id}/seal."""

from riff.handlers.draws.seal_raffle import handler
from tests.support.drawing import DrawStage
from tests.support.gateway import KEY, STAFF_SUBJECT, Answer, an_event, ask, claims


def _ask(draws: DrawStage, key: str = KEY, subject: str = STAFF_SUBJECT) -> Answer:
    event = an_event(
        "POST",
        "/staff/raffles/{raffle_id}/seal",
        variables={"raffle_id": str(draws.stage.raffle.id)},
        headers={"Idempotency-Key": key},
        token=claims(subject),
    )
    return ask(handler, event)


def test_answers_with_the_seal_and_its_words(draws: DrawStage) -> None:
    draws.sell().reconciled()
    answer = _ask(draws)
    assert answer.status == 200
    assert answer.body["seal"] == draws.seal.hash().hex()
    assert answer.body["words"] == draws.seal.words()
    assert (answer.body["sold"], answer.body["voided"], answer.body["unsold"]) == (340, 60, 3600)
    assert answer.body["gross"] == {"minor": 68000, "currency": "CAD", "formatted": "CAD 680.00"}
    assert [pool["numbers"] for pool in answer.body["pools"]] == [260, 340]


def test_the_same_command_is_answered_again_and_another_refused(draws: DrawStage) -> None:
    draws.sell().reconciled()
    assert _ask(draws).body == _ask(draws).body
    again = _ask(draws, key="another-key")
    assert (again.status, again.code) == (409, "already-sealed")


def test_what_contradicts_the_manifest_is_named(draws: DrawStage) -> None:
    draws.sell(3).reconciled()
    draws.fakes.clock.advance(days=2)
    answer = _ask(draws)
    assert (answer.status, answer.code, answer.body["fault"]) == (409, "seal-refused", "sealed-at-wrong-time")


def test_wrong_state_is_named(draws: DrawStage) -> None:
    answer = _ask(draws)
    assert (answer.status, answer.code, answer.body["state"]) == (409, "state-refuses", "active")
