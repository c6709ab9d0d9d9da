"""Proof that the code which runs is the code that was certified: digests, their manifest, comparison."""

from riff_critical.verification.files import (
    PACKAGE,
    FileDigest,
    NoPackageError,
    UnexpectedFileError,
    aggregate,
    critical_digest,
    files,
)
from riff_critical.verification.manifest import Change, Difference, Manifest

__all__ = [
    "PACKAGE",
    "Change",
    "Difference",
    "FileDigest",
    "Manifest",
    "NoPackageError",
    "UnexpectedFileError",
    "aggregate",
    "critical_digest",
    "files",
]
