"""GET /verification: whether what runs is what was certified."""

from datetime import datetime
from enum import StrEnum
from typing import Self

import attrs

from riff.domain.audit.core_check import CoreCheck
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.usecases.public.show_verification import ShowVerification, Verification, show_verification
from riff.wiring import services
from riff_critical.encoding import base64
from riff_critical.verification import FileDigest

_CACHE_S = 60


class Verdict(StrEnum):
    """What the comparison came to."""

    VALID = "VALID"
    INVALID = "INVALID"

    @classmethod
    def of(cls, *, valid: bool) -> Self:
        """The word for it."""
        return cls("VALID" if valid else "INVALID")


@attrs.frozen
class CriticalFileReply:
    """A file of the certified core, and its SHA-256."""

    path: str
    sha256: str

    @classmethod
    def of(cls, found: FileDigest) -> Self:
        """The file."""
        return cls(found.path, found.sha256.hex())


@attrs.frozen
class CoreCheckReply:
    """What the deployment's own look at its core found: the verdict, when, and by whom."""

    verdict: Verdict
    checked_at: datetime
    checked_by: str
    digest: str
    certified_digest: str

    @classmethod
    def of(cls, check: CoreCheck) -> Self:
        """The check, with its verdict."""
        verdict = Verdict.of(valid=check.is_valid)
        return cls(verdict, check.checked_at, check.checked_by, check.digest, check.certified_digest)


@attrs.frozen
class VerificationReply:
    """The certified core of this deployment, file by file, and the key that signs its ledgers."""

    verdict: Verdict
    checked_at: datetime
    digest: str
    certified_digest: str
    files: tuple[CriticalFileReply, ...]
    ledger_origin: str
    ledger_key: str
    last_check: CoreCheckReply | None

    @classmethod
    def of(cls, found: Verification) -> Self:
        """What was found, with its verdict."""
        return cls(
            verdict=Verdict.of(valid=found.is_valid),
            checked_at=found.checked_at,
            digest=found.digest,
            certified_digest=found.certified_digest,
            files=tuple(map(CriticalFileReply.of, found.files)),
            ledger_origin=found.ledger_origin,
            ledger_key=base64(found.ledger_key),
            last_check=None if found.last_check is None else CoreCheckReply.of(found.last_check),
        )


@endpoint()
def handler(_request: Request[None]) -> Ok[VerificationReply]:
    """Answer with what is there now."""
    return Ok(VerificationReply.of(show_verification(ShowVerification(), services())), cache_s=_CACHE_S)
