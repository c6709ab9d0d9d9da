from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.identifiers import PackageId
from riff.domain.raffles.package import EarlierPrice, Package
from riff.domain.raffles.profile import PriceChanges, PriceRules
from riff.domain.raffles.purchase_limit import LimitWindow, PurchaseLimit
from riff.errors import NotFoundError, NotPermittedError, ProfileRefusesError, StateRefusesError
from riff.usecases.checkout.settle_payment import settle_payment
from riff.usecases.raffles.change_price import ChangePrice, change_price
from riff_critical.lifecycle import RaffleState
from tests.support.builders import a_raffle
from tests.support.fakes import NOON, PERMISSIVE, Method
from tests.support.stage import A_STRANGER, Stage, member

IN_FORCE = NOON + timedelta(seconds=5)


def change(stage: Stage, price_minor: int) -> Package:
    command = ChangePrice(stage.manager, stage.raffle.id, stage.package.id, price_minor, "last minutes")
    return change_price(command, stage.fakes.services).package


def test_keeps_every_price_with_who_and_when() -> None:
    stage = Stage.of()
    change(stage, 1500)
    stage.fakes.clock.advance(hours=1)
    changed = change(stage, 1000)
    assert changed == stage.package
    assert changed.price_minor == 1000
    who = stage.manager.label
    assert changed.earlier == (
        EarlierPrice(2000, IN_FORCE, who),
        EarlierPrice(1500, IN_FORCE + timedelta(hours=1), who),
    )


def test_a_sale_pays_the_price_in_force_at_its_instant() -> None:
    stage = Stage.of()
    change(stage, 1500)
    stage.fakes.clock.set(IN_FORCE - timedelta(microseconds=1))
    assert stage.buy("key-1").checkout.price.minor == 2000
    stage.fakes.clock.set(IN_FORCE)
    assert stage.buy("key-2").checkout.price.minor == 1500


def test_an_order_that_was_opened_before_keeps_its_price() -> None:
    stage = Stage.of()
    pending = stage.buy(method=Method.PENDING).checkout
    change(stage, 1500)
    stage.fakes.clock.set(IN_FORCE + timedelta(minutes=1))
    stage.fakes.payments.settle(pending.id)
    settled = settle_payment(stage.fakes.payments.charges[pending.id], stage.fakes.services)
    assert settled.ticket
    assert settled.ticket.order.price.minor == 2000


def test_changes_within_one_instant_follow_one_another() -> None:
    stage = Stage.of()
    change(stage, 1500)
    changed = change(stage, 1000)
    assert [IN_FORCE, IN_FORCE + timedelta(microseconds=1)] == [price.until for price in changed.earlier]


def test_a_change_before_the_opening_is_in_force_from_the_opening_on() -> None:
    opens_at = NOON + timedelta(hours=1)
    stage = Stage.of(a_raffle().active().on_sale(opens_at, opens_at + timedelta(hours=1)))
    change(stage, 1500)
    change(stage, 1200)
    stage.fakes.clock.set(opens_at)
    assert stage.buy().checkout.price.minor == 1200


def test_records_what_changed() -> None:
    stage = Stage.of()
    change(stage, 1500)
    event = stage.fakes.transactions.events()[-1]
    assert event.kind is EventKind.PRICE_CHANGED
    for fact in (b'"before":2000', b'"price":1500', b'"numbers":10', b'"reason":"last minutes"'):
        assert fact in event.record


def test_refuses_where_the_profile_freezes_prices() -> None:
    frozen = attrs.evolve(PERMISSIVE, prices=PriceRules(changes=PriceChanges.FROZEN))
    stage = Stage.of(a_raffle().active().under(frozen))
    with pytest.raises(ProfileRefusesError) as caught:
        change(stage, 1500)
    assert caught.value.facts["rule"] == "prices.changes"
    assert stage.package.earlier == ()


def test_refuses_a_price_that_no_buyer_may_pay() -> None:
    limit = PurchaseLimit(window=LimitWindow.RAFFLE, amount_minor=2500)
    stage = Stage.of(a_raffle().active().under(attrs.evolve(PERMISSIVE, purchase_limits=(limit,))))
    with pytest.raises(ProfileRefusesError) as caught:
        change(stage, 2501)
    assert caught.value.facts["rule"] == "purchase_limits"
    assert change(stage, 2500).price_minor == 2500


@pytest.mark.parametrize(
    "state",
    [state for state in RaffleState if state not in (RaffleState.ACTIVE, RaffleState.SUSPENDED)],
    ids=lambda state: state.value,
)
def test_refuses_a_raffle_that_does_not_sell(state: RaffleState) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    with pytest.raises(StateRefusesError):
        change(stage, 1500)
    assert stage.fakes.transactions.events() == []


def test_refuses_unknown_packages_strangers_and_roles_that_may_not() -> None:
    stage = Stage.of()
    unknown = PackageId(uuid4())
    for actor, package_id, error in (
        (stage.manager, unknown, NotFoundError),
        (A_STRANGER, stage.package.id, NotFoundError),
        (member("operator", stage.organization), stage.package.id, NotPermittedError),
    ):
        with pytest.raises(error):
            change_price(ChangePrice(actor, stage.raffle.id, package_id, 1, "r"), stage.fakes.services)
