"""Adapters that are found by the name that configuration gives, and loaded when they are asked for.

Most functions need none of them, and their artifacts lack them.
"""

import importlib
import re
from types import ModuleType
from typing import Final

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def adapter(name: str, parent: str) -> ModuleType:
    """The module of that name, which lies directly below `parent`.

    Configuration chooses among our own adapters; it must not be able to run any other module.

    Raises:
        ValueError: it lies elsewhere.
        ModuleNotFoundError: the artifact lacks it.
    """
    if not name.startswith(f"{parent}.") or not _NAME.fullmatch(name.removeprefix(f"{parent}.")):
        raise ValueError(f"is not a module below {parent}: {name}")
    return importlib.import_module(name)
