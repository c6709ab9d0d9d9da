"""What must not be in a committed file: the names of registries, and paths that exist on one machine only."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.door.checkout import ROOT

# Written with a bracket inside, so that this file does not find itself.
_HOSTS = r"p[y]pi\.org|p[y]thonhosted|npm[j]s\.(?:org|com)|proxy\.gol[a]ng|deb\.deb[i]an|crates\.[i]o"
_PATHS = r"(?<![A-Za-z0-9_.~/-])/(?:root|work|opt|farm|home)/[A-Za-z]"
_FORBIDDEN = (
    ("names a registry's host", re.compile(_HOSTS)),
    ("names a path of one machine", re.compile(_PATHS)),
)
# Where Lambda puts layers and the function's code: the same on every machine of AWS.
_ALLOWED = re.compile(r"/opt/(?:python|extensions)\b")


def faults(names: Iterable[str], root: Path = ROOT) -> Iterator[str]:
    """Every line of these files that says more than it should."""
    for name in filter(None, names):
        file = root / name
        try:
            lines = file.read_text().splitlines()
        except (OSError, UnicodeDecodeError):
            continue  # deleted in the work tree, or not text
        for number, line in enumerate(lines, start=1):
            for what, pattern in _FORBIDDEN:
                if pattern.search(_ALLOWED.sub("", line)):
                    yield f"{name}:{number}: {what}: {line.strip()[:120]}"
