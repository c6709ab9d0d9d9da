"""What an online order holds from its opening on: a part of stock and cap, and of what its buyer may buy.

An order that is paid keeps it; one that fails or expires gives it back in the transaction that concludes it.
So whoever pays in time is not refunded because something was sold out meanwhile, and a crash loses nothing:
the order is a row, and whoever finds it expired gives back what it holds.
"""

import attrs

from riff.domain.checkout.checkout import Checkout
from riff.domain.identifiers import PackageId
from riff.domain.raffles.package import Package
from riff.domain.raffles.profile import RuleProfile
from riff.domain.raffles.purchase_limit import Purchase
from riff.domain.raffles.raffle import Raffle
from riff.errors import NotFoundError
from riff.ports.stores import Work
from riff.usecases.sales.allowance import return_allowance, take_allowance


def reserve(checkout: Checkout, raffle: Raffle, package: Package, profile: RuleProfile, work: Work) -> None:
    """Hold what an order that was opened in this transaction needs.

    Raises:
        PurchaseLimitReachedError: the buyer would exceed a limit of the rule profile.
        StockExhaustedError, SalesCapReachedError: too little is left.
    """
    if profile.purchase_limits:
        wanted = Purchase(checkout.opened_at, checkout.numbers, checkout.price.minor)
        made = work.checkouts.purchases_beside(checkout)
        for limit in profile.purchase_limits:
            limit.require(made, wanted)
    take_allowance(raffle, package, checkout.price.minor, work)


def given_back(checkout: Checkout, work: Work) -> Checkout:
    """The order without what it held, to be stored by the caller; once, however often it is asked for."""
    if not checkout.reserved:
        return checkout
    raffle = work.raffles.get(checkout.raffle_id)
    package = package_of(checkout.package_id, work.raffles.packages(raffle.id))
    return_allowance(raffle, package, checkout.price.minor, work)
    return attrs.evolve(checkout, reserved=False)


def package_of(package_id: PackageId, packages: tuple[Package, ...]) -> Package:
    """The package of that name.

    Raises:
        NotFoundError: the raffle has none.
    """
    for package in packages:
        if package.id == package_id:
            return package
    raise NotFoundError("There is no such package in this raffle.")
