"""Open an online order and charge for it: one order and one charge, however often the request arrives.

Two transactions with the charge between them.  The first keeps the order under the request's key; the charge
carries the order's name as its own key; the second gives the numbers.  A crash after any step leaves a state
from which the same request, a payment notice or a sweep leads on.
"""

from datetime import timedelta

import attrs

from riff.domain.accounts.actor import PAYMENT_PROCESSOR, Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.access_token import access_token
from riff.domain.checkout.buyer_key import buyer_key
from riff.domain.checkout.checkout import Buyer, Checkout, RequestKey
from riff.domain.identifiers import OrderId, PackageId, RaffleId, StreamId
from riff.domain.money import Money
from riff.errors import PriceChangedError, UnavailableError, UnknownPaymentMethodError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.checkout.gates import Declared, pass_gates
from riff.usecases.checkout.reservation import given_back, package_of, reserve
from riff.usecases.checkout.settle_payment import settle_payment
from riff.usecases.checkout.show_online_order import (
    OnlineOrder,
    ShowOnlineOrder,
    online_order,
    show_online_order,
)
from riff.usecases.sales.allowance import is_limited
from riff_critical.lifecycle import ORDER, OrderEvent, OrderState, advance
from riff_critical.selling import Channel


@attrs.frozen
class CreateOnlineOrder:
    """What the buyer wants.

    Attributes:
        actor: customer or guest.
        raffle_id: the raffle.
        package_id: what to buy.
        buyer: whom the ticket is sent to.
        payment_method: the payment processor's name for the buyer's means of payment.
        request: recognises the buyer's retries.
        declared: what the buyer says of themselves.
        seen_price_minor: the price that the buyer saw and agreed to, or None.
    """

    actor: Actor
    raffle_id: RaffleId
    package_id: PackageId
    buyer: Buyer
    payment_method: str
    request: RequestKey
    declared: Declared = attrs.field(factory=Declared)
    seen_price_minor: int | None = None


def create_online_order(command: CreateOnlineOrder, services: Services) -> OnlineOrder:
    """The order as it stands after the payment was tried: paid, failed, or pending while it is unknown.

    With it comes the token that opens it to the buyer later; who repeats the request gets the same.

    A means of payment that the processor does not know fails the order, as a decline does: only the processor
    can tell, and the buyer's retry then hears the same.

    Raises:
        NotFoundError: there is no such raffle, or no such package in it.
        SalesClosedError, PackageNotOnSaleError: it cannot be bought now.
        PriceChangedError: the buyer agreed to another price.
        AgeNotConfirmedError, LocationUnknownError, LocationRefusedError: a gate of the rules is closed.
        StockExhaustedError, SalesCapReachedError, PurchaseLimitReachedError: it would be too much.
        KeyReusedError: the key belongs to another request.
    """
    with services.transactions.begin() as work:
        checkout = _open(command, work, services)
        token = access_token(work.raffles.keys(checkout.raffle_id), checkout.id)
    return attrs.evolve(_charged(command, checkout, token, services), access_token=token)


def _charged(command: CreateOnlineOrder, checkout: Checkout, token: str, services: Services) -> OnlineOrder:
    if checkout.state is not OrderState.PENDING:
        return show_online_order(ShowOnlineOrder(checkout.id, token), services)
    if services.clock.now() >= checkout.expires_at:
        # Nothing is taken any more; what was taken before, the sweep finds and returns.
        return OnlineOrder(checkout, None)
    try:
        charge = services.payments.charge(checkout.id, checkout.price, command.payment_method)
    except UnknownPaymentMethodError:
        return _refuse(checkout.id, services)
    except UnavailableError:
        # The money may have been taken.  The order stays pending: the buyer's retry, the processor's notice
        # or the sweep of unknown payments finds out, and whoever does first gives the numbers.
        return OnlineOrder(checkout, None)
    return settle_payment(charge, services)


def _open(command: CreateOnlineOrder, work: Work, services: Services) -> Checkout:
    known = work.checkouts.opened_by(command.request)
    if known is not None:
        return known
    now = services.clock.now()
    raffle = work.raffles.get(command.raffle_id)
    raffle.require_selling(now)
    profile = work.raffles.profile(raffle.id)
    package = package_of(command.package_id, work.raffles.packages(raffle.id))
    price = Money(package.price_at(Channel.ONLINE, now, raffle.window), raffle.currency)
    if command.seen_price_minor not in (None, price.minor):
        raise PriceChangedError("The price has changed since it was shown.", price=price.minor)
    passed = pass_gates(profile.gates, command.declared, command.request.key, services)
    order_id = OrderId(services.identifiers.new())
    checkout = work.checkouts.open(
        Checkout(
            id=order_id,
            raffle_id=raffle.id,
            package_id=package.id,
            numbers=package.numbers,
            price=price,
            buyer=command.buyer,
            request=command.request,
            state=ORDER.initial,
            opened_at=now,
            expires_at=now + timedelta(seconds=services.selling.order_expiry_s),
            reserved=is_limited(raffle, package),
            buyer_key=buyer_key(command.actor, command.buyer) if profile.purchase_limits else None,
        )
    )
    if checkout.id == order_id:
        work.events.append(
            StreamId(checkout.id),
            EventKind.CHECKOUT_OPENED,
            now,
            command.actor.label,
            {"raffle": str(raffle.id), "package": str(package.id), "price": price.minor, **passed},
        )
        # Last, since others wait for it until the commit; nobody can wait for the stream of a new order.
        reserve(checkout, raffle, package, profile, work)
    return checkout


def _refuse(order_id: OrderId, services: Services) -> OnlineOrder:
    """Fail an order whose means of payment the processor does not know: nothing was taken."""
    with services.transactions.begin() as work:
        checkout = work.checkouts.lock(order_id)
        if checkout.state is not OrderState.PENDING:
            return online_order(checkout, work)
        now = services.clock.now()
        state = advance(ORDER, checkout.state, OrderEvent.FAIL)
        failed = attrs.evolve(given_back(checkout, work), state=state, concluded_at=now)
        work.checkouts.update(failed)
        facts = {"state": state.value, "cause": "payment method unknown"}
        work.events.append(
            StreamId(order_id), EventKind.CHECKOUT_DECLINED, now, PAYMENT_PROCESSOR.label, facts
        )
        return OnlineOrder(failed, None)
