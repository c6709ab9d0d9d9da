"""A process that dies at a chosen instant: between two statements, or on either side of the charge."""

from collections.abc import Mapping
from typing import Any

import attrs
import psycopg
from psycopg.rows import DictRow

from riff.adapters.postgres import DatabaseSettings
from riff.domain.checkout.charge import Charge, PaymentNotice
from riff.domain.identifiers import OrderId
from riff.domain.money import Money
from riff.ports.payments import Payments


class DeathError(BaseException):
    """The process is dead.  Nothing of it runs any more: no handler catches this, no statement follows."""


@attrs.define
class Life:
    """How many instants a process lives; every statement and every charge has one on either side.

    Attributes:
        left: instants until death.
        ended: whether it is dead.
    """

    left: int
    ended: bool = False

    def step(self) -> None:
        """Live through one instant.

        Raises:
            DeathError: it was the last, or the process is dead already.
        """
        self.ended = self.ended or self.left <= 0
        self.left -= 1
        if self.ended:
            raise DeathError


@attrs.frozen
class MortalSettings(DatabaseSettings):
    """Connections of a process that dies; what is open when it dies is cut without a word."""

    life: Life = attrs.field(kw_only=True)

    @classmethod
    def of(cls, settings: DatabaseSettings, life: Life) -> "MortalSettings":
        """The same database, for a process with that life."""
        return cls(**attrs.asdict(settings, recurse=False), life=life)

    def connect(self) -> "psycopg.Connection[DictRow]":
        """A new connection that ends with the process."""
        self.life.step()
        connection = super().connect()
        execute = connection.execute

        def mortal(*arguments: Any, **words: Any) -> "psycopg.Cursor[DictRow]":  # noqa: ANN401 - passed on unread
            try:
                self.life.step()
                done = execute(*arguments, **words)
                self.life.step()
            except DeathError:
                connection.close()
                raise
            return done

        connection.execute = mortal  # type: ignore[method-assign] # of this one connection, which no other test sees
        return connection


@attrs.frozen
class MortalPayments:
    """A processor that outlives the process that asks it."""

    payments: Payments
    life: Life

    def charge(self, order_id: OrderId, amount: Money, method: str) -> Charge:
        """Take the amount; the process may die before it is asked for, or before it hears the answer."""
        self.life.step()
        charge = self.payments.charge(order_id, amount, method)
        self.life.step()
        return charge

    def find(self, order_id: OrderId, amount: Money) -> Charge | None:
        """The charge of an order."""
        self.life.step()
        return self.payments.find(order_id, amount)

    def abandon(self, order_id: OrderId, amount: Money) -> Charge | None:
        """Take nothing from now on; the process may die before it hears so."""
        self.life.step()
        found = self.payments.abandon(order_id, amount)
        self.life.step()
        return found

    def refund(self, charge: Charge) -> None:
        """Return the money; the process may die before it hears so."""
        self.life.step()
        self.payments.refund(charge)
        self.life.step()

    def read_notice(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice | None:
        """Check and read a notice."""
        return self.payments.read_notice(headers, body)
