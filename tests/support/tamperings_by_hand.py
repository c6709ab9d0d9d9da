"""Ways to tamper with a draw by hand, and the fault that a verifier must name for each."""

from riff_critical.draw import EntropyMode, Fault
from tests.support.changes import Tampering, adding, dropping, setting
from tests.support.sealed_raffle import publication
from tests.support.tamperings import LAST, ZERO

_OPENED = publication(EntropyMode.RNG_ONLY).json()["attempts"][2]["opening"]
_SLOTS = publication(EntropyMode.MANUAL).transcript.attempts[2].entries[0].slots

TAMPERINGS_BY_HAND = (
    Tampering("a nonce", Fault.OPENING_UNEXPECTED, setting("00" * 16, *LAST, "nonce")),
    Tampering("a personalization", Fault.OPENING_UNEXPECTED, setting(ZERO, *LAST, "personalization")),
    Tampering("an opening", Fault.OPENING_UNEXPECTED, setting(_OPENED, *LAST, "opening")),
    Tampering("a block", Fault.OUTPUTS_WRONG, setting(["00"], *LAST, "outputs")),
    Tampering("one entry", Fault.ENTRIES_DIFFER, dropping(1, *LAST, "entries")),
    Tampering("no entry", Fault.ENTRIES_DIFFER, setting([], *LAST, "entries")),
    Tampering("other slots", Fault.ENTRIES_DIFFER, adding(1, *LAST, "entries", 0, "slots", 0)),
    Tampering("lower slots", Fault.ENTRIES_DIFFER, adding(-1, *LAST, "entries", 0, "slots", 0)),
    Tampering("fewer slots", Fault.ENTRIES_DIFFER, dropping(0, *LAST, "entries", 1, "slots")),
    Tampering(
        "one official twice",
        Fault.ENTRIES_DIFFER,
        setting([{"official": ZERO, "slots": list(_SLOTS)}] * 2, *LAST, "entries"),
    ),
    Tampering(
        "too few slots",
        Fault.NUMBERS_TOO_FEW,
        setting([{"official": f"{n:064x}", "slots": [5]} for n in (1, 2)], *LAST, "entries"),
    ),
    Tampering(
        "slots that nobody bought",
        Fault.ENTRY_NOT_IN_POOL,
        setting([{"official": f"{n:064x}", "slots": [997, 998, 999]} for n in (1, 2)], *LAST, "entries"),
    ),
    Tampering("changed winner", Fault.WINNERS_WRONG, adding(1, *LAST, "winners", 0, "index")),
    Tampering("changed alternate", Fault.ALTERNATES_WRONG, adding(1, *LAST, "alternates", 0, "slot")),
)
