"""Two copies of the critical memory: what to go on with, or that there is nothing to go on with.

Method.  A device keeps two copies of its store on separate media or places.  At every change it writes the
first copy, makes sure of it, writes the second, makes sure of it, and only then prints or goes on.  So at any
instant at most one copy is half-written, and two sound copies differ by one change at most: one record
appended, or one acknowledgement.

At startup, and after any failure to write:

* both copies sound and equal: go on;
* both sound, one a single change behind the other: the one ahead counts, the other is written anew;
* one sound, one damaged: the sound one counts, the other is written anew;
* both damaged, or sound and further apart, or the mark known from outside not held: stop.  The unit sells no
  more, and what can still be read goes to a person.

A record of the copy that is ahead counts as a sale although its ticket may not have been printed: it is
reprinted or voided, never forgotten.  A record of which only a damaged copy knew was never printed.

Requirements: GLI-31 3.4.2 to 3.4.5.  Out of scope: when and where to write.
"""

from enum import Enum

from riff_critical.errors import CorruptionError
from riff_critical.memory.chain import Mark
from riff_critical.memory.store import Store, StoreDamagedError, from_bytes
from riff_critical.values import Value


class MemoryLostError(CorruptionError):
    """No copy can be trusted: the unit must stop."""

    code = "memory-lost"


class CopyState(Enum):
    """What a copy was found to be; all but a current one must be written anew."""

    CURRENT = "current"
    BEHIND = "behind"
    DAMAGED = "damaged"


class Recovery(Value):
    """The store to go on with, and what the first and the second copy were."""

    store: Store
    copies: tuple[CopyState, CopyState]


def recover(identity: bytes, first: bytes, second: bytes, known: Mark | None = None) -> Recovery:
    """The store that the two copies stand for.

    Args:
        identity: whose memory it must be.
        first: the copy that is written first.
        second: the copy that is written second.
        known: a mark that the store must hold, no older than the last acknowledgement.

    Raises:
        MemoryLostError: no copy can be trusted.
    """
    stores = _sound(identity, first), _sound(identity, second)
    store = _chosen(*stores)
    if known is not None and not store.holds(known):
        raise MemoryLostError(f"position {known.position} is known, the memory does not hold it")
    one, other = (_state(copy, store) for copy in stores)
    return Recovery(store, (one, other))


def _sound(identity: bytes, data: bytes) -> Store | None:
    try:
        return from_bytes(identity, data)
    except StoreDamagedError:
        return None


def _chosen(first: Store | None, second: Store | None) -> Store:
    sound = [store for store in (first, second) if store is not None]
    if not sound:
        raise MemoryLostError("both copies are damaged")
    one, other = sound[0], sound[-1]
    if one == other or _one_change_ahead(one, other):
        return one
    if _one_change_ahead(other, one):
        return other
    raise MemoryLostError("both copies are sound, and contradict each other")


def _one_change_ahead(ahead: Store, behind: Store) -> bool:
    appended = ahead.base == behind.base and ahead.records[:-1] == behind.records != ahead.records
    acknowledged = ahead.end == behind.end and ahead.base in behind.links[1:]
    return appended or acknowledged


def _state(copy: Store | None, store: Store) -> CopyState:
    if copy is None:
        return CopyState.DAMAGED
    return CopyState.CURRENT if copy == store else CopyState.BEHIND
