"""A slow, literal second opinion on `riff_critical.selling`.

Slots are listed one by one and fractions are `Fraction`s; nothing is imported from the core.  Each decision
takes and returns the JSON of tests/vectors/selling.json; a refusal is `Refusal` with the permanent code.
"""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

type Json = dict[str, Any]

LARGEST_SLOTS: Final = 1_000_000_000
LARGEST: Final = 9_007_199_254_740_991


class Refusal(Exception):  # noqa: N818  # a refusal is an expected answer here
    """The decision is no, for this reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def whole(given: Mapping[str, Any], name: str, low: int = 0, high: int = LARGEST) -> int:
    value = given[name]
    if isinstance(value, bool) or not isinstance(value, int) or value < low or value > high:
        raise Refusal("not-an-integer")
    return value


def in_order(first: int, following: int, end: int) -> None:
    for slot, low in ((first, 0), (following, 0), (end, 1)):
        if slot < low or slot > LARGEST_SLOTS:
            raise Refusal("not-an-integer")
    if first == end or not first <= following <= end:
        raise Refusal("slot-order")


def lease(given: Json) -> Json:
    count = whole(given, "slot_count", 1, LARGEST_SLOTS)
    first, following = whole(given, "first_slot"), whole(given, "next_slot")
    in_order(first, following, first + count)
    size = whole(given, "size", 1, LARGEST_SLOTS)
    free = [slot for slot in range(first, first + count) if slot >= following]
    if not free:
        raise Refusal("range-exhausted")
    taken = free[:size]
    return {"first_slot": taken[0], "end_slot": taken[-1] + 1, "next_slot_of_range": taken[-1] + 1}


def issue(given: Json) -> Json:
    first, following = whole(given, "first_slot"), whole(given, "next_slot")
    end = whole(given, "end_slot")
    in_order(first, following, end)
    count = whole(given, "count", 1, LARGEST_SLOTS)
    free = [slot for slot in range(first, end) if slot >= following]
    if len(free) < count:
        raise Refusal("block-exhausted")
    run = free[:count]
    return {
        "first_slot": run[0],
        "end_slot": run[-1] + 1,
        "ordinal": len(range(first, run[0])),
        "next_slot_of_block": run[-1] + 1,
    }


def take_over(given: Json) -> Json:
    expires_at, now = whole(given, "expires_at"), whole(given, "now")
    return {"may_take_over": not now < expires_at}


def window(given: Json) -> Json:
    opens_at, closes_at = whole(given, "opens_at"), whole(given, "closes_at")
    if closes_at <= opens_at:
        raise Refusal("empty-window")
    at = whole(given, "at")
    if at < opens_at:
        raise Refusal("sales-not-open")
    if at >= closes_at:
        raise Refusal("sales-closed")
    return {"open": True}


def price(given: Json) -> Json:
    opens_at, closes_at = whole(given, "opens_at"), whole(given, "closes_at")
    if closes_at <= opens_at:
        raise Refusal("empty-window")
    history = [(whole(change, "in_force_from"), whole(change, "cents", 1)) for change in given["prices"]]
    whole(given, "count", 1, LARGEST_SLOTS)
    known = ("sales_unit", "online", "reserve")
    if any(channel not in known for channel in given["channels"]):
        raise Refusal("not-a-channel")
    ascending = all(earlier[0] < later[0] for earlier, later in pairwise(history))
    if not history or not ascending:
        raise Refusal("price-history")
    if given["channel"] not in known:
        raise Refusal("not-a-channel")
    if given["channel"] not in given["channels"]:
        raise Refusal("package-not-on-sale")
    at = whole(given, "at")
    if at < opens_at or at >= closes_at:
        raise Refusal("package-not-on-sale")
    for start, cents in history:
        others = [other for other, _ in history if start < other <= at]
        if start <= at and not others:
            return {"cents": cents}
    raise Refusal("package-not-on-sale")


def stock(given: Json) -> Json:
    return within(given, "stock", whole(given, "sold") + whole(given, "wanted"), "stock-exhausted")


def sales_cap(given: Json) -> Json:
    return within(given, "cap", whole(given, "valid_cents") + whole(given, "cents"), "sales-cap-reached")


def prize_cap(given: Json) -> Json:
    return within(given, "cap", whole(given, "prize_cents"), "prize-cap-reached")


def within(given: Json, name: str, reached: int, code: str) -> Json:
    if given[name] is not None and reached > whole(given, name):
        raise Refusal(code)
    return {"allowed": True}


def purchase_limit(given: Json) -> Json:
    for name, low in (("max_slots", 0), ("max_cents", 0), ("period", 1)):
        if given[name] is not None:
            whole(given, name, low)
    purchases = [*given["made"], given["wanted"]]
    for purchase in purchases:
        whole(purchase, "at")
        whole(purchase, "slots", 1, LARGEST_SLOTS)
        whole(purchase, "cents", 1)
    now = given["wanted"]["at"]
    counted = [given["wanted"]]
    for purchase in given["made"]:
        age = now - purchase["at"]
        if age >= 0 and (given["period"] is None or age < given["period"]):
            counted.append(purchase)
    for name, what in (("max_slots", "slots"), ("max_cents", "cents")):
        if given[name] is not None and sum(purchase[what] for purchase in counted) > given[name]:
            raise Refusal("purchase-limit-reached")
    return {"allowed": True}


def subtotal(given: Json) -> Json:
    sold_slots, sold_cents = whole(given, "sold_slots", 0, LARGEST_SLOTS), whole(given, "sold_cents")
    voided_slots = whole(given, "voided_slots", 0, LARGEST_SLOTS)
    voided_cents = whole(given, "voided_cents")
    if voided_slots > sold_slots or voided_cents > sold_cents:
        raise Refusal("voided-exceeds-sold")
    return {"valid_slots": sold_slots - voided_slots, "valid_cents": sold_cents - voided_cents}


def withdraw(given: Json) -> Json:
    subtotal(given["subtotal"])
    order = given["order"]
    slots, cents = whole(order, "slots", 1, LARGEST_SLOTS), whole(order, "cents", 1)
    if not isinstance(given["reason"], str):
        raise Refusal("not-a-reason")
    if order["state"] != "paid":
        raise Refusal("transition-refused")
    open_in = ["active", "suspended", "sales_closed", "reconciling"]
    if given["by"] == "refund":
        open_in.append("cancelled")
    if given["raffle"] not in open_in or given["reason"].strip() == "":
        raise Refusal("guard-unsatisfied")
    after = dict(given["subtotal"])
    after["voided_slots"] += slots
    after["voided_cents"] += cents
    subtotal(after)
    return {"state": {"void": "voided", "refund": "refunded"}[given["by"]], "subtotal": after}


def jackpot(given: Json) -> Json:
    share = whole(given, "share_basis_points", 0, 10_000)
    seed, minimum = whole(given, "seed_cents"), whole(given, "minimum_cents")
    unit, fees = whole(given, "rounding_unit", 1), whole(given, "fees_cents")
    if given["basis"] not in ("gross", "net") or given["rounding"] not in ("down", "up", "nearest"):
        raise Refusal("jackpot-rules")
    cap = given["cap_cents"]
    if cap is not None and whole(given, "cap_cents") < max(seed, minimum):
        raise Refusal("jackpot-rules")
    valid = subtotal(given["sales"])["valid_cents"]
    base = max(0, valid - fees) if given["basis"] == "net" else valid
    exact = seed + Fraction(base * share, 10_000)
    multiples = {
        "down": math.floor(exact / unit),
        "up": math.ceil(exact / unit),
        "nearest": math.floor(exact / unit + Fraction(1, 2)),
    }
    uncapped = max(minimum, multiples[given["rounding"]] * unit)
    amount = uncapped if cap is None else min(cap, uncapped)
    if uncapped > LARGEST:
        raise Refusal("not-an-integer")
    return {
        "base_cents": base,
        "uncapped_cents": uncapped,
        "amount_cents": amount,
        "proceeds_cents": base - amount,
    }


def divide(given: Json) -> Json:
    amount, winners = whole(given, "amount_cents"), whole(given, "winners", 1, LARGEST_SLOTS)
    parts = [0] * winners
    for cent in range(amount):
        parts[cent % winners] += 1
    return {"parts": parts}


DECISIONS: Final[Mapping[str, Callable[[Json], Json]]] = {
    "lease": lease,
    "issue": issue,
    "take_over": take_over,
    "window": window,
    "price": price,
    "stock": stock,
    "sales_cap": sales_cap,
    "prize_cap": prize_cap,
    "purchase_limit": purchase_limit,
    "subtotal": subtotal,
    "withdraw": withdraw,
    "jackpot": jackpot,
    "divide": divide,
}


def decide(decision: str, given: Json) -> Json:
    """The answer as the vectors state it: `output`, or the `error` code of the refusal."""
    try:
        return {"result": "valid", "output": DECISIONS[decision](given)}
    except Refusal as refusal:
        return {"result": "invalid", "error": refusal.code}
