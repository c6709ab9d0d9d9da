"""The digest of the certified core: of each of its files, and of all of them together.

Method.  The files are all `.py` files of the package, in any depth.  A file's name is its path below the
package with `/` between the parts; its digest is SHA-256 over its bytes.  With the names in ascending order
of their UTF-8 bytes,

    critical digest = SHA-256(frame("riff/core/files", name 1, digest 1, name 2, digest 2, ...))

where digests are 32 raw bytes.  A changed byte, a renamed, added or missing file, all change it; the place of
the package, its packing, modes and dates do not.

What Python would import beside the sources (`.pyc`, `.so` and their like, a linked folder) is no part of a
certified core, and its presence is an error.  Other files are not code and do not count.  `__pycache__`
folders are passed over: built artifacts have none, and who must not trust one has Python use an empty folder
instead, by `-X pycache_prefix=FOLDER`.

Requirements: GLI-31 3.6.1, 5.8.1.  Out of scope: which digest is the certified one, and signatures.
"""

import os
from hashlib import sha256

from riff_critical.declarations import Annotated, Final, Iterable, Iterator
from riff_critical.documents import Between, Document, Hash
from riff_critical.encoding import frame
from riff_critical.errors import CorruptionError, InvalidInputError

PACKAGE: Final = "riff_critical"
_SOURCE: Final = ".py"
_IMPORTABLE: Final = (
    ".pyc",
    ".pyd",
    ".pyw",
    ".so",
)  # on any system
_TAG: Final = "riff/core/files"


class UnexpectedFileError(CorruptionError):
    """Beside the sources lies something else that Python would import."""

    code = "unexpected-file"


class NoPackageError(InvalidInputError):
    """The place named holds no certified core."""

    code = "no-package"


class FileDigest(Document):
    """The digest of one file."""

    path: Annotated[str, Between(1, 200)]
    sha256: Hash


def files(place: str | os.PathLike[str] | None = None) -> tuple[FileDigest, ...]:
    """Every file of the core, in ascending order of names.

    Args:
        place: a folder that is the package, or a zip that holds it; without one, the running core itself.

    Raises:
        NoPackageError: there is no file of a core in this place.
        UnexpectedFileError: there is something importable that is no source.
    """
    found = dict(_around(__file__, __spec__.loader) if place is None else _at(os.fspath(place)))
    if not found:
        raise NoPackageError(f"no sources of {PACKAGE} in {place}")
    ascending = sorted(found, key=str.encode)
    return tuple(FileDigest(path, sha256(found[path]).digest()) for path in ascending)


def aggregate(digests: Iterable[FileDigest]) -> bytes:
    """The digest of digests, which must come in ascending order of names."""
    parts = (part for each in digests for part in (each.path.encode(), each.sha256))
    return sha256(frame(_TAG, *parts)).digest()


def critical_digest() -> str:
    """The digest of the running core, in hexadecimal."""
    return aggregate(files()).hex()


def _around(module: str, loader: object) -> Iterator[tuple[str, bytes]]:
    """The package around this module, which came by `loader` from a folder or out of a zip."""
    folder = os.path.dirname(os.path.dirname(module))
    archive = getattr(loader, "archive", None)  # that of a zipimporter
    if archive is None:
        return _in_folder(folder)
    return _in_archive(archive, os.path.relpath(folder, archive).replace(os.sep, "/"))


def _at(place: str) -> Iterator[tuple[str, bytes]]:
    return _in_folder(place) if os.path.isdir(place) else _in_archive(place, PACKAGE)


def _in_folder(folder: str, above: str = "") -> Iterator[tuple[str, bytes]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{above}{entry.name}"
            if entry.is_dir():
                if entry.is_symlink():
                    raise UnexpectedFileError(f"{name} is a linked folder")
                yield from _in_folder(entry.path, f"{name}/")
            elif _is_source(name):
                with open(entry.path, "rb") as file:
                    yield name, file.read()


def _in_archive(archive: str, folder: str) -> Iterator[tuple[str, bytes]]:
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415  # slow to import, and only a zip needs it

    try:
        with ZipFile(archive) as members:
            for member in members.namelist():
                name = member.removeprefix(f"{folder}/")
                if name != member and _is_source(name):
                    yield name, members.read(member)
    except (OSError, BadZipFile) as error:
        raise NoPackageError(f"{archive} cannot be read as a zip: {error}") from error


def _is_source(name: str) -> bool:
    if "__pycache__" in name.split("/"):
        return False
    if name.endswith(_IMPORTABLE):
        raise UnexpectedFileError(f"{name} can be imported and is no source")
    return name.endswith(_SOURCE)
