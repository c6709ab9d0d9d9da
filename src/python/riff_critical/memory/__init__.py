"""The critical memory of a sales unit, as an algorithm over bytes: chain, store, recovery from two copies."""

from riff_critical.memory.chain import (
    MAX_IDENTITY_BYTES,
    MAX_RECORD_BYTES,
    Link,
    Mark,
    RecordSizeError,
    start,
)
from riff_critical.memory.recovery import CopyState, MemoryLostError, Recovery, recover
from riff_critical.memory.store import (
    MAX_RECORDS,
    BufferFullError,
    BufferLimitError,
    MarkNotHeldError,
    Store,
    StoreDamagedError,
    acknowledge,
    append,
    empty,
    from_bytes,
    to_bytes,
)

__all__ = [
    "MAX_IDENTITY_BYTES",
    "MAX_RECORDS",
    "MAX_RECORD_BYTES",
    "BufferFullError",
    "BufferLimitError",
    "CopyState",
    "Link",
    "Mark",
    "MarkNotHeldError",
    "MemoryLostError",
    "RecordSizeError",
    "Recovery",
    "Store",
    "StoreDamagedError",
    "acknowledge",
    "append",
    "empty",
    "from_bytes",
    "recover",
    "start",
    "to_bytes",
]
