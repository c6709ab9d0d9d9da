#!/usr/bin/env python3
"""Check the published draw of a raffle, and a ticket's place in it, with nothing but this file and Python.

    python3 verify.py FOLDER [--ticket FILE] [--words "eight words"] [--mark "unit position tag"]

FOLDER holds transcript.json, pools/<root>.pool and perhaps ledger.jsonl, as the organizer published them.
FILE holds the proofs that came with a ticket.  The words are those that were read aloud before the draw.  The
mark is what a unit printed on a ticket that it sold out of reach; it needs the ledger.

Prints one line per step, PASS or FAIL with the name of the fault, and exits 0 if every step passed, 1 if one
failed, 2 if it was called wrongly or a file cannot be read.

This is an implementation of protocol SD/1 of its own: it shares no code with the system that held the draw.
The method and the formats are described in docs/algorithms/sealed-draw.md.  It does not check the beacon's
own signature (BLS), and says so.  Python 3.11 or later; works under `python3 -S -E`.
"""

# ruff: noqa: PLR2004 - lengths and bits of the standards are clearest where the standards have them

import base64
import hashlib
import hmac
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = Any  # a JSON value, whose form `conform` has checked
Point = tuple[int, int, int, int]  # of Ed25519, in extended coordinates
Key = tuple[str, bytes, int, bytes]  # name, key ID, type, public key
Signature = tuple[str, bytes, bytes]  # name, key ID, payload
Place = tuple[int, int]  # index and slot
Part = tuple[str, int]  # prize and amount
Computed = tuple[list[str], list[Place], list[Place], list[Part]]  # blocks, winners, alternates, parts
Pools = dict[str, bytes]  # by root

USAGE = 'usage: verify.py FOLDER [--ticket FILE] [--words "eight words"] [--mark "unit position tag"]'
MARK = re.compile(r"\S+ [0-9]{1,9} [0-9a-f]{16}")
LARGEST = 2**53 - 1
BILLION = 10**9
TEN_MINUTES_MS = 600_000


class Fault(Exception):  # noqa: N818 - the protocol's word
    """Something is wrong; `name` is the permanent name of the fault."""

    def __init__(self, name: str, detail: object = "") -> None:
        super().__init__(f"{name}: {detail}" if detail else name)


def require(holds: object, name: str, detail: object = "") -> None:
    """Raise a fault unless what must hold does."""
    if not holds:
        raise Fault(name, detail)


# Encodings: canonical JSON, frames, hashes, trees


def canonical(value: Json) -> bytes:
    """Sorted keys, UTF-8, no white space."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def read_json(data: bytes, fault: str) -> Json:
    """The value, if `data` is its canonical JSON."""
    try:
        value = json.loads(data.decode(), parse_float=_no_number, parse_constant=_no_number)
        same = canonical(value) == data
    except (ValueError, RecursionError) as error:
        raise Fault(fault, f"not canonical JSON: {error}") from error
    require(same, fault, "JSON in another form than the canonical one")
    return value


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not an integer")


def digest(*parts: bytes) -> bytes:
    """SHA-256 of the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def framed(tag: str, *parts: bytes) -> bytes:
    """The frame of a tag and parts."""
    head = bytes([len(tag)]) + tag.encode()
    return head + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def number4(value: int) -> bytes:
    """A draw's or attempt's number."""
    return value.to_bytes(4, "big")


class Tree:
    """The root of an RFC 6962 tree that grows at its right edge."""

    def __init__(self) -> None:
        self.size = 0
        self.edge: list[bytes] = []

    def add(self, entry: bytes) -> None:
        """Append an entry."""
        node, bits = digest(b"\0", entry), self.size
        while bits & 1:
            node, bits = digest(b"\1", self.edge.pop(), node), bits >> 1
        self.edge.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root so far."""
        if not self.edge:
            return digest()
        node = self.edge[-1]
        for left in self.edge[-2::-1]:
            node = digest(b"\1", left, node)
        return node


def included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2."""
    if index >= size or any(len(each) != 32 for each in proof):
        return False
    fn, sn, node = index, size - 1, leaf
    for each in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            node = digest(b"\1", each, node)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = digest(b"\1", node, each)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


