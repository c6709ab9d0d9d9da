"""Stock, caps and purchase limits: what a sale must not exceed.

Method.  Each rule compares what has been sold with what is wanted and refuses the whole sale when the sum
exceeds the limit; reaching a limit exactly is allowed.  A limit of None is no limit.

* Stock counts how often a package was ever sold.  A void gives no stock back, as a voided number never
  returns.
* The sales cap bounds the money of valid orders.  A void makes room.
* The prize cap, where the rule profile ends sales by it, bounds the prize that the sale would lead to.
  (Where the profile goes on selling, `jackpot` holds the prize at its cap instead.) GLI-31 2.2.1.
* A purchase limit bounds the numbers or the money of one buyer within a period.  At the instant t of a sale
  it counts that buyer's valid purchases s with t - period < s <= t; without a period, all of the raffle.

Exactness under concurrency is the caller's: the facts must be read under the lock of the write that follows.
"""

from riff_critical.declarations import Iterable
from riff_critical.errors import RefusedError
from riff_critical.selling.integers import MAX_SLOTS, require_integer
from riff_critical.values import Value


class StockExhaustedError(RefusedError):
    """The package has been sold as often as its stock allows."""

    code = "stock-exhausted"


class SalesCapReachedError(RefusedError):
    """The sale would bring the total value of sales over its cap."""

    code = "sales-cap-reached"


class PrizeCapReachedError(RefusedError):
    """The sale would bring the prize over its cap."""

    code = "prize-cap-reached"


class PurchaseLimitReachedError(RefusedError):
    """The sale would bring the buyer over the limit of numbers or money."""

    code = "purchase-limit-reached"


class Purchase(Value):
    """One order of a buyer, made or wanted."""

    at: int
    slots: int
    cents: int

    def __post_init__(self) -> None:
        require_integer("at", self.at)
        require_integer("slots", self.slots, 1, MAX_SLOTS)
        require_integer("cents", self.cents, 1)


class PurchaseLimit(Value):
    """How many numbers, and how much money, one buyer may spend within `period` microseconds."""

    max_slots: int | None = None
    max_cents: int | None = None
    period: int | None = None

    def __post_init__(self) -> None:
        _require_limit("max_slots", self.max_slots)
        _require_limit("max_cents", self.max_cents)
        if self.period is not None:
            require_integer("period", self.period, 1)

    def counts(self, purchase: Purchase, at: int) -> bool:
        """Whether a purchase falls into the period that ends at this instant."""
        return purchase.at <= at and (self.period is None or purchase.at > at - self.period)


def require_stock(stock: int | None, sold: int, wanted: int) -> None:
    """Refuse to sell a package more often than its stock.

    Raises:
        StockExhaustedError: sold + wanted exceeds the stock.
    """
    if _exceeds("stock", stock, sold, wanted):
        raise StockExhaustedError(f"{sold} of {stock} sold, {wanted} wanted")


def require_sales_cap(cap: int | None, valid_cents: int, cents: int) -> None:
    """Refuse to bring the total value of valid sales over its cap.

    Raises:
        SalesCapReachedError: valid_cents + cents exceeds the cap.
    """
    if _exceeds("cap", cap, valid_cents, cents):
        raise SalesCapReachedError(f"{valid_cents} of {cap} sold, {cents} wanted")


def require_prize_cap(cap: int | None, prize_cents: int) -> None:
    """Refuse a sale that leads to a prize, reckoned without its cap, above the cap.

    Raises:
        PrizeCapReachedError: the prize would exceed the cap.
    """
    if _exceeds("cap", cap, 0, prize_cents):
        raise PrizeCapReachedError(f"the prize would be {prize_cents}, its cap is {cap}")


def require_purchase_limit(limit: PurchaseLimit, made: Iterable[Purchase], wanted: Purchase) -> None:
    """Refuse to bring one buyer, with the valid purchases `made`, over the limit.

    Raises:
        PurchaseLimitReachedError: the numbers or the money would exceed it.
    """
    counted = [purchase for purchase in made if limit.counts(purchase, wanted.at)]
    slots = sum(purchase.slots for purchase in counted)
    cents = sum(purchase.cents for purchase in counted)
    if _exceeds("max_slots", limit.max_slots, slots, wanted.slots):
        raise PurchaseLimitReachedError(f"{slots} of {limit.max_slots} numbers bought, {wanted.slots} wanted")
    if _exceeds("max_cents", limit.max_cents, cents, wanted.cents):
        raise PurchaseLimitReachedError(f"{cents} of {limit.max_cents} spent, {wanted.cents} wanted")


def _exceeds(name: str, limit: int | None, before: int, wanted: int) -> bool:
    require_integer("before", before)
    require_integer("wanted", wanted)
    _require_limit(name, limit)
    return limit is not None and before + wanted > limit


def _require_limit(name: str, limit: int | None) -> None:
    if limit is not None:
        require_integer(name, limit)
