"""The pure decisions of selling: which slots, at what price, within which limits, for what prize.

Values in, values out; storing, locking and reading the clock are the caller's.  Voiding, which moves an order
through its lifecycle, stands apart in `riff_critical.selling.voiding`.
"""

from riff_critical.selling.blocks import (
    Block,
    BlockExhaustedError,
    Range,
    RangeExhaustedError,
    Run,
    SlotOrderError,
    issue,
    lease,
    may_take_over,
)
from riff_critical.selling.integers import MAX_SLOTS, NotAnIntegerError
from riff_critical.selling.jackpot import (
    Basis,
    Jackpot,
    JackpotRules,
    JackpotRulesError,
    Rounding,
    divide,
    jackpot,
)
from riff_critical.selling.limits import (
    PrizeCapReachedError,
    Purchase,
    PurchaseLimit,
    PurchaseLimitReachedError,
    SalesCapReachedError,
    StockExhaustedError,
    require_prize_cap,
    require_purchase_limit,
    require_sales_cap,
    require_stock,
)
from riff_critical.selling.prices import (
    Channel,
    NotAChannelError,
    Package,
    PackageNotOnSaleError,
    PriceChange,
    PriceHistoryError,
    price_in_force,
)
from riff_critical.selling.subtotals import Subtotal, VoidedExceedsSoldError, balances, total
from riff_critical.selling.window import (
    EmptyWindowError,
    NaiveTimeError,
    SalesClosedError,
    SalesNotOpenError,
    SalesWindow,
    instant,
)

__all__ = [
    "MAX_SLOTS",
    "Basis",
    "Block",
    "BlockExhaustedError",
    "Channel",
    "EmptyWindowError",
    "Jackpot",
    "JackpotRules",
    "JackpotRulesError",
    "NaiveTimeError",
    "NotAChannelError",
    "NotAnIntegerError",
    "Package",
    "PackageNotOnSaleError",
    "PriceChange",
    "PriceHistoryError",
    "PrizeCapReachedError",
    "Purchase",
    "PurchaseLimit",
    "PurchaseLimitReachedError",
    "Range",
    "RangeExhaustedError",
    "Rounding",
    "Run",
    "SalesCapReachedError",
    "SalesClosedError",
    "SalesNotOpenError",
    "SalesWindow",
    "SlotOrderError",
    "StockExhaustedError",
    "Subtotal",
    "VoidedExceedsSoldError",
    "balances",
    "divide",
    "instant",
    "issue",
    "jackpot",
    "lease",
    "may_take_over",
    "price_in_force",
    "require_prize_cap",
    "require_purchase_limit",
    "require_sales_cap",
    "require_stock",
    "total",
]
