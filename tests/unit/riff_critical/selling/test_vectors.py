"""The core agrees with tests/vectors/selling.json, and a slow reference with both."""

from enum import Enum
from typing import Any, Final, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riff_critical.errors import CriticalError
from riff_critical.lifecycle import OrderState, RaffleState
from riff_critical.selling import (
    Basis,
    Block,
    Channel,
    JackpotRules,
    Package,
    PriceChange,
    Purchase,
    PurchaseLimit,
    Range,
    Rounding,
    SalesWindow,
    Subtotal,
    divide,
    issue,
    jackpot,
    lease,
    may_take_over,
    price_in_force,
    require_prize_cap,
    require_purchase_limit,
    require_sales_cap,
    require_stock,
)
from riff_critical.selling.voiding import SoldOrder, refund, void
from tests.support import vectors
from tests.support.reference import selling as reference
from tools.vectors import selling as tool

type Json = dict[str, Any]


def as_word(kind: type[Enum], word: object) -> object:
    """The member of an enumeration, or the word itself where it names none."""
    return kind(word) if word in {member.value for member in kind} else word


def run_lease(given: Json) -> Json:
    block, rest = lease(Range(given["first_slot"], given["slot_count"], given["next_slot"]), given["size"])
    assert block.next_slot == block.first_slot
    return {
        "first_slot": block.first_slot,
        "end_slot": block.end_slot,
        "next_slot_of_range": rest.next_slot,
    }


def run_issue(given: Json) -> Json:
    run, block = issue(Block(given["first_slot"], given["end_slot"], given["next_slot"]), given["count"])
    return {
        "first_slot": run.first_slot,
        "end_slot": run.end_slot,
        "ordinal": run.ordinal,
        "next_slot_of_block": block.next_slot,
    }


def run_window(given: Json) -> Json:
    window = SalesWindow(given["opens_at"], given["closes_at"])
    window.require_open(given["at"])
    return {"open": window.holds(given["at"])}


def run_price(given: Json) -> Json:
    package = Package(
        window=SalesWindow(given["opens_at"], given["closes_at"]),
        prices=tuple(PriceChange(**change) for change in given["prices"]),
        count=given["count"],
        channels=cast("frozenset[Channel]", frozenset(as_word(Channel, word) for word in given["channels"])),
    )
    return {
        "cents": price_in_force(package, cast("Channel", as_word(Channel, given["channel"])), given["at"])
    }


def run_stock(given: Json) -> Json:
    require_stock(given["stock"], given["sold"], given["wanted"])
    return {"allowed": True}


def run_sales_cap(given: Json) -> Json:
    require_sales_cap(given["cap"], given["valid_cents"], given["cents"])
    return {"allowed": True}


def run_prize_cap(given: Json) -> Json:
    require_prize_cap(given["cap"], given["prize_cents"])
    return {"allowed": True}


def run_purchase_limit(given: Json) -> Json:
    limit = PurchaseLimit(given["max_slots"], given["max_cents"], given["period"])
    made = [Purchase(**purchase) for purchase in given["made"]]
    require_purchase_limit(limit, made, Purchase(**given["wanted"]))
    return {"allowed": True}


def run_subtotal(given: Json) -> Json:
    subtotal = Subtotal(**given)
    return {"valid_slots": subtotal.valid_slots, "valid_cents": subtotal.valid_cents}


def run_withdraw(given: Json) -> Json:
    decide = {"void": void, "refund": refund}[given["by"]]
    order = given["order"] | {"state": OrderState(given["order"]["state"])}
    after = decide(
        SoldOrder(**order), RaffleState(given["raffle"]), given["reason"], Subtotal(**given["subtotal"])
    )
    names = ("sold_slots", "sold_cents", "voided_slots", "voided_cents")
    return {
        "state": after.state.value,
        "subtotal": {name: getattr(after.subtotal, name) for name in names},
    }


def run_jackpot(given: Json) -> Json:
    rules = {name: value for name, value in given.items() if name not in {"sales", "fees_cents"}}
    rules["basis"], rules["rounding"] = (
        as_word(Basis, rules["basis"]),
        as_word(Rounding, rules["rounding"]),
    )
    found = jackpot(JackpotRules(**rules), Subtotal(**given["sales"]), given["fees_cents"])
    return {
        "base_cents": found.base_cents,
        "uncapped_cents": found.uncapped_cents,
        "amount_cents": found.amount_cents,
        "proceeds_cents": found.proceeds_cents,
    }


