"""The frame around every HTTP handler: authentication, parsing, idempotency, problems, one log line.

A handler takes a `Request` and returns `Ok` or `Created`; everything else happens here, in this order: what
cannot be read or is not valid is refused before the database is touched, then who asks and whether they may,
then whether the same command was answered before.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from typing import Any, overload

import attrs

from riff import wiring
from riff.errors import (
    InvalidRequestError,
    NotAuthenticatedError,
    NotPermittedError,
    RiffError,
)
from riff.handlers._runtime import gateway, idempotency, identity, wire
from riff.handlers._runtime.gateway import Incoming
from riff.handlers._runtime.identity import Caller
from riff.handlers._runtime.log import RequestLog
from riff.handlers._runtime.problems import category, problem
from riff.handlers._runtime.reply import Created, Ok, Reply
from riff.handlers._runtime.request import RawBody, Request

__all__ = ["Caller", "Created", "Endpoint", "Keys", "Ok", "RawBody", "Request", "endpoint"]

_READS = frozenset({"GET", "HEAD"})
# Who has to be somebody, and is looked up.
_KNOWN = {Caller.STAFF: "a member of staff", Caller.UNIT: "a sales unit"}


class Keys(StrEnum):
    """What an operation does with the idempotency key of a request."""

    NONE = "none"
    """There is none: the operation changes nothing, or recognises repeats by other means."""

    ANSWERED = "answered"
    """One transaction holds the change and the answer, which is given again, but for its secrets, to whoever
    asks again."""

    PASSED_ON = "passed_on"
    """The use case spans several transactions and recognises repeats itself."""


type Handler[Body] = Callable[[Request[Body]], Ok[Any] | Created[Any]]


@attrs.frozen
class Endpoint:
    """One operation as Lambda calls it.

    Attributes:
        operation: its name everywhere.
        handler: translates the request.
        body: the class of the body, RawBody, or None.
        query: names of the parameters that may follow the question mark.
        caller: whom it serves.
        permission: what staff must hold somewhere; the use case asks where.
        keys: what becomes of the idempotency key.
    """

    operation: str
    handler: Handler[Any]
    body: type | None
    query: frozenset[str]
    caller: Caller
    permission: str | None
    keys: Keys

    def __call__(self, event: Mapping[str, Any], _context: object) -> Mapping[str, Any]:
        """Serve one request; whatever happens, the caller gets a reply and the log gets one line."""
        log = RequestLog(self.operation, gateway.request_id(event))
        try:
            incoming = gateway.incoming(event)
            reply = self._reply(incoming, log)
        except Exception as error:  # noqa: BLE001 - the one place that turns any error into a reply (H30)
            reply = problem(error, log.request_id, _problem_base())
            log.write(reply.status, error=error, code=category(error).code, replayed=False)
            return reply.event(prefix="")
        log.write(reply.status, error=None, code=None, replayed=reply.replayed)
        return reply.event(incoming.prefix)

    def _reply(self, incoming: Incoming, log: RequestLog) -> Reply:
        if self.caller in _KNOWN and identity.subject(incoming.claims) is None:
            raise NotAuthenticatedError(f"This needs the token of {_KNOWN[self.caller]}.")
        body = self._body(incoming)
        self._refuse_unknown_query(incoming)
        key = None if self.keys is Keys.NONE else idempotency.key_of(incoming)
        if incoming.method not in _READS:
            wiring.require_certified_core()
        with self._transaction():
            actor = identity.actor(self.caller, incoming.claims, wiring.services().transactions)
            log.actor = actor.kind.value
            if self.permission is not None and not actor.holds(self.permission):
                raise NotPermittedError(
                    f"This needs the permission {self.permission}.", permission=self.permission
                )
            if key is None:
                reply = Reply.of(self.handler(Request(body, actor, incoming, None)))
                return reply.unless(incoming.headers.get("if-none-match"))
            claim = idempotency.request_key(incoming, self.operation, actor, key)
            request = Request(body, actor, incoming, claim)
            if self.keys is Keys.PASSED_ON:
                return Reply.of(self.handler(request))
            return idempotency.answered(claim, lambda: self.handler(request))

    def _transaction(self) -> AbstractContextManager[object]:
        """One transaction around everything, where the operation is one; the use case takes part in it."""
        if self.keys is Keys.ANSWERED or (self.caller in _KNOWN and self.keys is Keys.NONE):
            return wiring.services().transactions.begin()
        return nullcontext()

    def _body(self, incoming: Incoming) -> object:
        if self.body is RawBody:
            return RawBody(incoming.headers, incoming.body)
        if self.body is not None:
            return wire.read(incoming.json(), self.body)
        if incoming.body:
            raise InvalidRequestError("This operation takes no body.", [("", "must be empty")])
        return None

    def _refuse_unknown_query(self, incoming: Incoming) -> None:
        violations = [(name, "is not known here") for name in incoming.query if name not in self.query]
        violations += [
            (name, "must occur once") for name, values in incoming.query.items() if len(values) > 1
        ]
        if violations:
            raise InvalidRequestError("A parameter is not valid.", violations)


def _problem_base() -> str | None:
    try:
        return wiring.config().problem_base
    except RiffError:
        return None


@overload
def endpoint[Body](
    *,
    body: type[Body],
    caller: Caller = ...,
    permission: str | None = ...,
    idempotent: bool = ...,
    keyed: bool = ...,
) -> Callable[[Handler[Body]], Endpoint]: ...


@overload
def endpoint(
    *,
    query: tuple[str, ...] = ...,
    caller: Caller = ...,
    permission: str | None = ...,
    idempotent: bool = ...,
) -> Callable[[Handler[None]], Endpoint]: ...


def endpoint(
    *,
    body: type | None = None,
    query: tuple[str, ...] = (),
    caller: Caller = Caller.ANYONE,
    permission: str | None = None,
    idempotent: bool = False,
    keyed: bool = False,
) -> Callable[[Handler[Any]], Endpoint]:
    """Turn a handler into a function that Lambda can call.

    Args:
        body: class of the body; without one the operation takes no body.
        query: names of the parameters that may follow the question mark.
        caller: whom the operation serves; a permission implies staff.
        permission: what the caller must hold in some organization; the use case asks in which.
        idempotent: a command of one transaction, whose answer is kept with it and given again on repeat,
            without the members that are secret (`repr=False`).
        keyed: a command of several transactions, or one whose repeat needs its secrets again; it recognises
            repeats itself by the key it is given.
    """
    keys = Keys.ANSWERED if idempotent else Keys.PASSED_ON if keyed else Keys.NONE
    if body not in (None, RawBody):
        wire.prepare(body)

    def framed(handler: Handler[Any]) -> Endpoint:
        # The module's name is the operation's name; so are those of its use case, its zip and its Lambda.
        operation = handler.__module__.rpartition(".")[2]
        served = Caller.STAFF if permission else caller
        return Endpoint(operation, handler, body, frozenset(query), served, permission, keys)

    return framed
