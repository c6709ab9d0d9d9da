"""What was built, as dist/artifacts.json lists it."""

import json
import platform
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

DIST: Final = Path(__file__).resolve().parents[1] / "dist"
_PROCESSOR: Final = {"x86_64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


class NotBuiltError(Exception):
    """What is to be measured is not there; the message says how to make it."""


def critical_digest() -> str:
    """Digest of the certified core that was built.

    Raises:
        NotBuiltError: there is no build.
    """
    return str(_list()["critical_digest"])


def zips() -> Mapping[str, Path]:
    """The zip of each function for this machine, by operation.

    Raises:
        NotBuiltError: there is no build.
    """
    processor = _PROCESSOR[platform.machine()]
    found = {
        operation: DIST / function["zips"][processor]["file"]
        for operation, function in _list()["functions"].items()
        if processor in function["zips"]
    }
    return {operation: file for operation, file in found.items() if file.exists()}


def unpacked(operation: str, folder: Path) -> str:
    """Unpack a function for this machine; the handler's name.

    Raises:
        NotBuiltError: it was not built.
    """
    file = zips().get(operation)
    if file is None:
        raise NotBuiltError(f"{operation} is not built: ./riff build {operation}")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    return str(_list()["functions"][operation]["handler"])


def _list() -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((DIST / "artifacts.json").read_text("utf-8"))
    except OSError as error:
        raise NotBuiltError("nothing is built: ./riff build") from error
    return told