def consistent(old_size: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """RFC 9162, 2.1.4.2, and the empty and the same tree."""
    if old_size > size or any(len(each) != 32 for each in proof):
        return False
    if old_size in (0, size):
        return not proof and old_root == (root if old_size == size else digest())
    nodes = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not nodes:
        return False
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = nodes[0]
    for each in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = digest(b"\1", each, old), digest(b"\1", each, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = digest(b"\1", new, each)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and old == old_root and new == root


# Forms: what the members of a document may be

HASH = ("bytes", 32, 32)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}")
LINE = ("text", 1, 200)
NATURAL, POSITIVE = (0, LARGEST), (1, LARGEST)
ATTEMPT = (1, 9)
MODES = ("rng_only", "commit_reveal", "beacon", "manual")


def one_of(*words: str) -> re.Pattern[str]:
    """A word out of these."""
    return re.compile("|".join(map(re.escape, words)))


def maybe(form: Json) -> tuple[str, Json]:
    """The form, or null."""
    return ("maybe", form)


PRIZE = {
    "id": NAME,
    "winners": (1, 1000),
    "share_basis_points": (0, 10_000),
    "basis": one_of("gross", "net"),
    "seed": NATURAL,
    "minimum": NATURAL,
    "cap": maybe(NATURAL),
    "rounding_unit": POSITIVE,
    "rounding": one_of("down", "up", "nearest"),
}
DRAW = {
    "name": NAME,
    "prizes": [PRIZE, 1, 100],
    "alternates": (0, 1000),
    "replacement": bool,
    "returned": bool,
    "sold_before": maybe(NATURAL),
    "rounds": [POSITIVE, 0, 9],
}
BEACON = {
    "chain": HASH,
    "public_key": ("bytes", 48, 96),
    "scheme": NAME,
    "genesis": NATURAL,
    "period": POSITIVE,
}
MANIFEST = {
    "protocol": one_of("SD/1"),
    "generator": one_of("HMAC_DRBG-SHA-256"),
    "tree": one_of("RFC6962-SHA-256"),
    "critical_digest": HASH,
    "raffle": NAME,
    "event": POSITIVE,
    "licence": LINE,
    "currency": re.compile("[A-Z]{3}"),
    "profile": NAME,
    "profile_hash": HASH,
    "slots": (1, BILLION),
    "packages": [{"id": NAME, "count": POSITIVE, "price": NATURAL}, 1, 100],
    "draws": [DRAW, 1, 100],
    "attempts": ATTEMPT,
    "close_at": NATURAL,
    "seal_by": NATURAL,
    "mode": one_of(*MODES),
    "ladder": [one_of(*MODES), 0, 3],
    "contributors": [NAME, 0, 16],
    "beacon": maybe(BEACON),
    "log": {"key": LINE, "witnesses": [LINE, 0, 16], "quorum": (0, 16)},
}
COMMITMENT = {"draw": POSITIVE, "attempt": ATTEMPT, "value": HASH}
SEAL = {
    "manifest": HASH,
    "sealed_at": NATURAL,
    "commitments": [COMMITMENT, 1, 900],
    "contributions": [{"party": NAME, **COMMITMENT}, 0, 14_400],
    "pools": [{"ranges": NATURAL, "numbers": NATURAL, "root": HASH}, 1, 100],
    "ledger_size": NATURAL,
    "ledger_root": HASH,
    "tally": dict.fromkeys(("sold", "voided", "unsold", "gross", "fees"), NATURAL),
    "prizes": [{"prize": NAME, "amount": NATURAL}, 1, 10_000],
}
BEACON_VALUE = {"chain": HASH, "round": POSITIVE, "signature": ("bytes", 48, 96), "randomness": HASH}
CONTRIBUTION = {"party": NAME, "value": ("bytes", 32, 64), "opened_at": NATURAL}
OPENING = {"secret": HASH, "beacon": maybe(BEACON_VALUE), "contributions": [CONTRIBUTION, 0, 16]}
PLACE = {"index": NATURAL, "slot": NATURAL}
ATTEMPTED = {
    "draw": POSITIVE,
    "attempt": POSITIVE,
    "started_at": NATURAL,
    "critical_digest": HASH,
    "fallbacks": [{"mode": one_of(*MODES), "reason": LINE}, 0, 3],
    "failure": maybe(LINE),
    "opening": maybe(OPENING),
    "nonce": maybe(("bytes", 16, 16)),
    "personalization": maybe(HASH),
    "outputs": [("bytes", 1, 7), 0, LARGEST],
    "entries": [{"official": HASH, "slots": [NATURAL, 1, 101_000]}, 0, 2],
    "winners": [{"prize": NAME, "amount": NATURAL, **PLACE}, 0, LARGEST],
    "alternates": [PLACE, 0, LARGEST],
    "substitutions": [
        {"at": NATURAL, "winner": NATURAL, "alternate": NATURAL, "reason": LINE, "officials": [HASH, 2, 2]},
        0,
        LARGEST,
    ],
}
RESULT = (
    "opening",
    "nonce",
    "personalization",
    "outputs",
    "entries",
    "winners",
    "alternates",
    "substitutions",
)
TRANSCRIPT = {
    "manifest": MANIFEST,
    "seal": SEAL,
    "checkpoint": [("text", 0, 10_000), 1, 200],
    "attempts": [ATTEMPTED, 0, 900],
}


SALE = {
    "kind": one_of("SALE"),
    "at": NATURAL,
    "order": HASH,
    "first": NATURAL,
    "count": POSITIVE,
    "validation": HASH,
    "package": NAME,
    "amount": NATURAL,
    "seller": NAME,
}
VOID = {
    "kind": one_of("VOID"),
    "at": NATURAL,
    "order": HASH,
    "first": NATURAL,
    "count": POSITIVE,
    "amount": NATURAL,
    "reason": LINE,
}
UPLOAD = {"kind": one_of("UPLOAD"), "at": NATURAL, "seller": NAME, "position": POSITIVE, "head": HASH}
PROOF = [HASH, 0, 64]
ENTRY = {"entry": ("text", 1, 4096), "index": NATURAL, "proof": PROOF}
TICKET = {
    "order": LINE,
    "validation": LINE,
    "salt": ("bytes", 16, 64),
    "sale": ENTRY,
    "void": maybe(ENTRY),
    "places": [{"draw": POSITIVE, "range": NATURAL, "position": NATURAL, "proof": PROOF}, 0, 100],
    "checkpoint": maybe({"note": TRANSCRIPT["checkpoint"], "consistency": PROOF}),
}


def conform(value: Json, form: Json, name: str, fault: str) -> None:
    """Refuse a value of another form."""
    if isinstance(form, dict):
        right = isinstance(value, dict) and value.keys() == form.keys()
        require(right, fault, f"{name} has not the members {', '.join(form)}")
        for member, inner in form.items():
            conform(value[member], inner, member, fault)
    elif isinstance(form, list):
        inner, low, high = form
        right = isinstance(value, list) and low <= len(value) <= high
        require(right, fault, f"{name} has not {low} to {high} items")
        for item in value:
            conform(item, inner, name, fault)
    elif isinstance(form, tuple) and form[0] == "maybe":
        if value is not None:
            conform(value, form[1], name, fault)
    else:
        require(_conforms(value, form), fault, f"{name} is {value!r}"[:200])


def _conforms(value: Json, form: Json) -> bool:
    if form is bool:
        return isinstance(value, bool)
    if isinstance(form, re.Pattern):
        return isinstance(value, str) and form.fullmatch(value) is not None
    if form[0] == "text":
        return isinstance(value, str) and form[1] <= len(value) <= form[2] and min(value, default=" ") >= " "
    if form[0] == "bytes":
        return (
            isinstance(value, str)
            and re.fullmatch(f"(?:[0-9a-f]{{2}}){{{form[1]},{form[2]}}}", value) is not None
        )
    return type(value) is int and form[0] <= value <= form[1]


# Rules of the manifest and the seal


def modes(manifest: Json) -> list[str]:
    """The planned mode and its fallbacks."""
    return [manifest["mode"], *manifest["ladder"]]


def check_rules(manifest: Json) -> None:
    """The plan contradicts itself nowhere."""
    draws = manifest["draws"]
    prizes = [prize for draw in draws for prize in draw["prizes"]]
    lists = [
        modes(manifest),
        manifest["contributors"],
        manifest["log"]["witnesses"],
        [each["id"] for each in manifest["packages"]],
        [each["name"] for each in draws],
        [each["id"] for each in prizes],
    ]
    mixing = {"commit_reveal", "beacon"} & set(modes(manifest))
    beacon = manifest["beacon"]
    rules = [
        all(len(set(each)) == len(each) for each in lists),
        manifest["close_at"] <= manifest["seal_by"],
        bool(manifest["contributors"]) or "commit_reveal" not in mixing,
        bool(mixing) or not manifest["contributors"],
        (beacon is not None) == ("beacon" in mixing),
        manifest["log"]["quorum"] <= len(manifest["log"]["witnesses"]),
        all(each["cap"] is None or each["cap"] >= max(each["seed"], each["minimum"]) for each in prizes),
        all(_rounds_are_right(manifest, draw["rounds"]) for draw in draws),
    ]
    require(
        all(rules),
        "transcript-malformed",
        f"the manifest breaks rule {rules.index(False) + 1}" if not all(rules) else "",
    )
    verifier_key(manifest["log"]["key"], 1)
    for witness in manifest["log"]["witnesses"]:
        verifier_key(witness, 4)


def _rounds_are_right(manifest: Json, rounds: list[int]) -> bool:
    if manifest["beacon"] is None:
        return not rounds
    ascending = all(earlier < later for earlier, later in zip(rounds, rounds[1:]))  # noqa: B905, RUF007 - unequal
    enough = len(rounds) == manifest["attempts"]
    return ascending and enough and comes_at(manifest, rounds[0]) >= manifest["seal_by"] + TEN_MINUTES_MS


def comes_at(manifest: Json, round_: int) -> int:
    """When a round of the beacon comes, in milliseconds."""
    return int(manifest["beacon"]["genesis"] + (round_ - 1) * manifest["beacon"]["period"]) * 1000


def amount_of(prize: Json, tally: Json) -> int:
    """What a prize is worth."""
    base = tally["gross"] if prize["basis"] == "gross" else max(tally["gross"] - tally["fees"], 0)
    exact, unit = prize["seed"] * 10_000 + base * prize["share_basis_points"], 10_000 * prize["rounding_unit"]
    extra = {"down": 0, "up": unit - 1, "nearest": unit // 2}[prize["rounding"]]
    amount = max((exact + extra) // unit * prize["rounding_unit"], prize["minimum"])
    require(amount <= LARGEST, "prize-amount-wrong", f"{prize['id']} is worth {amount}")
    return int(amount if prize["cap"] is None else min(amount, prize["cap"]))


def hash_of(tag: str, document: Json) -> bytes:
    """H of a manifest, a seal or a transcript."""
    return digest(framed(f"riff/sd1/{tag}", canonical(document)))


def words_of(seal: Json) -> str:
    """Eight words for the first half of H(S)."""
    octets, words = hash_of("seal", seal), []
    for at in range(0, 16, 2):
        value = int.from_bytes(octets[at : at + 2], "big")
        word = ""
        for letters, shift in (("c", 12), ("v", 10), ("c", 6), ("v", 4), ("c", 0)):
            word += "bdfghjklmnprstvz"[value >> shift & 15] if letters == "c" else "aiou"[value >> shift & 3]
        words.append(word)
    return " ".join(words)


def check_manifest(manifest: Json, seal: Json) -> None:
    """The seal names the manifest."""
    require(seal["manifest"] == hash_of("manifest", manifest).hex(), "seal-of-other-manifest")


def check_words(words: str, seal: Json) -> None:
    """The seal is the one that was read aloud."""
    require(words.split() == words_of(seal).split(), "words-differ", words_of(seal))


def check_time(manifest: Json, seal: Json) -> None:
    """Sealed after the close and by the deadline."""
    in_time = manifest["close_at"] <= seal["sealed_at"] <= manifest["seal_by"]
    require(in_time, "sealed-at-wrong-time", seal["sealed_at"])


def check_commitments(manifest: Json, seal: Json) -> None:
    """One commitment for every attempt, and one of each contributor."""
    planned = [
        (draw, attempt)
        for draw, _ in enumerate(manifest["draws"], 1)
        for attempt in range(1, manifest["attempts"] + 1)
    ]
    made = [(each["draw"], each["attempt"]) for each in seal["commitments"]]
    require(made == planned, "commitments-incomplete")
    expected = [(*attempt, party) for attempt in planned for party in manifest["contributors"]]
    contributed = [(each["draw"], each["attempt"], each["party"]) for each in seal["contributions"]]
    require(contributed == expected, "contributions-incomplete")


def check_tally(manifest: Json, seal: Json) -> None:
    """Every slot is accounted for, and the pools are what was sold."""
    tally, pools = seal["tally"], seal["pools"]
    total = tally["sold"] + tally["voided"] + tally["unsold"]
    require(total == manifest["slots"], "tally-wrong", f"{total} of {manifest['slots']} slots")
    require(len(pools) == len(manifest["draws"]), "tally-wrong", f"{len(pools)} pools")
    for draw, pool in zip(manifest["draws"], pools):  # noqa: B905 - equally long
        numbers, whole = pool["numbers"], draw["sold_before"] is None
        right = numbers == tally["sold"] if whole else numbers <= tally["sold"]
        require(right, "tally-wrong", f"{numbers} numbers of {tally['sold']} sold")


def check_prizes(manifest: Json, seal: Json) -> None:
    """Every prize is worth what its rule gives."""
    prizes = [prize for draw in manifest["draws"] for prize in draw["prizes"]]
    expected = [{"prize": each["id"], "amount": amount_of(each, seal["tally"])} for each in prizes]
    require(seal["prizes"] == expected, "prize-amount-wrong", expected)


# Signed checkpoints: C2SP notes, Ed25519 of RFC 8032

P25519 = 2**255 - 19
L25519 = 2**252 + 27742317777372353535851937790883648493
D25519 = -121665 * pow(121666, -1, P25519) % P25519


def _add(p: Point, q: Point) -> Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = p, q
    a, b = (y1 - x1) * (y2 - x2) % P25519, (y1 + x1) * (y2 + x2) % P25519
    c, d = 2 * t1 * t2 * D25519 % P25519, 2 * z1 * z2 % P25519
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P25519, g * h % P25519, f * g % P25519, e * h % P25519


def _times(scalar: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point, scalar = _add(point, point), scalar >> 1
    return total


def _point(octets: bytes) -> Point:
    """The point that 32 bytes encode.  Raises ValueError: there is none."""
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P25519:
        raise ValueError(y)
    square = (y * y - 1) * pow(D25519 * y * y + 1, -1, P25519) % P25519
    x = pow(square, (P25519 + 3) // 8, P25519)
    if (x * x - square) % P25519:
        x = x * pow(2, (P25519 - 1) // 4, P25519) % P25519
    if (x * x - square) % P25519 or (x == 0 and sign):
        raise ValueError(y)
    x = P25519 - x if x & 1 != sign else x
    return x, y, 1, x * y % P25519


GENERATOR = _point((4 * pow(5, -1, P25519) % P25519).to_bytes(32, "little"))


def ed25519_verifies(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """RFC 8032, 5.1.7, without the cofactor."""
    try:
        a, r = _point(public_key), _point(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    hashed = hashlib.sha512(signature[:32] + public_key + message).digest()
    k = int.from_bytes(hashed, "little") % L25519
    left, right = _times(s, GENERATOR), _add(r, _times(k, a))
    same = [(left[i] * right[2] - right[i] * left[2]) % P25519 == 0 for i in (0, 1)]
    return s < L25519 and all(same)


def base64_of(text: str, fault: str) -> bytes:
    """The bytes, if the text is their base64."""
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Fault(fault, "not base64") from error
    require(base64.b64encode(value).decode() == text, fault, "base64 in another form")
    return value


def verifier_key(text: str, kind: int) -> Key:
    """The name, key ID, type and public key of a verifier key."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    typed = base64_of(encoded, "transcript-malformed")
    right = re.fullmatch(r"[^\s+]+", name) and len(typed) == 33 and typed[0] == kind
    require(right, "transcript-malformed", f"not a key of type {kind}: {text}")
    require(key_id == digest(name.encode(), b"\n", typed)[:4].hex(), "transcript-malformed", "another key ID")
    return name, bytes.fromhex(key_id), kind, typed[1:]


def read_note(lines: list[str]) -> tuple[str, list[Signature]]:
    """The text of a signed note, and its signatures: name, key ID, payload."""
    fault = "checkpoint-malformed"
    whole = "".join(f"{line}\n" for line in lines)
    text, separator, rest = whole.rpartition("\n\n")
    require(separator and rest, fault, "no signatures")
    signatures = []
    for line in rest[:-1].split("\n"):
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        if match is None:
            raise Fault(fault, "not a signature line")
        value = base64_of(match[2], fault)
        require(len(value) > 4, fault, "not a signature")
        signatures.append((match[1], value[:4], value[4:]))
    require(len(signatures) <= 100, fault, "too many signatures")
    return text + "\n", signatures


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """Origin, size and root."""
    match = re.fullmatch(r"([^\s+]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n", text)
    if match is None or int(match[2]) > LARGEST:
        raise Fault("checkpoint-malformed", "not a checkpoint")
    return match[1], int(match[2]), base64_of(match[3], "checkpoint-malformed")


def signed_by(key: Key, text: str, signatures: list[Signature]) -> bool | None:
    """Whether a key signed: None if there is no such line, False if no line verifies."""
    name, key_id, kind, public_key = key
    verdict = None
    for signer, signer_id, payload in signatures:
        if (signer, signer_id) == (name, key_id) and len(payload) == (64 if kind == 1 else 72):
            head = f"cosignature/v1\ntime {int.from_bytes(payload[:8], 'big')}\n" if kind == 4 else ""
            if ed25519_verifies(public_key, (head + text).encode(), payload[-64:]):
                return True
            verdict = False
    return verdict


def check_checkpoint(transcript: Json) -> None:
    """The checkpoint is the state of the ledger that the seal names."""
    seal, log = transcript["seal"], transcript["manifest"]["log"]
    origin, size, root = read_checkpoint(read_note(transcript["checkpoint"])[0])
    require(origin == verifier_key(log["key"], 1)[0], "checkpoint-of-other-log", origin)
    require((size, root.hex()) == (seal["ledger_size"], seal["ledger_root"]), "checkpoint-forked")


def check_signatures(lines: list[str], log: Json) -> None:
    """The log and enough witnesses signed a note."""
    text, signatures = read_note(lines)
    own = signed_by(verifier_key(log["key"], 1), text, signatures)
    require(own is not None, "signature-missing", "of the log")
    require(own, "signature-wrong", "of the log")
    verdicts = [signed_by(verifier_key(each, 4), text, signatures) for each in log["witnesses"]]
    require(False not in verdicts, "signature-wrong", "of a witness")
    require(
        verdicts.count(True) >= log["quorum"],
        "cosignature-missing",
        f"{verdicts.count(True)} of {log['quorum']}",
    )


# Pools


def ranges_of(data: bytes) -> Iterator[tuple[int, int]]:
    """First slot and count of each range of the compact form."""
    end, values, value, shift = 0, [], 0, 0
    for octet in data:
        value |= (octet & 127) << shift
        if octet > 127:
            shift += 7
            require(shift <= 28, "pool-malformed", "a number that is too long")
            continue
        require(octet or not shift, "pool-malformed", "a needless byte")
        values.append(value)
        value = shift = 0
        if len(values) == 2:
            first, count = end + values[0], values[1] + 1
            yield first, count
            end, values = first + count, []
    require(not shift and not values, "pool-malformed", "the end is missing")


def check_pool(pool: Json, pools: Pools, slots: int) -> None:
    """The pool is the one that the seal states."""
    tree, numbers = Tree(), 0
    for first, count in ranges_of(find_pool(pools, pool)):
        require(first + count <= slots, "pool-malformed", f"slot {first + count - 1} of {slots}")
        tree.add(range_entry(numbers, first, count))
        numbers += count
    counts = (tree.size, numbers) == (pool["ranges"], pool["numbers"])
    require(counts, "pool-count-wrong", f"{numbers} numbers in {tree.size} ranges")
    require(tree.root().hex() == pool["root"], "pool-root-wrong")


def range_entry(position: int, first: int, count: int) -> bytes:
    """The entry of a range in the tree of its pool."""
    return framed("riff/sd1/range", b"".join(each.to_bytes(8, "big") for each in (position, first, count)))


def slots_at(indices: Iterable[int], data: bytes) -> dict[int, int]:
    """The slot of each index."""
    wanted, found, position = sorted(set(indices)), {}, 0
    for first, count in ranges_of(data):
        while wanted and wanted[0] < position + count:
            index = wanted.pop(0)
            found[index] = first + index - position
        position += count
    require(not wanted, "slot-wrong", "an index does not exist")
    return found


def indices_of(slots: Iterable[int], data: bytes) -> dict[int, int]:
    """The index of each slot that takes part."""
    wanted, found, position = set(slots), {}, 0
    for first, count in ranges_of(data):
        for slot in [slot for slot in wanted if first <= slot < first + count]:
            found[slot] = position + slot - first
        position += count
    return found


# Attempts


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256."""
    return hmac.new(key, data, hashlib.sha256).digest()


class HmacDrbg:
    """HMAC_DRBG with SHA-256 of NIST SP 800-90A Rev. 1."""

    def __init__(self, entropy: bytes, nonce: bytes, personalization: bytes) -> None:
        self.key, self.value = bytes(32), b"\1" * 32
        self._update(entropy + nonce + personalization)

    def generate(self, size: int) -> bytes:
        """The next bytes."""
        out = b""
        while len(out) < size:
            self.value = mac(self.key, self.value)
            out += self.value
        self._update(b"")
        return out[:size]

    def _update(self, data: bytes) -> None:
        for octet in (b"\0", b"\1") if data else (b"\0",):
            self.key = mac(self.key, self.value + octet + data)
            self.value = mac(self.key, self.value)


def select(
    generate: Callable[[int], bytes],
    numbers: int,
    winners: int,
    alternates: int,
    *,
    replacement: bool,
    excluded: Iterable[int],
) -> tuple[list[str], list[int], list[int]]:
    """Every block that is read, the winning indices, the alternates."""
    taken, won, others, blocks = set(excluded), [], [], []
    needed = min(winners, 1) if replacement else winners
    require(
        numbers - len(taken) >= needed, "numbers-too-few", f"{numbers - len(taken)} for {winners} winners"
    )
    bits = (numbers - 1).bit_length()

    def fresh() -> int:
        while True:
            block = generate((bits + 7) // 8) if bits else b""
            blocks.extend([block] if bits else [])
            index = int.from_bytes(block, "big") & (1 << bits) - 1
            if index < numbers and index not in taken:
                return index

    for _ in range(winners):
        won.append(fresh())
        taken.update([] if replacement else won[-1:])
    taken.update(won)
    for _ in range(min(alternates, numbers - len(taken))):
        others.append(fresh())
        taken.add(others[-1])
    return [block.hex() for block in blocks], won, others


class Attempt:
    """One attempt with everything it is checked against."""

    def __init__(self, transcript: Json, attempt: Json, pools: Pools) -> None:
        self.manifest, self.seal, self.attempt, self.pools = (
            transcript["manifest"],
            transcript["seal"],
            attempt,
            pools,
        )
        self.draw, self.number, self.opening = attempt["draw"], attempt["attempt"], attempt["opening"]
        known = self.draw <= min(len(self.manifest["draws"]), len(self.seal["pools"]))
        require(known and self.number <= self.manifest["attempts"], "attempt-out-of-order", "not planned")
        passed_over = [each["mode"] for each in attempt["fallbacks"]]
        usable = modes(self.manifest)
        planned = len(passed_over) < len(usable) and passed_over == usable[: len(passed_over)]
        require(planned, "fallback-not-planned", passed_over)
        self.mode = usable[len(passed_over)]
        self.planned, self.pool = self.manifest["draws"][self.draw - 1], self.seal["pools"][self.draw - 1]
        self.excluded = self._excluded(transcript)

    def _excluded(self, transcript: Json) -> set[int]:
        """Slots that won an earlier draw whose winners do not return."""
        slots: set[int] = set()
        for earlier in transcript["attempts"]:
            if earlier["draw"] < self.draw and not self.manifest["draws"][earlier["draw"] - 1]["returned"]:
                slots.update(each["slot"] for each in earlier["winners"])
                for each in earlier["substitutions"]:
                    if each["at"] <= self.attempt["started_at"] and each["alternate"] < len(
                        earlier["alternates"]
                    ):
                        slots.add(earlier["alternates"][each["alternate"]]["slot"])
        return slots

    def data(self) -> bytes:
        """The pool."""
        return find_pool(self.pools, self.pool)

    def check_start(self) -> None:
        """It started after the seal."""
        require(self.attempt["started_at"] >= self.seal["sealed_at"], "drawn-before-seal")

    def check_code(self) -> None:
        """The certified code ran."""
        same = self.attempt["critical_digest"] == self.manifest["critical_digest"]
        require(same, "code-changed", self.attempt["critical_digest"])

    def check_opening(self) -> None:
        """There is an opening, unless the draw is by hand."""
        attempt, by_hand = self.attempt, self.mode == "manual"
        if self.opening is None:
            require(by_hand, "opening-missing", f"the mode is {self.mode}")
            blank = attempt["nonce"] is None and attempt["personalization"] is None
            require(blank, "opening-unexpected", "a draw by hand has no seed")
        else:
            require(not by_hand and not attempt["entries"], "opening-unexpected", "the draw is by hand")

    def check_secret(self) -> None:
        """The secret is the one that was committed to."""
        parts = number4(self.draw), number4(self.number), bytes.fromhex(self.opening["secret"])
        value = digest(framed("riff/sd1/commitment", bytes.fromhex(self.seal["manifest"]), *parts)).hex()
        committed = {"draw": self.draw, "attempt": self.number, "value": value}
        first = [
            each
            for each in self.seal["commitments"]
            if (each["draw"], each["attempt"]) == (self.draw, self.number)
        ]
        require(first[:1] == [committed], "secret-not-committed")

    def check_beacon(self) -> None:
        """The beacon's value is of the planned chain and round."""
        value = self.opening["beacon"]
        if self.mode != "beacon":
            require(value is None, "beacon-unexpected")
            return
        require(value, "beacon-missing")
        require(value["chain"] == self.manifest["beacon"]["chain"], "beacon-of-other-chain")
        planned = self.planned["rounds"][self.number - 1]
        require(value["round"] == planned, "beacon-of-other-round", f"{value['round']} instead of {planned}")
        randomness = digest(bytes.fromhex(value["signature"])).hex()
        require(value["randomness"] == randomness, "beacon-randomness-wrong")

    def check_contributions(self) -> None:
        """Every contribution is there, committed to, and in time."""
        parties = self.manifest["contributors"] if self.mode in ("commit_reveal", "beacon") else []
        opened = [each["party"] for each in self.opening["contributions"]]
        require(set(parties) <= set(opened), "contribution-missing", set(parties) - set(opened))
        require(opened == parties, "contribution-unexpected", opened)
        for each in self.opening["contributions"]:
            parts = (
                each["party"].encode(),
                number4(self.draw),
                number4(self.number),
                bytes.fromhex(each["value"]),
            )
            value = digest(
                framed("riff/sd1/contribution", bytes.fromhex(self.seal["manifest"]), *parts)
            ).hex()
            committed = {"party": each["party"], "draw": self.draw, "attempt": self.number, "value": value}
            require(committed in self.seal["contributions"], "contribution-not-committed", each["party"])
            require(each["opened_at"] >= self.seal["sealed_at"], "contribution-early", each["party"])
            in_time = each["opened_at"] <= self.attempt["started_at"]
            if self.mode == "beacon":
                in_time &= each["opened_at"] < comes_at(
                    self.manifest, self.planned["rounds"][self.number - 1]
                )
            require(in_time, "contribution-late", each["party"])

    def seed(self) -> tuple[bytes, bytes, bytes]:
        """Entropy, nonce and personalization."""
        beacon = self.opening["beacon"]
        mixed = [
            beacon["signature"] if beacon else "",
            *(each["value"] for each in self.opening["contributions"]),
        ]
        seal = hash_of("seal", self.seal)
        return (
            bytes.fromhex(self.opening["secret"]),
            digest(framed("riff/sd1/nonce", number4(self.draw), number4(self.number)))[:16],
            digest(framed("riff/sd1/personalization", seal, *map(bytes.fromhex, mixed))),
        )

    def check_seed(self) -> None:
        """Nonce and personalization follow from seal, beacon and contributions."""
        _, nonce, personalization = self.seed()
        require(self.attempt["nonce"] == nonce.hex(), "nonce-wrong", nonce.hex())
        right = self.attempt["personalization"] == personalization.hex()
        require(right, "personalization-wrong", personalization.hex())

    def compute(self) -> Computed:
        """The blocks and the places that must come out."""
        winners, alternates = (
            sum(each["winners"] for each in self.planned["prizes"]),
            self.planned["alternates"],
        )
        if self.opening is None:
            return [], *self._entered(winners, alternates), self._parts()
        blocks, won, others = select(
            HmacDrbg(*self.seed()).generate,
            self.pool["numbers"],
            winners,
            alternates,
            replacement=self.planned["replacement"],
            excluded=indices_of(self.excluded, self.data()).values(),
        )
        slots = slots_at(won + others, self.data())
        places = [(each, slots[each]) for each in won], [(each, slots[each]) for each in others]
        return blocks, *places, self._parts()

    def _parts(self) -> list[Part]:
        """Each winner's prize, and part of it."""
        parts = []
        for prize in self.planned["prizes"]:
            part, left_over = divmod(amount_of(prize, self.seal["tally"]), prize["winners"])
            parts += [(prize["id"], part + (rank < left_over)) for rank in range(prize["winners"])]
        return parts

    def _entered(self, winners: int, alternates: int) -> tuple[list[Place], list[Place]]:
        entries = self.attempt["entries"]
        two = len(entries) == 2 and entries[0]["official"] != entries[1]["official"]
        require(two and entries[0]["slots"] == entries[1]["slots"], "entries-differ")
        slots = entries[0]["slots"]
        require(
            winners <= len(slots) <= winners + alternates, "numbers-too-few", f"{len(slots)} slots entered"
        )
        indices = indices_of(slots, self.data())
        require(all(each in indices and each not in self.excluded for each in slots), "entry-not-in-pool")
        places = [(indices[each], each) for each in slots]
        won, others = places[:winners], places[winners:]
        distinct = len(set(won)) if self.planned["replacement"] else len(won)
        require(len(set(places)) == distinct + len(others), "entry-not-in-pool", "a slot stands twice")
        return won, others

    def check_outputs(self, computed: Computed) -> None:
        """The generator gives these blocks."""
        require(self.attempt["outputs"] == computed[0], "outputs-wrong")

    def check_winners(self, computed: Computed) -> None:
        """These places win these prizes."""
        won, right = self.attempt["winners"], computed[1]
        require([each["index"] for each in won] == [index for index, _ in right], "winners-wrong", right)
        require([each["slot"] for each in won] == [slot for _, slot in right], "slot-wrong", right)
        parts = [(each["prize"], each["amount"]) for each in won]
        require(parts == computed[3], "prize-wrong", computed[3])

    def check_alternates(self, computed: Computed) -> None:
        """These places are the alternates."""
        others = [(each["index"], each["slot"]) for each in self.attempt["alternates"]]
        require(others == computed[2], "alternates-wrong", computed[2])

    def check_substitutions(self) -> None:
        """Alternates are promoted in order, after the draw, by two officials."""
        earlier = self.attempt["started_at"]
        for rank, each in enumerate(self.attempt["substitutions"]):
            known = each["winner"] < len(self.attempt["winners"]) and rank < len(self.attempt["alternates"])
            in_turn = known and each["alternate"] == rank and each["at"] >= earlier
            require(in_turn and len(set(each["officials"])) == 2, "substitution-wrong", rank)
            earlier = each["at"]


def find_pool(pools: Pools, pool: Json) -> bytes:
    """The pool with a root."""
    require(pool["root"] in pools, "pool-missing", pool["root"])
    return pools[pool["root"]]


def check_order(attempts: Json, committed: int) -> None:
    """Each draw in its turn: after the result of the one before, or the failure of all its attempts."""
    draw, number, started_at = 1, 1, 0
    for each in attempts:
        require(each["draw"] >= draw, "drawn-twice", f"draw {each['draw']}")
        in_turn = (each["draw"], each["attempt"]) == (draw, number) and each["started_at"] >= started_at
        require(in_turn, "attempt-out-of-order", f"draw {each['draw']} attempt {each['attempt']}")
        started_at = each["started_at"]
        goes_on = each["failure"] is not None and number < committed
        draw, number = (draw, number + 1) if goes_on else (draw + 1, 1)


# The ledger's entries, and tickets


def check_ledger(seal: Json, entries: list[bytes]) -> None:
    """The published entries are the ledger that the seal names."""
    tree = Tree()
    for entry in entries:
        record = read_json(entry, "ledger-malformed")
        right = isinstance(record, dict) and isinstance(record.get("kind"), str)
        require(right, "ledger-malformed", f"entry {tree.size}")
        for kind, form in (("SALE", SALE), ("VOID", VOID), ("UPLOAD", UPLOAD)):
            if record["kind"] == kind:
                conform(record, form, f"entry {tree.size}", "ledger-malformed")
        tree.add(entry)
    same = (tree.size, tree.root().hex()) == (seal["ledger_size"], seal["ledger_root"])
    require(same, "ledger-forked", f"{tree.size} entries")


@dataclass(frozen=True)
class Moved:
    """What a SALE or a VOID says about an order."""

    kind: str
    order: str
    at: int
    first: int
    count: int
    amount: int

    def undoes(self, sale: "Moved") -> bool:
        """Whether a VOID takes back the whole of a SALE."""
        return (self.first, self.count, self.amount) == (sale.first, sale.count, sale.amount)


def moved_by(entries: list[bytes]) -> list[Moved]:
    """Every SALE and VOID, in the order of the ledger."""
    members = "kind", "order", "at", "first", "count", "amount"
    records = (read_json(entry, "ledger-malformed") for entry in entries)
    moving = (record for record in records if record["kind"] in ("SALE", "VOID"))
    return [Moved(*map(record.get, members)) for record in moving]


def valid_of(moved: list[Moved]) -> list[Moved]:
    """The sales that were not voided."""
    voided = {each.order for each in moved if each.kind == "VOID"}
    return [each for each in moved if each.kind == "SALE" and each.order not in voided]


def check_orders(slots: int, moved: list[Moved]) -> None:
    """Each order is sold once and voided at most once, later and whole; no slot is ever sold twice."""
    sold: dict[str, Moved] = {}
    voided: set[str] = set()
    for each in moved:
        if each.kind == "SALE":
            require(each.order not in sold, "order-sold-twice", each.order)
            sold[each.order] = each
        else:
            require(each.order in sold, "void-without-sale", each.order)
            require(each.order not in voided, "order-voided-twice", each.order)
            require(each.undoes(sold[each.order]), "void-of-other-sale", each.order)
            voided.add(each.order)
    end = 0
    for first, count in sorted((each.first, each.count) for each in sold.values()):
        require(first >= end, "slot-sold-twice", f"slot {first}")
        end = first + count
    require(end <= slots, "slot-not-in-raffle", f"slot {end - 1} of {slots}")


def check_tally_of_ledger(tally: Json, moved: list[Moved]) -> None:
    """The seal's numbers and money are what the entries add up to."""
    valid = valid_of(moved)
    added = {
        "sold": sum(each.count for each in valid),
        "voided": sum(each.count for each in moved if each.kind == "VOID"),
        "gross": sum(each.amount for each in valid),
    }
    same = all(tally[name] == total for name, total in added.items())
    require(same, "tally-not-of-ledger", f"the entries add up to {added}")


def check_pool_of_ledger(draw: Json, pool: Json, pools: Pools, moved: list[Moved]) -> None:
    """Exactly what was sold in time and not voided takes part."""
    sold = sorted((each.first, each.count) for each in valid_of(moved) if in_time(draw, each.at))
    require(sold == list(ranges_of(find_pool(pools, pool))), "pool-not-of-ledger")


def check_uploads(entries: list[bytes]) -> None:
    """The chain of every unit is there from its first entry on; it begins anew when the unit enrols again."""
    ends: dict[str, int] = {}
    for record in uploads_of(entries):
        seller, position = record["seller"], record["position"]
        in_turn = position in (1, ends.get(seller, 0) + 1)
        require(in_turn, "upload-out-of-order", f"entry {position} of {seller}")
        ends[seller] = position


def check_mark(mark: str, entries: list[bytes] | None) -> None:
    """The sale of the ticket that bears this mark was entered."""
    require(entries is not None, "mark-not-in-ledger", "no ledger is published")
    unit, position, tag = mark.split()
    found = (
        record["seller"] == unit and record["position"] == int(position) and record["head"][:16] == tag
        for record in uploads_of(entries or [])
    )
    require(any(found), "mark-not-in-ledger", mark)


def uploads_of(entries: list[bytes]) -> Iterator[Json]:
    """What units handed in."""
    for entry in entries:
        record = read_json(entry, "ledger-malformed")
        if isinstance(record, dict) and record.get("kind") == "UPLOAD":
            conform(record, UPLOAD, "entry", "ledger-malformed")
            yield record


def in_time(draw: Json, sold_at: int) -> bool:
    """Whether a sale takes part in a draw."""
    return draw["sold_before"] is None or sold_at < draw["sold_before"]


def check_ticket_entry(ticket: Json, seal: Json) -> Json:
    """The ledger holds the sale of this very ticket."""
    conform(ticket, TICKET, "ticket", "ticket-malformed")
    sale = read_json(ticket["sale"]["entry"].encode(), "ticket-malformed")
    conform(sale, SALE, "sale", "ticket-malformed")
    salt = bytes.fromhex(ticket["salt"])
    for member in ("order", "validation"):
        value = digest(framed("riff/ledger/salted/1", salt, ticket[member].encode())).hex()
        require(sale[member] == value, "ticket-of-other-order", member)
    _require_entry(ticket["sale"], seal)
    return sale


def _require_entry(proved: Json, seal: Json) -> None:
    leaf, proof = digest(b"\0", proved["entry"].encode()), [bytes.fromhex(each) for each in proved["proof"]]
    root = bytes.fromhex(seal["ledger_root"])
    right = included(leaf, proved["index"], seal["ledger_size"], proof, root)
    require(right, "ticket-not-in-ledger", f"entry {proved['index']}")


def check_ticket_void(ticket: Json, sale: Json, seal: Json, pools: Pools) -> None:
    """The order was voided, and none of its slots takes part."""
    void = read_json(ticket["void"]["entry"].encode(), "ticket-malformed")
    conform(void, VOID, "void", "ticket-malformed")
    same = all(void[each] == sale[each] for each in ("order", "first", "count"))
    require(same, "ticket-of-other-order", "the void")
    _require_entry(ticket["void"], seal)
    slots = range(sale["first"], sale["first"] + sale["count"])
    for pool in seal["pools"]:
        require(not indices_of(slots, find_pool(pools, pool)), "void-takes-part")


def check_ticket_places(ticket: Json, sale: Json, transcript: Json) -> None:
    """The ticket takes part in every draw that it was sold in time for."""
    seal, places = transcript["seal"], {each["draw"]: each for each in ticket["places"]}
    for number, (draw, pool) in enumerate(zip(transcript["manifest"]["draws"], seal["pools"]), 1):  # noqa: B905
        if not in_time(draw, sale["at"]):
            continue
        require(number in places, "ticket-not-in-pool", f"draw {number}")
        place = places[number]
        leaf = digest(b"\0", range_entry(place["position"], sale["first"], sale["count"]))
        proof, root = [bytes.fromhex(each) for each in place["proof"]], bytes.fromhex(pool["root"])
        right = included(leaf, place["range"], pool["ranges"], proof, root)
        require(right, "ticket-not-in-pool", f"draw {number}")


def check_ticket_checkpoint(ticket: Json, transcript: Json) -> None:
    """The ledger at the sale is the beginning of the ledger at the seal."""
    seal, note = transcript["seal"], ticket["checkpoint"]["note"]
    check_signatures(note, transcript["manifest"]["log"])
    origin, size, root = read_checkpoint(read_note(note)[0])
    own = origin == verifier_key(transcript["manifest"]["log"]["key"], 1)[0]
    require(own, "checkpoint-of-other-log", origin)
    proof = [bytes.fromhex(each) for each in ticket["checkpoint"]["consistency"]]
    right = consistent(size, root, seal["ledger_size"], bytes.fromhex(seal["ledger_root"]), proof)
    require(right, "checkpoint-forked", f"at {size} entries")


# The run


class Run:
    """Prints a line per step and remembers whether all passed."""

    def __init__(self) -> None:
        self.passed = True

    def step(self, name: str, check: Callable[..., Json], *arguments: Json) -> Json:
        """Run one check; the answer is what it returns, or None if it failed."""
        try:
            answer = check(*arguments)
        except Fault as fault:
            print(f"FAIL {name}: {fault}")
            self.passed = False
            return None
        print(f"PASS {name}")
        return answer if answer is not None else True


def read_transcript(data: bytes) -> Json:
    """The transcript, in its form and without contradiction in its plan."""
    transcript = read_json(data, "transcript-malformed")
    conform(transcript, TRANSCRIPT, "transcript", "transcript-malformed")
    for each in transcript["attempts"]:
        # What a failed attempt showed as won would be excluded from later draws, and nothing would prove it.
        ended = each["winners"] if each["failure"] is None else not any(map(each.get, RESULT))
        require(ended, "transcript-malformed", "an attempt has either a failure or winners")
    check_rules(transcript["manifest"])
    return transcript


def verify(
    run: Run, data: bytes, pools: Pools, entries: list[bytes] | None, words: str | None
) -> Json | None:
    """Check what is published; the answer is the transcript, or None."""
    transcript = run.step("transcript", read_transcript, data)
    if transcript is None:
        return None
    verify_seal(run, transcript, words)
    for number, pool in enumerate(transcript["seal"]["pools"], 1):
        run.step(f"pool {number}", check_pool, pool, pools, transcript["manifest"]["slots"])
    if entries is not None:
        verify_ledger(run, transcript, pools, entries)
    run.step("order", check_order, transcript["attempts"], transcript["manifest"]["attempts"])
    for attempt in transcript["attempts"]:
        verify_attempt(run, transcript, attempt, pools)
    return transcript


def verify_seal(run: Run, transcript: Json, words: str | None) -> None:
    """Check the seal against the manifest and the signed checkpoint."""
    manifest, seal = transcript["manifest"], transcript["seal"]
    run.step("manifest", check_manifest, manifest, seal)
    run.step("time", check_time, manifest, seal)
    run.step("commitments", check_commitments, manifest, seal)
    run.step("tally", check_tally, manifest, seal)
    run.step("prizes", check_prizes, manifest, seal)
    if words is not None:
        run.step("words", check_words, words, seal)
    run.step("checkpoint", check_checkpoint, transcript)
    run.step("signatures", check_signatures, transcript["checkpoint"], manifest["log"])


def verify_ledger(run: Run, transcript: Json, pools: Pools, entries: list[bytes]) -> None:
    """Check the published entries against the seal, and its tally and pools against them."""
    if run.step("ledger", check_ledger, transcript["seal"], entries) is None:
        return
    run.step("ledger uploads", check_uploads, entries)
    manifest, seal, moved = transcript["manifest"], transcript["seal"], moved_by(entries)
    run.step("ledger orders", check_orders, manifest["slots"], moved)
    run.step("ledger tally", check_tally_of_ledger, seal["tally"], moved)
    drawn = zip(manifest["draws"], seal["pools"])  # noqa: B905 - `tally` compares them
    for number, (draw, pool) in enumerate(drawn, 1):
        run.step(f"ledger pool {number}", check_pool_of_ledger, draw, pool, pools, moved)


def verify_attempt(run: Run, transcript: Json, attempt: Json, pools: Pools) -> None:
    """Check one attempt."""
    name = f"draw {attempt['draw']}.{attempt['attempt']}"
    it = run.step(f"{name} plan", Attempt, transcript, attempt, pools)
    if it is None:
        return
    run.step(f"{name} start", it.check_start)
    run.step(f"{name} code", it.check_code)
    if attempt["failure"] is not None:
        return
    run.step(f"{name} opening", it.check_opening)
    if it.opening is not None:
        run.step(f"{name} secret", it.check_secret)
        run.step(f"{name} beacon", it.check_beacon)
        run.step(f"{name} contributions", it.check_contributions)
        run.step(f"{name} seed", it.check_seed)
    try:
        computed = it.compute()
    except Fault as fault:
        run.step(f"{name} outputs", _raise, fault)
    else:
        run.step(f"{name} outputs", it.check_outputs, computed)
        run.step(f"{name} winners", it.check_winners, computed)
        run.step(f"{name} alternates", it.check_alternates, computed)
    run.step(f"{name} substitutions", it.check_substitutions)
    if it.opening is not None and it.opening["beacon"]:
        print(
            f"NOTE {name}: compare the beacon's round {it.opening['beacon']['round']} with its public archive"
        )


def _raise(fault: Fault) -> None:
    raise fault


def verify_ticket(run: Run, ticket: Json, transcript: Json, pools: Pools) -> None:
    """Check the proofs of a ticket."""
    sale = run.step("ticket entry", check_ticket_entry, ticket, transcript["seal"])
    if sale is None:
        return
    if ticket["void"] is not None:
        run.step("ticket void", check_ticket_void, ticket, sale, transcript["seal"], pools)
    else:
        run.step("ticket places", check_ticket_places, ticket, sale, transcript)
        slots = range(sale["first"], sale["first"] + sale["count"])
        winners = [each for attempt in transcript["attempts"] for each in attempt["winners"]]
        won = sum(each["slot"] in slots for each in winners)
        print(f"NOTE ticket: slots {slots[0]} to {slots[-1]}, {won} of them drawn as winners")
    if ticket["checkpoint"] is not None:
        run.step("ticket checkpoint", check_ticket_checkpoint, ticket, transcript)


def options(arguments: list[str]) -> tuple[Path, dict[str, str]] | None:
    """The folder and the options, or None."""
    folder, rest = arguments[:1], arguments[1:]
    chosen = dict(zip(rest[::2], rest[1::2]))  # noqa: B905 - an odd one is refused
    known = chosen.keys() <= {"--ticket", "--words", "--mark"} and 2 * len(chosen) == len(rest)
    mark = MARK.fullmatch(chosen.get("--mark", "unit 1 0123456789abcdef"))
    if not known or not mark or not folder or folder[0].startswith("-"):
        return None
    return Path(folder[0]), chosen


def main(arguments: list[str]) -> int:
    """Run from the command line; the answer is the exit status."""
    parsed = options(arguments)
    if parsed is None:
        print(USAGE, file=sys.stderr)
        return 2
    folder, chosen = parsed
    try:
        data = (folder / "transcript.json").read_bytes()
        pools = {path.stem: path.read_bytes() for path in (folder / "pools").glob("*.pool")}
        ledger = folder / "ledger.jsonl"
        entries = ledger.read_bytes().splitlines() if ledger.exists() else None
        ticket = json.loads(Path(chosen["--ticket"]).read_bytes()) if "--ticket" in chosen else None
    except (OSError, ValueError, RecursionError) as error:
        print(f"verify.py: {error}", file=sys.stderr)
        return 2
    run = Run()
    transcript = verify(run, data, pools, entries, chosen.get("--words"))
    if transcript is not None:
        print(f"NOTE seal: {words_of(transcript['seal'])}")
        if "--ticket" in chosen:
            verify_ticket(run, ticket, transcript, pools)
        if "--mark" in chosen:
            run.step("mark", check_mark, chosen["--mark"], entries)
    print("PASS" if run.passed else "FAIL")
    return 0 if run.passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
