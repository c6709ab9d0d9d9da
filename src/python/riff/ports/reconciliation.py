"""Storage of what is decided and counted between a raffle's close and its seal."""

from typing import Protocol

from riff.domain.identifiers import RaffleId
from riff.domain.reconciliation.accounts import (
    Acknowledgement,
    CashCount,
    Confirmation,
    RangeBalance,
    UnitAccount,
    UnknownPayments,
    VoidAccount,
    WriteOff,
)


class ReconciliationStore(Protocol):
    """The accounts of a raffle.  Decisions and counts are inserted, never changed."""

    def units(self, raffle_id: RaffleId) -> tuple[UnitAccount, ...]:
        """The raffle's enrolments, in the order of their logons."""
        ...

    def payments(self, raffle_id: RaffleId) -> UnknownPayments:
        """Online orders whose payment has no known outcome."""
        ...

    def voids(self, raffle_id: RaffleId) -> VoidAccount:
        """Voids, open requests, and the last acknowledgement."""
        ...

    def ranges(self, raffle_id: RaffleId) -> tuple[RangeBalance, ...]:
        """The number space, channel by channel, from slot 0; reads every order."""
        ...

    def cash_counts(self, raffle_id: RaffleId) -> tuple[CashCount, ...]:
        """Every count, by seller, oldest first."""
        ...

    def confirmations(self, raffle_id: RaffleId) -> tuple[Confirmation, ...]:
        """Every confirmation, oldest first."""
        ...

    def write_off(self, decision: WriteOff) -> None:
        """Store a decision about an enrolment of a raffle that this transaction has locked.

        Raises:
            AlreadyWrittenOffError: it was decided before.
        """
        ...

    def count_cash(self, count: CashCount) -> None:
        """Store a count."""
        ...

    def acknowledge_voids(self, raffle_id: RaffleId, word: Acknowledgement) -> None:
        """Store an acknowledgement."""
        ...

    def confirm(self, raffle_id: RaffleId, word: Confirmation) -> None:
        """Store a confirmation."""
        ...
