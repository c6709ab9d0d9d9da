"""Write tests/vectors/records.json: `python -m tools.vectors.records`.  The values are built by hand."""

import json
from hashlib import sha256
from typing import Any

from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "one record of each kind",
    "Member": "a member is missing, or one too many",
    "Type": "a member of another type",
    "Bounds": "a value at or beyond its limit",
    "Form": "JSON in another form than the canonical one",
    "Kind": "a kind that does not exist",
    "Salt": "a salt that is too short or too long",
}
ORDER, OTHER = sha256(b"order").hexdigest(), sha256(b"other").hexdigest()
MAX = 2**53 - 1
RECORDS: dict[str, dict[str, Any]] = {
    "SALE": {
        "order": ORDER, "first": 100, "count": 10, "validation": OTHER,
        "package": "ten", "amount": 2000, "seller": "unit-7",
    },
    "VOID": {"order": ORDER, "first": 100, "count": 10, "amount": 2000, "reason": "sold by mistake"},
    "REPRINT": {"order": ORDER, "copy": 1, "seller": "unit-7"},
    "UPLOAD": {"seller": "unit-7", "position": 12, "head": OTHER},
    "PRICE": {"package": "ten", "count": 10, "amount": 1500, "official": OTHER},
    "SUSPEND": {"resumed": False, "reason": "power failure", "official": OTHER},
    "CLOSE": {"cause": "schedule"},
    "SEAL": {"seal": OTHER},
    "DRAW": {"draw": 1, "attempt": 1, "transcript": OTHER},
}  # fmt: skip


def canonical(value: object) -> str:
    """The canonical JSON of the plain values used here."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def cases() -> Cases:
    """All cases."""
    found = Cases("Ledger entries", "tools/vectors/records.py", FLAGS)
    for kind, members in RECORDS.items():
        whole = {"kind": kind, "at": 1764000000000, **members}
        found.valid("entry", kind, ["Normal"], {"entry": canonical(whole)}, whole)
        for name in whole:
            rest = {key: value for key, value in whole.items() if key != name}
            _refused(found, f"{kind} without {name}", "Member" if name != "kind" else "Kind", rest)
        _refused(found, f"{kind} with one member more", "Member", whole | {"more": 1})
        _refused(found, f"{kind} with a time in words", "Type", whole | {"at": "1764000000000"})
    _values(found)
    _forms(found)
    _salts(found)
    return found


def _values(found: Cases) -> None:
    sale = {"kind": "SALE", "at": 0, **RECORDS["SALE"]}
    started = {"kind": "DRAW", "at": 0, **RECORDS["DRAW"], "transcript": None}
    found.valid("entry", "DRAW, started", ["Normal"], {"entry": canonical(started)}, started)
    edges: list[dict[str, Any]] = [
        {"first": MAX, "count": 1},
        {"first": 0, "count": MAX},
        {"first": 2**27, "count": 2**27},
        {"amount": 0},
        {"package": "a" * 100},
    ]
    for change in edges:
        whole = sale | change
        found.valid(
            "entry", f"the limit: {', '.join(change)}", ["Bounds"], {"entry": canonical(whole)}, whole
        )
    beyond: list[tuple[str, dict[str, Any]]] = [
        ("Bounds", {"count": 0}),
        ("Bounds", {"first": -1}),
        ("Bounds", {"amount": -1}),
        ("Bounds", {"at": MAX + 1}),
        ("Bounds", {"first": MAX, "count": 2}),
        ("Bounds", {"order": ORDER[:-2]}),
        ("Bounds", {"order": ORDER + "00"}),
        ("Bounds", {"package": ""}),
        ("Bounds", {"package": "a" * 101}),
        ("Bounds", {"seller": "unit 7"}),
        ("Type", {"first": True}),
        ("Type", {"first": None}),
        ("Type", {"first": 1.5}),
        ("Type", {"order": 7}),
        ("Type", {"order": "z" * 64}),
        ("Form", {"order": ORDER.upper()}),
        ("Form", {"order": ORDER[:32] + " " + ORDER[32:]}),
        ("Type", {"package": 7}),
        ("Type", {"package": ["ten"]}),
        ("Kind", {"kind": "sale"}),
        ("Kind", {"kind": 7}),
        ("Kind", {"kind": ["SALE"]}),
    ]
    for flag, change in beyond:
        _refused(found, f"SALE with {canonical(change)[:60]}", flag, sale | change)
    others: list[tuple[str, str, dict[str, Any]]] = [
        ("VOID", "Bounds", {"reason": "a" * 201}),
        ("VOID", "Type", {"reason": "two\nlines"}),
        ("SUSPEND", "Type", {"resumed": 0}),
        ("CLOSE", "Bounds", {"cause": "boredom"}),
        ("CLOSE", "Type", {"cause": 1}),
        ("REPRINT", "Bounds", {"copy": 0}),
    ]
    for kind, flag, change in others:
        _refused(
            found,
            f"{kind} with {canonical(change)[:60]}",
            flag,
            {"kind": kind, "at": 0, **RECORDS[kind]} | change,
        )


def _forms(found: Cases) -> None:
    close = '{"at":0,"cause":"schedule","kind":"CLOSE"}'
    forms = [
        ("white space", '{"at": 0,"cause":"schedule","kind":"CLOSE"}'),
        ("keys in another order", '{"kind":"CLOSE","at":0,"cause":"schedule"}'),
        ("a member twice", '{"at":0,"at":0,"cause":"schedule","kind":"CLOSE"}'),
        ("an escaped letter", close.replace("schedule", "\\u0073chedule")),
        ("minus zero", close.replace("0", "-0")),
        ("zero as a float", close.replace("0", "0.0")),
        ("an exponent", close.replace("0", "0e0")),
        ("not a number", close.replace("0", "NaN")),
        ("a final newline", close + "\n"),
        ("a lone surrogate", close.replace("schedule", "\\ud800")),
        ("an array", "[]"),
        ("a string", '"CLOSE"'),
        ("nothing", ""),
        ("deep nesting", "[" * 5000 + "]" * 5000),
        ("deeper nesting than the limit of a record", "[" * 1500 + "]" * 1500),
    ]
    for comment, text in forms:
        found.invalid("entry", comment, ["Form"], {"entry": text}, "document-invalid")


def _salts(found: Cases) -> None:
    tag = b"riff/ledger/salted/1"
    for size in (16, 32, 64):
        salt, value = bytes(range(size)), "ÄBC-1"
        data = bytes([len(tag)]) + tag
        data += size.to_bytes(4) + salt + len(value.encode()).to_bytes(4) + value.encode()
        given = {"salt": salt.hex(), "value": value}
        found.valid("salted_hash", f"a salt of {size} bytes", ["Salt"], given, sha256(data).hexdigest())
    for size in (0, 15, 65):
        given = {"salt": bytes(size).hex(), "value": "x"}
        found.invalid("salted_hash", f"a salt of {size} bytes", ["Salt"], given, "salt-length-invalid")


def _refused(found: Cases, comment: str, flag: str, members: dict[str, Any]) -> None:
    found.invalid("entry", comment, [flag], {"entry": canonical(members)}, "document-invalid")


if __name__ == "__main__":
    cases().write("records.json")
