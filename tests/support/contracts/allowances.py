"""The contract of `AllowanceStore`."""

import pytest

from riff.domain.raffles.raffle import Raffle
from riff.domain.sales.allowance import Allowance
from riff.errors import IntegrityFailureError
from tests.support.builders import a_package, a_raffle
from tests.support.contracts import Stores, undone

PACKAGE = a_package(10, 2000, stock=3)
ENDLESS = a_package(1, 500)


def limited(stores: Stores) -> Raffle:
    """A raffle with a package of three, one without end, and a cap."""
    return stores.raffle(a_raffle().active().with_packages(PACKAGE, ENDLESS).capped(10_000))


class AllowanceStoreContract:
    def test_begins_with_nothing_sold(self, stores: Stores) -> None:
        raffle = limited(stores)
        with stores.critical.begin() as work:
            assert work.allowances.lock(raffle.id, PACKAGE.id) == Allowance(stock=3, cap_minor=10_000)
            assert work.allowances.lock(raffle.id, ENDLESS.id) == Allowance(cap_minor=10_000)

    def test_counts_nothing_where_nothing_is_limited(self, stores: Stores) -> None:
        raffle = stores.raffle(a_raffle().active().with_packages(ENDLESS))
        with stores.critical.begin() as work:
            found = work.allowances.lock(raffle.id, ENDLESS.id)
            assert found == Allowance()
            work.allowances.update(raffle.id, ENDLESS.id, found.after_sale(500))
            assert work.allowances.lock(raffle.id, ENDLESS.id) == Allowance()

    def test_keeps_what_was_taken_of_each(self, stores: Stores) -> None:
        raffle = limited(stores)
        for package in (PACKAGE, PACKAGE, ENDLESS):
            with stores.critical.begin() as work:
                found = work.allowances.lock(raffle.id, package.id)
                work.allowances.update(raffle.id, package.id, found.after_sale(package.price_minor))
        with stores.critical.begin() as work:
            found = work.allowances.lock(raffle.id, PACKAGE.id)
        assert found == Allowance(stock=3, sold=2, cap_minor=10_000, valid_minor=4500)

    def test_forgets_what_a_failed_transaction_took(self, stores: Stores) -> None:
        raffle = limited(stores)
        with undone(stores.critical) as work:
            found = work.allowances.lock(raffle.id, PACKAGE.id)
            work.allowances.update(raffle.id, PACKAGE.id, found.after_sale(2000))
        with stores.critical.begin() as work:
            assert work.allowances.lock(raffle.id, PACKAGE.id) == found

    @pytest.mark.parametrize(("sold", "valid_minor"), [(4, 0), (-1, 0), (0, 10_001), (0, -1)])
    def test_refuses_a_counter_beyond_its_limits(self, stores: Stores, sold: int, valid_minor: int) -> None:
        raffle = limited(stores)
        beyond = Allowance(stock=3, sold=sold, cap_minor=10_000, valid_minor=valid_minor)
        with pytest.raises(IntegrityFailureError), stores.critical.begin() as work:
            work.allowances.update(raffle.id, PACKAGE.id, beyond)
