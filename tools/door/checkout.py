"""Where things stand in this checkout and on this machine."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
SOURCES = ROOT / "src" / "python"
CALLED_FROM = Path.cwd()  # before the door goes to ROOT: paths on the command line are relative to it
LOCKS = ROOT / "3rdparty" / "python"


def state() -> Path:
    """The ignored folder that holds everything made for this checkout."""
    return Path(os.environ.get("RIFF_STATE") or ROOT / ".riff").resolve()


def logs() -> Path:
    """The folder of full logs, made on first use."""
    folder = state() / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cache() -> Path:
    """The folder of toolchains that checkouts of one user share."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "riff"


def shown(path: Path) -> str:
    """A path as a person at the top of the checkout would type it."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
