"""What becomes of a zip on its way from Pants to a deployment.

Out goes what only an installer reads; in comes bytecode, for everything but the certified core, which ships
as the source that was digested and is held against this checkout's, file by file.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from tools.artifacts.archive import Entry, archive_bytes, deflated, read_entries, squeezed
from tools.artifacts.bytecode import Bytecode, cached_name

CORE = "riff_critical"
# importlib.metadata reads METADATA; licences and bills of materials travel with the code they are about.
_INSTALLER_FILES = frozenset(
    {"RECORD", "INSTALLER", "REQUESTED", "WHEEL", "top_level.txt", "direct_url.json"}
)
_DEVELOPER_SUFFIXES = frozenset({".pyi", ".pyx", ".pxd"})
_PAGE_SUFFIXES = frozenset({".js", ".css"})  # powertools carries a page that shows an API to people


class CoreDiffersError(Exception):
    """The certified core inside a zip is not the one in this checkout."""


class Finisher:
    """Finishes zips of one checkout."""

    def __init__(self, sources: Path) -> None:
        self._core = _core_files(sources)
        self._bytecode = Bytecode()
        self._compressed: dict[tuple[str, bytes], Entry] = {}
        self._squeezed: dict[str, Entry] = {}

    def finish(self, zip_of_pants: Path) -> bytes:
        """The artifact of a zip.

        Raises:
            CoreDiffersError: the core inside is not whole, or not this checkout's.
            BytecodeError: a file inside cannot be compiled.
        """
        kept = [entry for entry in read_entries(zip_of_pants) if _ships(entry.name)]
        self._check_core(zip_of_pants.name, kept)
        return archive_bytes([*map(self._squeeze, kept), *self._compile(kept)])

    def _squeeze(self, entry: Entry) -> Entry:
        """The same file as small as can be, if it is the core's: a laboratory keeps those zips."""
        if not _is_core(entry.name):
            return entry
        if entry.name not in self._squeezed:
            self._squeezed[entry.name] = squeezed(entry.name, self._core[entry.name])
        return self._squeezed[entry.name]

    def _compile(self, kept: Iterable[Entry]) -> Iterable[Entry]:
        sources = {entry.name: entry.content() for entry in kept if _is_compiled(entry.name)}
        for name, content in self._bytecode.of(sources).items():
            key = (name, content)
            if key not in self._compressed:
                self._compressed[key] = deflated(name, content)
            yield self._compressed[key]

    def _check_core(self, name: str, kept: Iterable[Entry]) -> None:
        inside = {entry.name: entry.content() for entry in kept if _is_core(entry.name)}
        differing = sorted(
            path for path in inside.keys() | self._core.keys() if inside.get(path) != self._core.get(path)
        )
        if differing:
            raise CoreDiffersError(f"{name}: not as in this checkout: {', '.join(differing)}")


def _core_files(sources: Path) -> Mapping[str, bytes]:
    files = sorted((sources / CORE).rglob("*.py"))
    return {file.relative_to(sources).as_posix(): file.read_bytes() for file in files}


def _is_core(name: str) -> bool:
    return name.startswith(f"{CORE}/")


def _is_compiled(name: str) -> bool:
    return name.endswith(".py") and not _is_core(name)


def _ships(name: str) -> bool:
    path = PurePosixPath(name)
    if path.parts[0] == "bin" or name in ("lambda_function.py", cached_name("lambda_function.py")):
        return False  # programs of libraries; the entry point of Pants: Lambda calls the handler itself
    if path.parts[0].endswith(".dist-info"):
        return path.name not in _INSTALLER_FILES
    return path.suffix not in _DEVELOPER_SUFFIXES | _PAGE_SUFFIXES and path.name != "py.typed"
