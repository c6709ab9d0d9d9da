"""Open an online order and charge for it: one order and one charge, however often the request arrives.

Two transactions with the charge between them.  The first keeps the order under the request's key; the charge
carries the order's name as its own key; the second gives the numbers.  A crash after any step leaves a state
from which the same request, a payment notice or a sweep leads on.
"""

from datetime import timedelta

import attrs

from riff.domain.accounts.actor import PAYMENT_PROCESSOR, Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.checkout.checkout import Buyer, Checkout, RequestKey
from riff.domain.identifiers import OrderId, PackageId, RaffleId, StreamId
from riff.domain.money import Money
from riff.domain.raffles.package import Package
from riff.errors import InvalidRequestError, NotFoundError, UnavailableError
from riff.ports.services import Services
from riff.ports.stores import Work
from riff.usecases.checkout.settle_payment import settle_payment
from riff.usecases.checkout.show_online_order import OnlineOrder, ShowOnlineOrder, show_online_order
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
    """

    actor: Actor
    raffle_id: RaffleId
    package_id: PackageId
    buyer: Buyer
    payment_method: str
    request: RequestKey


def create_online_order(command: CreateOnlineOrder, services: Services) -> OnlineOrder:
    """The order as it stands after the payment was tried: paid, declined, or pending while it is unknown.

    Raises:
        NotFoundError: there is no such raffle, or no such package in it.
        SalesClosedError, PackageNotOnSaleError: it cannot be bought now.
        KeyReusedError: the key belongs to another request.
        InvalidRequestError: the processor does not know the payment method.
    """
    with services.transactions.begin() as work:
        checkout = _open(command, work, services)
    if checkout.state is not OrderState.PENDING:
        return show_online_order(ShowOnlineOrder(checkout.id), services)
    try:
        charge = services.payments.charge(checkout.id, checkout.price, command.payment_method)
    except InvalidRequestError:
        _refuse(checkout.id, services)
        raise
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
    package = _package(command.package_id, work.raffles.packages(raffle.id))
    price = Money(package.price_at(Channel.ONLINE, now, raffle.window), raffle.currency)
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
        )
    )
    if checkout.id == order_id:
        work.events.append(
            StreamId(checkout.id),
            EventKind.CHECKOUT_OPENED,
            now,
            command.actor.label,
            {"raffle": str(raffle.id), "package": str(package.id), "price": price.minor},
        )
    return checkout


def _refuse(order_id: OrderId, services: Services) -> None:
    """Fail an order whose means of payment the processor does not know: nothing was taken."""
    with services.transactions.begin() as work:
        checkout = work.checkouts.lock(order_id)
        if checkout.state is not OrderState.PENDING:
            return
        now = services.clock.now()
        failed = advance(ORDER, checkout.state, OrderEvent.FAIL)
        work.checkouts.update(attrs.evolve(checkout, state=failed, concluded_at=now))
        facts = {"state": failed.value, "cause": "payment method unknown"}
        work.events.append(
            StreamId(order_id), EventKind.CHECKOUT_DECLINED, now, PAYMENT_PROCESSOR.label, facts
        )


def _package(package_id: PackageId, packages: tuple[Package, ...]) -> Package:
    for package in packages:
        if package.id == package_id:
            return package
    raise NotFoundError("There is no such package in this raffle.")
