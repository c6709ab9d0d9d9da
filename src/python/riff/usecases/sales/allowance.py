"""Stock and caps of a raffle, counted in the transaction of the sale or the void that they concern.

Nothing is read or written where neither the package has a stock nor the raffle a cap.
"""

from riff.domain.identifiers import PackageId
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.allowance import Allowance
from riff.errors import IntegrityFailureError
from riff.ports.stores import Work


def is_limited(raffle: Raffle, package: Package) -> bool:
    """Whether sales of the package are counted, so that it is sold only where the counters are at hand."""
    return package.stock is not None or raffle.sales_cap_minor is not None


def take_allowance(raffle: Raffle, package: Package, price_minor: int, work: Work) -> None:
    """Count an order at this price; whatever else the transaction writes stands or falls with it.

    Raises:
        StockExhaustedError: the package has been sold as often as it may.
        SalesCapReachedError: the raffle's sales would exceed their cap.
        IntegrityFailureError: the counters are not those of the raffle's setup.
    """
    if is_limited(raffle, package):
        found = _locked(raffle, package, work)
        work.allowances.update(raffle.id, package.id, found.after_sale(price_minor))


def return_allowance(raffle: Raffle, package: Package, price_minor: int, work: Work) -> None:
    """Give stock and money back for an order that was counted and will get no numbers."""
    if is_limited(raffle, package):
        found = _locked(raffle, package, work)
        work.allowances.update(raffle.id, package.id, found.after_failure(price_minor))


def return_value(raffle: Raffle, package_id: PackageId, price_minor: int, work: Work) -> None:
    """Give the money of an order that is valid no longer back to the raffle's cap; never its stock."""
    if raffle.sales_cap_minor is not None:
        found = work.allowances.lock(raffle.id, package_id)
        work.allowances.update(raffle.id, package_id, found.after_void(price_minor))


def _locked(raffle: Raffle, package: Package, work: Work) -> Allowance:
    found = work.allowances.lock(raffle.id, package.id)
    if (found.stock, found.cap_minor) != (package.stock, raffle.sales_cap_minor):
        raise IntegrityFailureError("The counters of stock and cap are not those of the raffle's setup.")
    return found
