"""Write tests/vectors/selling.json: `python -m tools.vectors.selling`.

Every answer is the slow reference's.
"""

from collections.abc import Iterator
from typing import Any

from tests.support.reference import selling as reference
from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "an ordinary decision",
    "Boundary": "the last value on one side of a limit",
    "Remainder": "a fraction of a cent, or cents that do not divide",
    "Exhausted": "nothing, or too little, is left",
    "Contradiction": "values that cannot hold together",
    "NotAnInteger": "a truth value, fraction or text where a whole number is due, or one out of bounds",
    "WrongState": "the order or the raffle is not in a state for it",
    "UnknownWord": "a word that names nothing",
}
LARGEST = 2**53 - 1
type Change = tuple[str, str, dict[str, Any]]

RANGE = {"first_slot": 100, "slot_count": 25, "next_slot": 110, "size": 10}
RANGE_CHANGES: tuple[Change, ...] = (
    ("a block from the front of what is left", "Normal", {}),
    ("the first block", "Normal", {"next_slot": 100}),
    ("exactly the rest", "Boundary", {"size": 15}),
    ("a shorter last block", "Boundary", {"size": 16}),
    ("one slot left", "Boundary", {"next_slot": 124}),
    ("nothing left", "Exhausted", {"next_slot": 125}),
    ("next slot before the range", "Contradiction", {"next_slot": 99}),
    ("next slot behind the range", "Contradiction", {"next_slot": 126}),
    ("an empty range", "NotAnInteger", {"slot_count": 0}),
    ("a block of nothing", "NotAnInteger", {"size": 0}),
    ("a negative block", "NotAnInteger", {"size": -1}),
    ("size true", "NotAnInteger", {"size": True}),
    ("size 10.0", "NotAnInteger", {"size": 10.0}),
    ("size as text", "NotAnInteger", {"size": "10"}),
    ("no size", "NotAnInteger", {"size": None}),
    ("next slot false", "NotAnInteger", {"next_slot": False}),
    ("a range behind the largest number space", "NotAnInteger", {"first_slot": 10**9, "next_slot": 10**9}),
)
BLOCK = {"first_slot": 100, "end_slot": 120, "next_slot": 105, "count": 5}
BLOCK_CHANGES: tuple[Change, ...] = (
    ("a run from the front of what is left", "Normal", {}),
    ("the first run has ordinal 0", "Normal", {"next_slot": 100}),
    ("exactly the rest", "Boundary", {"count": 15}),
    ("one number more than the rest", "Exhausted", {"count": 16}),
    ("a full block", "Exhausted", {"next_slot": 120, "count": 1}),
    ("next slot before the block", "Contradiction", {"next_slot": 99}),
    ("next slot behind the block", "Contradiction", {"next_slot": 121}),
    ("a block without slots", "Contradiction", {"end_slot": 100, "next_slot": 100}),
    ("no numbers", "NotAnInteger", {"count": 0}),
    ("minus one number", "NotAnInteger", {"count": -1}),
    ("count true", "NotAnInteger", {"count": True}),
    ("count 1.5", "NotAnInteger", {"count": 1.5}),
)
LEASE = {"expires_at": 1_000, "now": 999}
LEASE_CHANGES: tuple[Change, ...] = (
    ("one microsecond before the expiry", "Boundary", {}),
    ("the instant of expiry", "Boundary", {"now": 1_000}),
    ("after it", "Normal", {"now": 5_000}),
    ("a time before the epoch", "NotAnInteger", {"now": -1}),
    ("a fraction of a microsecond", "NotAnInteger", {"now": 999.5}),
)
WINDOW = {"opens_at": 1_000, "closes_at": 2_000, "at": 1_500}
WINDOW_CHANGES: tuple[Change, ...] = (
    ("inside", "Normal", {}),
    ("the instant of opening", "Boundary", {"at": 1_000}),
    ("the last microsecond", "Boundary", {"at": 1_999}),
    ("one microsecond early", "Boundary", {"at": 999}),
    ("the instant of closing", "Boundary", {"at": 2_000}),
    ("closes as it opens", "Contradiction", {"closes_at": 1_000}),
    ("closes before it opens", "Contradiction", {"closes_at": 999}),
    ("at true", "NotAnInteger", {"at": True}),
)
_HISTORY = [{"in_force_from": 900, "cents": 500}, {"in_force_from": 1_200, "cents": 700}]
PRICE = {
    "count": 3,
    "prices": _HISTORY,
    "channels": ["online", "sales_unit"],
    "opens_at": 1_000,
    "closes_at": 2_000,
    "channel": "online",
    "at": 1_500,
}
PRICE_CHANGES: tuple[Change, ...] = (
    ("the last change", "Normal", {}),
    ("the change before it", "Normal", {"at": 1_100}),
    ("the instant of a change", "Boundary", {"at": 1_200}),
    ("one microsecond before a change", "Boundary", {"at": 1_199}),
    ("before the first price", "Exhausted", {"prices": [{"in_force_from": 1_501, "cents": 500}]}),
    ("another channel", "WrongState", {"channel": "reserve"}),
    ("no channel at all", "WrongState", {"channels": []}),
    ("before its window", "Boundary", {"at": 999}),
    ("the end of its window", "Boundary", {"at": 2_000}),
    ("an empty history", "Contradiction", {"prices": []}),
    ("a history that runs backwards", "Contradiction", {"prices": _HISTORY[::-1]}),
    ("two prices at one instant", "Contradiction", {"prices": [_HISTORY[0], _HISTORY[0]]}),
    ("a price of nothing", "NotAnInteger", {"prices": [{"in_force_from": 0, "cents": 0}]}),
    ("a price in fractions", "NotAnInteger", {"prices": [{"in_force_from": 0, "cents": 4.99}]}),
    ("a package of nothing", "NotAnInteger", {"count": 0}),
    ("an unknown channel", "UnknownWord", {"channel": "kiosk"}),
    ("an unknown channel of the package", "UnknownWord", {"channels": ["kiosk"]}),
)
STOCK = {"stock": 10, "sold": 9, "wanted": 1}
STOCK_CHANGES: tuple[Change, ...] = (
    ("the last one", "Boundary", {}),
    ("no limit", "Normal", {"stock": None}),
    ("one too many", "Exhausted", {"wanted": 2}),
    ("none left", "Exhausted", {"sold": 10}),
    ("a stock of none", "Exhausted", {"stock": 0, "sold": 0}),
    ("sold true", "NotAnInteger", {"sold": True}),
    ("a negative stock", "NotAnInteger", {"stock": -1, "sold": 0, "wanted": 0}),
)
SALES_CAP = {"cap": 1_000, "valid_cents": 900, "cents": 100}
SALES_CAP_CHANGES: tuple[Change, ...] = (
    ("exactly the cap", "Boundary", {}),
    ("no cap", "Normal", {"cap": None}),
    ("one cent over the cap", "Exhausted", {"cents": 101}),
    ("a void that would make room is none", "NotAnInteger", {"cents": -1}),
)
PRIZE_CAP = {"cap": 1_000, "prize_cents": 1_000}
PRIZE_CAP_CHANGES: tuple[Change, ...] = (
    ("exactly the cap", "Boundary", {}),
    ("no cap", "Normal", {"cap": None}),
    ("one cent over the cap", "Exhausted", {"prize_cents": 1_001}),
    ("a fraction", "NotAnInteger", {"prize_cents": 999.5}),
)
_MADE = [{"at": 100, "slots": 4, "cents": 400}, {"at": 200, "slots": 4, "cents": 400}]
LIMIT = {
    "max_slots": 10,
    "max_cents": 1_000,
    "period": None,
    "made": _MADE,
    "wanted": {"at": 300, "slots": 2, "cents": 200},
}
LIMIT_CHANGES: tuple[Change, ...] = (
    ("exactly both limits", "Boundary", {}),
    ("no limits", "Normal", {"max_slots": None, "max_cents": None}),
    ("one number too many", "Exhausted", {"max_slots": 9}),
    ("one cent too many", "Exhausted", {"max_cents": 999}),
    ("a purchase as old as the period no longer counts", "Boundary", {"max_slots": 6, "period": 200}),
    ("one a microsecond younger still counts", "Boundary", {"max_slots": 6, "period": 201}),
    (
        "a later purchase, uploaded before, does not count",
        "Boundary",
        {"max_slots": 6, "made": [{"at": 301, "slots": 9, "cents": 900}]},
    ),
    (
        "one at the same instant counts",
        "Boundary",
        {"max_slots": 6, "made": [{"at": 300, "slots": 9, "cents": 900}]},
    ),
    ("a period of nothing", "NotAnInteger", {"period": 0}),
    ("a negative limit", "NotAnInteger", {"max_slots": -1}),
    ("nothing wanted", "NotAnInteger", {"wanted": {"at": 300, "slots": 0, "cents": 200}}),
    ("nothing paid", "NotAnInteger", {"wanted": {"at": 300, "slots": 1, "cents": 0}}),
)
SUBTOTAL = {"sold_slots": 10, "sold_cents": 2_000, "voided_slots": 4, "voided_cents": 800}
SUBTOTAL_CHANGES: tuple[Change, ...] = (
    ("some voided", "Normal", {}),
    ("all voided", "Boundary", {"voided_slots": 10, "voided_cents": 2_000}),
    ("more numbers voided than sold", "Contradiction", {"voided_slots": 11}),
    ("more money voided than sold", "Contradiction", {"voided_cents": 2_001}),
    ("more money than can be published", "NotAnInteger", {"sold_cents": LARGEST + 1}),
    ("negative numbers", "NotAnInteger", {"voided_slots": -1}),
)
WITHDRAW = {
    "by": "void",
    "order": {"state": "paid", "slots": 3, "cents": 600},
    "raffle": "active",
    "reason": "printed twice",
    "subtotal": SUBTOTAL,
}
_STATES = ("pending", "voided", "refunded", "failed", "expired")
_REFUSING = ("draft", "configured", "reconciled", "sealed", "drawing", "completed", "cancelled")
WITHDRAW_CHANGES: tuple[Change, ...] = (
    *((f"void while {word}", "Normal", {"raffle": word}) for word in ("active", "suspended")),
    *((f"void while {word}", "Boundary", {"raffle": word}) for word in ("sales_closed", "reconciling")),
    ("refund while active", "Normal", {"by": "refund"}),
    ("refund of a cancelled raffle", "Boundary", {"by": "refund", "raffle": "cancelled"}),
    *((f"void while {word}", "WrongState", {"raffle": word}) for word in _REFUSING),
    *((f"refund while {word}", "WrongState", {"by": "refund", "raffle": word}) for word in _REFUSING[:-1]),
    *(
        (f"void of an order {word}", "WrongState", {"order": {"state": word, "slots": 3, "cents": 600}})
        for word in _STATES
    ),
    *(
        (
            f"refund of an order {word}",
            "WrongState",
            {"by": "refund", "order": {"state": word, "slots": 3, "cents": 600}},
        )
        for word in _STATES
    ),
    ("without a reason", "WrongState", {"reason": ""}),
    ("with a blank for a reason", "WrongState", {"reason": " \t"}),
    ("with no text for a reason", "UnknownWord", {"reason": None}),
    (
        "of more numbers than were sold",
        "Contradiction",
        {"order": {"state": "paid", "slots": 7, "cents": 600}},
    ),
    (
        "of more money than was taken",
        "Contradiction",
        {"order": {"state": "paid", "slots": 3, "cents": 1_201}},
    ),
    ("of no numbers", "NotAnInteger", {"order": {"state": "paid", "slots": 0, "cents": 600}}),
)
JACKPOT = {
    "share_basis_points": 5_000,
    "basis": "gross",
    "seed_cents": 0,
    "minimum_cents": 0,
    "cap_cents": None,
    "rounding_unit": 1,
    "rounding": "down",
    "sales": {"sold_slots": 100, "sold_cents": 20_001, "voided_slots": 0, "voided_cents": 0},
    "fees_cents": 0,
}
_VOIDED = {"sold_slots": 100, "sold_cents": 20_001, "voided_slots": 100, "voided_cents": 20_001}
_LARGE = {"sold_slots": 1, "sold_cents": LARGEST, "voided_slots": 0, "voided_cents": 0}
JACKPOT_CHANGES: tuple[Change, ...] = (
    ("half a cent is the organization's", "Remainder", {}),
    ("half a cent up is the winner's", "Remainder", {"rounding": "up"}),
    ("half a cent is nearest to the cent above", "Remainder", {"rounding": "nearest"}),
    ("a third", "Remainder", {"share_basis_points": 3_333}),
    ("whole hundreds, down", "Remainder", {"rounding_unit": 100, "share_basis_points": 5_040}),
    ("whole hundreds, up", "Remainder", {"rounding_unit": 100, "rounding": "up"}),
    ("whole hundreds, nearest", "Remainder", {"rounding_unit": 100, "rounding": "nearest"}),
    ("nothing sold leaves the seed", "Boundary", {"sales": _VOIDED, "seed_cents": 7_000}),
    ("the seed is added to the share", "Normal", {"seed_cents": 7_000}),
    ("the minimum holds", "Boundary", {"minimum_cents": 10_001}),
    ("the minimum is passed", "Boundary", {"minimum_cents": 10_000}),
    ("the cap holds", "Boundary", {"cap_cents": 9_999}),
    ("the cap is reached", "Boundary", {"cap_cents": 10_000}),
    (
        "the cap outdoes rounding up",
        "Boundary",
        {"cap_cents": 10_050, "rounding": "up", "rounding_unit": 100},
    ),
    ("fees do not count in gross", "Normal", {"fees_cents": 1_001}),
    ("fees count in net", "Normal", {"basis": "net", "fees_cents": 1_001}),
    ("fees above sales leave nothing", "Boundary", {"basis": "net", "fees_cents": 20_002}),
    ("no share", "Boundary", {"share_basis_points": 0}),
    ("everything", "Boundary", {"share_basis_points": 10_000}),
    ("the largest sales", "Boundary", {"sales": _LARGE, "share_basis_points": 9_999}),
    ("the cap is below the seed", "Contradiction", {"seed_cents": 2, "cap_cents": 1}),
    ("the cap is below the minimum", "Contradiction", {"minimum_cents": 2, "cap_cents": 1}),
    ("more than everything", "NotAnInteger", {"share_basis_points": 10_001}),
    ("a share in per cent", "NotAnInteger", {"share_basis_points": 50.0}),
    ("a negative seed", "NotAnInteger", {"seed_cents": -1}),
    ("a negative minimum", "NotAnInteger", {"minimum_cents": -1}),
    ("a negative cap", "NotAnInteger", {"cap_cents": -1}),
    ("negative fees", "NotAnInteger", {"fees_cents": -1}),
    ("multiples of nothing", "NotAnInteger", {"rounding_unit": 0}),
    ("an unknown basis", "UnknownWord", {"basis": "profit"}),
    ("an unknown rounding", "UnknownWord", {"rounding": "bankers"}),
    ("a prize that cannot be published", "NotAnInteger", {"sales": _LARGE, "seed_cents": LARGEST}),
)
DIVIDE = {"amount_cents": 1_000, "winners": 3}
DIVIDE_CHANGES: tuple[Change, ...] = (
    ("one cent over goes to the first", "Remainder", {}),
    ("two cents over go to the first two", "Remainder", {"amount_cents": 1_001}),
    ("fewer cents than winners", "Remainder", {"amount_cents": 2}),
    ("nothing", "Boundary", {"amount_cents": 0}),
    ("one winner", "Normal", {"winners": 1}),
    ("nobody", "NotAnInteger", {"winners": 0}),
    ("winners true", "NotAnInteger", {"winners": True}),
    ("a negative prize", "NotAnInteger", {"amount_cents": -1}),
)
SUBJECTS: tuple[tuple[str, dict[str, Any], tuple[Change, ...]], ...] = (
    ("lease", RANGE, RANGE_CHANGES),
    ("issue", BLOCK, BLOCK_CHANGES),
    ("take_over", LEASE, LEASE_CHANGES),
    ("window", WINDOW, WINDOW_CHANGES),
    ("price", PRICE, PRICE_CHANGES),
    ("stock", STOCK, STOCK_CHANGES),
    ("sales_cap", SALES_CAP, SALES_CAP_CHANGES),
    ("prize_cap", PRIZE_CAP, PRIZE_CAP_CHANGES),
    ("purchase_limit", LIMIT, LIMIT_CHANGES),
    ("subtotal", SUBTOTAL, SUBTOTAL_CHANGES),
    ("withdraw", WITHDRAW, WITHDRAW_CHANGES),
    ("jackpot", JACKPOT, JACKPOT_CHANGES),
    ("divide", DIVIDE, DIVIDE_CHANGES),
)


def cases() -> Cases:
    """All cases: of each decision a sound input, and one change of it at a time."""
    found = Cases("Decisions of selling", "tools/vectors/selling.py", FLAGS)
    for operation, comment, flag, given in _inputs():
        answer = reference.decide(operation, given)
        if answer["result"] == "valid":
            found.valid(operation, comment, [flag], given, answer["output"])
        else:
            found.invalid(operation, comment, [flag], given, answer["error"])
    return found


def _inputs() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for operation, sound, changes in SUBJECTS:
        for comment, flag, change in changes:
            yield operation, comment, flag, sound | change


if __name__ == "__main__":
    cases().write("selling.json")
