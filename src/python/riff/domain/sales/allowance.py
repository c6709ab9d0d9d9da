"""What a raffle may still sell of a package: its stock, and the cap on the raffle's sales."""

import attrs

from riff.errors import SalesCapReachedError, StockExhaustedError
from riff_critical import selling


@attrs.frozen(kw_only=True)
class Allowance:
    """Two counters against their limits; one without a limit is not counted and stays 0.

    Orders that wait for their payment count as if they were sold, so that whoever pays gets what was offered.

    Attributes:
        stock: how often the package may be sold, or None.
        sold: how often it was sold, or is about to be.
        cap_minor: the most that the raffle's valid orders may come to, or None.
        valid_minor: what they come to, or are about to.
    """

    stock: int | None = None
    sold: int = 0
    cap_minor: int | None = None
    valid_minor: int = 0

    def after_sale(self, price_minor: int) -> "Allowance":
        """With one more order at this price, by the core's rules.

        Raises:
            StockExhaustedError: the package has been sold as often as it may.
            SalesCapReachedError: the raffle's sales would exceed their cap.
        """
        try:
            selling.require_stock(self.stock, self.sold, 1)
            selling.require_sales_cap(self.cap_minor, self.valid_minor, price_minor)
        except selling.StockExhaustedError as error:
            raise StockExhaustedError("The package is sold out.", stock=self.stock or 0) from error
        except selling.SalesCapReachedError as error:
            raise SalesCapReachedError(
                "The raffle may not sell so much more.", cap=self.cap_minor or 0
            ) from error
        return self._moved(1, price_minor)

    def after_failure(self, price_minor: int) -> "Allowance":
        """Without an order that waited for its payment and will get no numbers."""
        return self._moved(-1, -price_minor)

    def after_void(self, price_minor: int) -> "Allowance":
        """Without the money of an order that was sold; its stock returns as little as its numbers do."""
        return self._moved(0, -price_minor)

    def _moved(self, orders: int, minor: int) -> "Allowance":
        return attrs.evolve(
            self,
            sold=self.sold if self.stock is None else self.sold + orders,
            valid_minor=self.valid_minor if self.cap_minor is None else self.valid_minor + minor,
        )
