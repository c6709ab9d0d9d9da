"""The manifest of the certified core: its digests as one published document, and comparison with it.

Form: canonical JSON of {"digest", "files": [{"path", "sha256"}, ...], "format": 1}, digests in hexadecimal,
files in ascending order of names.  `digest` is the aggregate of the files, so that a manifest cannot
contradict itself.  Requirements: GLI-31 3.6.1, 5.8.1.
"""

from enum import Enum

from riff_critical.declarations import Annotated, Final, Iterable
from riff_critical.documents import Between, Document, DocumentError, Hash
from riff_critical.values import Value
from riff_critical.verification.files import FileDigest, aggregate

FORMAT: Final = 1


class Change(Enum):
    """How a file differs from the manifest."""

    MISSING = "missing"
    ADDED = "added"
    CHANGED = "changed"


class Difference(Value):
    """One file that is not what the manifest says."""

    path: str
    change: Change


class Manifest(Document):
    """The digests of a core."""

    format: Annotated[int, Between(FORMAT, FORMAT)]
    digest: Hash
    files: Annotated[tuple[FileDigest, ...], Between(1, 1000)]

    def require(self) -> None:
        """The names ascend strictly, and the digest is that of the files."""
        names = [each.path.encode() for each in self.files]
        if names != sorted(set(names)):
            raise DocumentError("the files are not in ascending order")
        if self.digest != aggregate(self.files):
            raise DocumentError("the digest is not that of the files")

    @classmethod
    def of(cls, found: Iterable[FileDigest]) -> "Manifest":
        """The manifest of these files, in the order in which `files` gives them."""
        digests = tuple(found)
        return cls(format=FORMAT, digest=aggregate(digests), files=digests)

    def differences(self, found: Iterable[FileDigest]) -> tuple[Difference, ...]:
        """What was found otherwise than stated, in ascending order of names; nothing if all is well."""
        stated, present = dict(_pairs(self.files)), dict(_pairs(found))
        names = sorted(stated | present, key=str.encode)
        return tuple(
            Difference(path, _change(stated.get(path), present.get(path)))
            for path in names
            if stated.get(path) != present.get(path)
        )


def _pairs(digests: Iterable[FileDigest]) -> Iterable[tuple[str, bytes]]:
    return ((each.path, each.sha256) for each in digests)


def _change(stated: bytes | None, present: bytes | None) -> Change:
    if present is None:
        return Change.MISSING
    return Change.ADDED if stated is None else Change.CHANGED
