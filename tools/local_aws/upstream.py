"""The pinned ministack: the extension reaches into its internals, and only of the version that was tried."""

import importlib
import importlib.metadata
from typing import Any, Final

type Untyped = Any
"""A module or record of ministack, which has no types."""

PINNED_VERSION: Final = "1.5.33"


class UnknownUpstreamError(Exception):
    """The installed ministack is not the version that the extension was written for."""


def require_pinned_version() -> None:
    """Refuse any other ministack: the extension replaces internals, which may move between versions.

    Raises:
        UnknownUpstreamError: another version is installed.
    """
    installed = importlib.metadata.version("ministack")
    if installed != PINNED_VERSION:
        raise UnknownUpstreamError(
            f"ministack {installed} is installed, the local extension was tried with {PINNED_VERSION} only;"
            " see tools/local_aws/README.md before changing the pin"
        )


def load(module: str) -> Untyped:
    """A module of ministack, imported late: it reads its settings from the environment when imported."""
    return importlib.import_module(f"ministack.{module}")
