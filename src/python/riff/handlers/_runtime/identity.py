"""Who stands behind a request, from the claims of the gateway's authorizer.

Which pool a token is from is the route's business: the gateway lets only tokens of the pool pass that OpenAPI
names.  Staff and sales units are then looked up by their subject, so that a stranger's token opens nothing
even on a route with the wrong authorizer.
"""

from collections.abc import Mapping
from enum import StrEnum

from riff.domain.accounts.actor import GUEST, Actor, ActorKind
from riff.errors import NotAuthenticatedError
from riff.ports.stores import Transactions


class Caller(StrEnum):
    """Whom a route serves."""

    ANYONE = "anyone"
    STAFF = "staff"
    UNIT = "unit"


def subject(claims: Mapping[str, str] | None) -> str | None:
    """The permanent name of the caller, or None for a guest.

    Raises:
        NotAuthenticatedError: the token is not an identity token.
    """
    if claims is None:
        return None
    # The gateway of AWS takes identity tokens only; others also let access tokens through.
    if claims.get("token_use") != "id" or not claims.get("sub"):
        raise NotAuthenticatedError("The token is not an identity token.")
    return claims["sub"]


def actor(caller: Caller, claims: Mapping[str, str] | None, transactions: Transactions) -> Actor:
    """The actor behind the claims.

    Raises:
        NotAuthenticatedError: the route needs a member of staff or a sales unit, and none has that subject.
    """
    name = subject(claims)
    if caller is Caller.ANYONE:
        return GUEST if name is None else Actor(ActorKind.CUSTOMER, name)
    if caller is Caller.UNIT:
        return _unit(name, transactions)
    with transactions.begin() as work:
        member = None if name is None else work.staff.find(name)
    if member is None:
        raise NotAuthenticatedError("The token belongs to nobody who works here.")
    return Actor(ActorKind.STAFF, member.subject, member.grants)


def _unit(name: str | None, transactions: Transactions) -> Actor:
    """A registered device; what it may do is a matter of its state, which its operations look at."""
    with transactions.begin() as work:
        unit = None if name is None else work.units.find(name)
    if unit is None:
        raise NotAuthenticatedError("The token belongs to no sales unit that is registered.")
    return Actor(ActorKind.UNIT, str(unit.id))
