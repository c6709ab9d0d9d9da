"""Show whether the certified core that runs is the one that was certified (GLI-31 3.6.1, 5.8.1)."""

from datetime import datetime

import attrs

from riff.domain.audit.core_check import CORE_STREAM, CoreCheck
from riff.ports.services import Services
from riff_critical.verification import FileDigest, aggregate, files


@attrs.frozen
class ShowVerification:
    """The core of this deployment."""


@attrs.frozen
class Verification:
    """What was found.

    Attributes:
        checked_at: when the files were read.
        digest: the digest over all of them.
        certified_digest: the digest that was certified.
        files: every file, with its own digest.
        ledger_origin: what the names of this deployment's ledgers begin with.
        ledger_key: the public key that signs them.
        last_check: what the deployment's own look at its core found last; None before the first one.
    """

    checked_at: datetime
    digest: str
    certified_digest: str
    files: tuple[FileDigest, ...]
    ledger_origin: str
    ledger_key: bytes
    last_check: CoreCheck | None

    @property
    def is_valid(self) -> bool:
        """Whether what runs is what was certified."""
        return self.digest == self.certified_digest


def show_verification(_query: ShowVerification, services: Services) -> Verification:
    """Read every file of the core that is in this function, now, and compare; and what was kept last."""
    found = files()
    with services.transactions.begin() as work:
        last = work.events.last(CORE_STREAM)
    return Verification(
        checked_at=services.clock.now(),
        digest=aggregate(found).hex(),
        certified_digest=services.certified_digest,
        files=found,
        ledger_origin=services.ledger.origin,
        ledger_key=services.ledger.public_key,
        last_check=None if last is None else CoreCheck.of(last),
    )
