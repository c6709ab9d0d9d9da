"""`./riff new KIND ...`: files in the usual shape. Each kind is one module."""

import importlib

from tools.door.failure import UsageError

# A kind, and the module of tools.door whose `create(arguments)` writes its files.
KINDS = {"function": "new_function", "job": "new_job"}


def new(arguments: list[str]) -> int:
    """Write the files of one new thing.

    Raises:
        UsageError: there is no such kind.
    """
    if not arguments or arguments[0] not in KINDS:
        raise UsageError(f"say what: {', '.join(f'./riff new {kind} ...' for kind in KINDS)}")
    status: int = importlib.import_module(f"tools.door.{KINDS[arguments[0]]}").create(arguments[1:])
    return status
