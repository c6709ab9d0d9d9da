"""GET /verification: whether what runs is what was certified."""

from datetime import datetime
from enum import StrEnum
from typing import Self

import attrs

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
class VerificationReply:
    """The certified core of this deployment, file by file, and the key that signs its ledgers."""

    verdict: Verdict
    checked_at: datetime
    digest: str
    certified_digest: str
    files: tuple[CriticalFileReply, ...]
    ledger_origin: str
    ledger_key: str

    @classmethod
    def of(cls, found: Verification) -> Self:
        """What was found, with its verdict."""
        return cls(
            verdict=Verdict.VALID if found.is_valid else Verdict.INVALID,
            checked_at=found.checked_at,
            digest=found.digest,
            certified_digest=found.certified_digest,
            files=tuple(map(CriticalFileReply.of, found.files)),
            ledger_origin=found.ledger_origin,
            ledger_key=base64(found.ledger_key),
        )


@endpoint()
def handler(_request: Request[None]) -> Ok[VerificationReply]:
    """Answer with what is there now."""
    return Ok(VerificationReply.of(show_verification(ShowVerification(), services())), cache_s=_CACHE_S)