OPERATIONS: Final[vectors.Operations] = {
    "lease": run_lease,
    "issue": run_issue,
    "take_over": lambda given: {"may_take_over": may_take_over(given["expires_at"], given["now"])},
    "window": run_window,
    "price": run_price,
    "stock": run_stock,
    "sales_cap": run_sales_cap,
    "prize_cap": run_prize_cap,
    "purchase_limit": run_purchase_limit,
    "subtotal": run_subtotal,
    "withdraw": run_withdraw,
    "jackpot": run_jackpot,
    "divide": lambda given: {"parts": list(divide(given["amount_cents"], given["winners"]))},
}


@pytest.mark.parametrize("case", list(vectors.cases("selling.json")))
def test_vector(case: Json) -> None:
    vectors.run(case, OPERATIONS)


def test_the_file_is_what_its_tool_writes() -> None:
    vectors.check_file("selling.json", tool.cases().text())


def answer(operation: str, given: Json) -> Json:
    try:
        return {"result": "valid", "output": OPERATIONS[operation](given)}
    except CriticalError as error:
        return {"result": "invalid", "error": error.code}


NUMBERS: Final = st.one_of(st.integers(-2, 40), st.sampled_from([True, None, 1.0, "1", 2**53, 10**9]))


def mutated(subject: tuple[str, Json, object]) -> st.SearchStrategy[tuple[str, Json]]:
    """A sound input with some of its plain integers replaced by anything."""
    operation, sound, _ = subject
    names = [name for name, value in sound.items() if type(value) is int]
    changes = st.dictionaries(st.sampled_from(names), NUMBERS, max_size=len(names))
    return changes.map(lambda change: (operation, sound | change))


COUNTED_ONE_BY_ONE: Final = {"lease", "issue", "divide"}  # the reference is too slow for large numbers
PLAIN: Final = [
    subject
    for subject in tool.SUBJECTS
    if subject[0] not in {"withdraw", "purchase_limit", *COUNTED_ONE_BY_ONE}
]


@given(st.sampled_from(PLAIN).flatmap(mutated))
def test_agrees_with_the_reference_on_anything(question: tuple[str, Json]) -> None:
    operation, given = question
    assert answer(operation, given)["result"] == reference.decide(operation, given)["result"]


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 60), st.integers(1, 40), st.integers(0, 60))
def test_agrees_with_the_reference_on_slots(
    first: int, count: int, following: int, size: int, end: int
) -> None:
    channel_range = {"first_slot": first, "slot_count": count, "next_slot": following, "size": size}
    assert answer("lease", channel_range) == reference.decide("lease", channel_range)
    block = {"first_slot": first, "end_slot": end, "next_slot": following, "count": size}
    assert answer("issue", block) == reference.decide("issue", block)


MONEY: Final = st.integers(0, 10**9)


@given(
    share=st.integers(0, 10_000),
    basis=st.sampled_from(["gross", "net"]),
    rounding=st.sampled_from(["down", "up", "nearest"]),
    unit=st.integers(1, 10_000),
    amounts=st.tuples(MONEY, MONEY, MONEY, MONEY),
    cap=st.none() | MONEY,
    voided=st.integers(0, 10_000),
)
def test_agrees_with_the_reference_on_jackpots(
    share: int,
    basis: str,
    rounding: str,
    unit: int,
    amounts: tuple[int, int, int, int],
    cap: int | None,
    voided: int,
) -> None:
    sold, fees, seed, minimum = amounts
    given = {
        "share_basis_points": share,
        "basis": basis,
        "seed_cents": seed,
        "minimum_cents": minimum,
        "cap_cents": cap,
        "rounding_unit": unit,
        "rounding": rounding,
        "sales": {
            "sold_slots": 1,
            "sold_cents": sold,
            "voided_slots": 1,
            "voided_cents": sold * voided // 10_000,
        },
        "fees_cents": fees,
    }
    assert answer("jackpot", given) == reference.decide("jackpot", given)
