"""GET /raffles/{raffle_id}/tickets/{ticket}/proof: that a ticket is in the ledger and in the pools."""

from typing import Self

import attrs

from riff.domain.audit.ticket_proof import lines_of
from riff.domain.identifiers import RaffleId
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.usecases.public.prove_ticket import ProveTicket, TicketProof, prove_ticket
from riff.wiring import services


@attrs.frozen
class TicketProofReply:
    """The proofs of a ticket.

    Attributes:
        file: what `verify.py --ticket` reads, as text; it holds the ticket's secrets.
        ledger_size: how many entries the ledger holds that the proofs lead to.
        ledger_root: its Merkle root.
        checkpoint: the lines of its signed checkpoint.
        sealed: whether that is the state that was sealed; before, it is the latest that was signed.
    """

    file: str = attrs.field(repr=False)
    ledger_size: int
    ledger_root: str
    checkpoint: tuple[str, ...]
    sealed: bool

    @classmethod
    def of(cls, proof: TicketProof) -> Self:
        """The proofs as a file, and what they lead to."""
        return cls(
            file=proof.file.to_text(),
            ledger_size=proof.head.size,
            ledger_root=proof.head.root.hex(),
            checkpoint=tuple(lines_of(proof.note)),
            sealed=proof.sealed,
        )


@endpoint()
def handler(request: Request[None]) -> Ok[TicketProofReply]:
    """Answer with the proofs."""
    query = ProveTicket(RaffleId(request.path_id("raffle_id")), request.path_name("ticket"))
    return Ok(TicketProofReply.of(prove_ticket(query, services())))
