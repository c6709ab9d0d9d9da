"""A small raffle from its first sale to its last draw: the honest publication that tests start from.

Everything secret is derived from its name, so that the same raffle comes out every time.
"""

import json
from collections.abc import Sequence
from copy import replace
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from riff_critical import ledger
from riff_critical.draw import (
    Attempt,
    Beacon,
    BeaconValue,
    Contribution,
    EntropyMode,
    Entry,
    Fallback,
    Log,
    Manifest,
    Opening,
    Package,
    Plan,
    PlannedDraw,
    Prize,
    Seal,
    Substitution,
    Tally,
    Transcript,
    commit,
    commit_contribution,
    conduct,
    conduct_by_hand,
    encode,
    leaves,
    measure,
    seal,
)
from riff_critical.ledger import Checkpoint, Levels, Note, Sale, Signature, SignatureType, VerifierKey, Void
from riff_critical.selling import Basis, Rounding

SLOTS = 1000
OPENED = 1_764_000_000_000
EARLY = OPENED + 30_000
CLOSED = OPENED + 3_600_000
SEALED = CLOSED + 600_000
SEAL_BY = CLOSED + 1_200_000
GENESIS = 1_692_803_367
PERIOD = 3
CODE = sha256(b"the certified files").digest()
PARTIES = ("club", "notary")
NO_FALLBACK: tuple[Fallback, ...] = ()


def secret(*name: object) -> bytes:
    """A secret that is always the same."""
    return sha256(repr(name).encode()).digest()


def signer(name: str) -> Ed25519PrivateKey:
    """The private key of a log or a witness."""
    return Ed25519PrivateKey.from_private_bytes(secret("key", name))


def key(name: str, kind: SignatureType) -> VerifierKey:
    """The public key of a log or a witness."""
    return VerifierKey(name, kind, signer(name).public_key().public_bytes_raw())


LOG_KEY = key("log.example/7", SignatureType.ED25519)
WITNESSES = tuple(key(f"witness-{letter}.example", SignatureType.COSIGNATURE) for letter in "abc")


def first_round(after_ms: int) -> int:
    """The first round of the beacon that comes no earlier."""
    return -(-(after_ms // 1000 - GENESIS) // PERIOD) + 2


def prize(name: str, winners: int, *, share: int = 0, seed: int = 0) -> Prize:
    """A prize: a share of the gross sales, or a fixed amount."""
    return Prize(name, winners, share, Basis.GROSS, seed, 0, None, 1, Rounding.DOWN)


def manifest(mode: EntropyMode = EntropyMode.BEACON, *ladder: EntropyMode) -> Manifest:
    """M, with an early-bird draw whose winner does not return, and a draw of two prizes."""
    modes = {mode, *ladder}
    beacon = Beacon(secret("chain"), bytes(96), "bls-unchained-g1-rfc9380", GENESIS, PERIOD)
    start = first_round(SEAL_BY + 600_000)
    rounds = ((start, start + 20), (start + 40, start + 60)) if EntropyMode.BEACON in modes else ((), ())
    contributing = modes & {EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL}
    draws = (
        PlannedDraw(
            name="early-bird",
            prizes=(prize("bonus", 1, seed=10_000),),
            alternates=2,
            replacement=False,
            returned=False,
            sold_before=EARLY,
            rounds=rounds[0],
        ),
        PlannedDraw(
            name="grand",
            prizes=(prize("first", 1, share=5000), prize("second", 2, seed=5001)),
            alternates=3,
            replacement=False,
            returned=True,
            sold_before=None,
            rounds=rounds[1],
        ),
    )
    return Manifest(
        protocol="SD/1",
        generator="HMAC_DRBG-SHA-256",
        tree="RFC6962-SHA-256",
        critical_digest=CODE,
        raffle="cup-final",
        event=17,
        licence="R-2042/7",
        currency="EUR",
        profile="example",
        profile_hash=secret("profile"),
        slots=SLOTS,
        packages=(Package("one", 1, 300), Package("ten", 10, 2000)),
        draws=draws,
        attempts=2,
        close_at=CLOSED,
        seal_by=SEAL_BY,
        mode=mode,
        ladder=ladder,
        contributors=PARTIES if contributing else (),
        beacon=beacon if EntropyMode.BEACON in modes else None,
        log=Log(LOG_KEY.to_text(), tuple(witness.to_text() for witness in WITNESSES), 2),
    )


@dataclass(frozen=True)
class Sold:
    """An order: its record, its salt, and the record of its void if there is one."""

    sale: Sale
    salt: bytes
    name: str
    validation: str
    void: Void | None


def orders() -> tuple[Sold, ...]:
    """Sixty orders of one or ten numbers; every seventh is voided, and some slots in between stay unsold."""
    sold, slot = [], 5
    for number in range(60):
        count = 10 if number % 3 else 1
        salt, name, validation = (
            secret("salt", number)[:16],
            f"order-{number}",
            f"0Z{number % 10}-{number:08d}-X",
        )
        hashed = ledger.salted_hash(salt, name), ledger.salted_hash(salt, validation)
        price = 2000 if count > 1 else 300
        at = OPENED + number * 1000
        sale = Sale(at, hashed[0], slot, count, hashed[1], "ten" if count > 1 else "one", price, "unit-7")
        void = Void(at + 500, hashed[0], slot, count, price, "sold by mistake") if number % 7 == 3 else None
        sold.append(Sold(sale, salt, name, validation, void))
        slot += count + (4 if number % 5 == 0 else 0)
    return tuple(sold)


def sign(checkpoint: Checkpoint, witnesses: Sequence[VerifierKey] = WITNESSES[:2]) -> list[str]:
    """The lines of the checkpoint, signed by the log and cosigned by witnesses."""
    return sign_text(checkpoint.to_text(), witnesses)


def sign_text(text: str, witnesses: Sequence[VerifierKey] = WITNESSES[:2]) -> list[str]:
    """The lines of any text, signed by the log and cosigned by witnesses."""
    own = signer(LOG_KEY.name).sign(ledger.signed_message(text))
    signatures = [Signature(LOG_KEY.name, LOG_KEY.key_id, own)]
    time_s = SEALED // 1000
    for witness in witnesses:
        cosignature = signer(witness.name).sign(ledger.signed_message(text, time_s))
        signatures.append(Signature(witness.name, witness.key_id, time_s.to_bytes(8) + cosignature))
    return Note(text, tuple(signatures)).to_bytes().decode().splitlines()


@dataclass(frozen=True)
class Publication:
    """What is published, and the ledger's entries and orders behind it."""

    transcript: Transcript
    pools: dict[bytes, bytes]
    entries: tuple[bytes, ...]
    orders: tuple[Sold, ...]

    def json(self) -> Any:  # noqa: ANN401 - tests change it at will
        """The transcript as plain values."""
        return json.loads(self.transcript.to_bytes())

    def write(self, folder: Path) -> None:
        """Publish into a folder."""
        (folder / "pools").mkdir(parents=True, exist_ok=True)
        (folder / "transcript.json").write_bytes(self.transcript.to_bytes())
        (folder / "ledger.jsonl").write_bytes(b"".join(entry + b"\n" for entry in self.entries))
        for root, data in self.pools.items():
            (folder / "pools" / f"{root.hex()}.pool").write_bytes(data)

    def ticket(self, number: int) -> dict[str, Any]:
        """The proofs of an order, as its holder receives them, and a checkpoint from the time of the sale."""
        sold, tree = self.orders[number], Levels(self.entries)
        index = self.entries.index(ledger.entry(sold.sale))
        early = Checkpoint(LOG_KEY.name, index + 1, ledger.root(self.entries[: index + 1]))
        consistency = ledger.consistency_proof(index + 1, tree.size, tree.node)
        return {
            "order": sold.name,
            "validation": sold.validation,
            "salt": sold.salt.hex(),
            "sale": self._included(ledger.entry(sold.sale), tree),
            "void": sold.void and self._included(ledger.entry(sold.void), tree),
            "places": [] if sold.void else self._places(sold.sale),
            "checkpoint": {
                "note": sign(early),
                "consistency": [each.hex() for each in consistency],
            },
        }

    def _included(self, entry: bytes, tree: Levels) -> dict[str, Any]:
        index = self.entries.index(entry)
        proof = ledger.inclusion_proof(index, tree.size, tree.node)
        return {"entry": entry.decode(), "index": index, "proof": [each.hex() for each in proof]}

    def _places(self, sale: Sale) -> list[dict[str, Any]]:
        places = []
        for draw, planned in enumerate(self.transcript.manifest.draws, start=1):
            if planned.sold_before is None or sale.at < planned.sold_before:
                ranges = pool_ranges(self.orders, planned)
                rank = ranges.index((sale.first, sale.count))
                tree = Levels(leaves(ranges))
                proof = ledger.inclusion_proof(rank, tree.size, tree.node)
                place = {"draw": draw, "range": rank, "position": sum(count for _, count in ranges[:rank])}
                places.append(place | {"proof": [each.hex() for each in proof]})
        return places


def pool_ranges(sold: Sequence[Sold], planned: PlannedDraw) -> list[tuple[int, int]]:
    """D of a draw: the orders that are not voided and were sold in time."""
    limit = planned.sold_before
    return [
        (each.sale.first, each.sale.count)
        for each in sold
        if each.void is None and (limit is None or each.sale.at < limit)
    ]


def contributions(draw: int, attempt: int, opened_at: int) -> tuple[Contribution, ...]:
    """What the parties open for an attempt."""
    return tuple(Contribution(party, secret("e", party, draw, attempt), opened_at) for party in PARTIES)


def sealed(plan: Manifest, sold: Sequence[Sold], entries: Sequence[bytes]) -> Seal:
    """S."""
    attempts = [(draw, attempt) for draw in (1, 2) for attempt in (1, 2)]
    digest = plan.hash()
    valid = [each.sale for each in sold if each.void is None]
    voided = sum(each.sale.count for each in sold if each.void)
    numbers = sum(sale.count for sale in valid)
    gross = sum(sale.amount for sale in valid)
    tally = Tally(numbers, voided, SLOTS - numbers - voided, gross, 1234)
    return seal(
        plan,
        SEALED,
        [commit(digest, *each, secret("s", *each)) for each in attempts],
        [
            commit_contribution(digest, party, *each, secret("e", party, *each))
            for each in attempts
            for party in plan.contributors
        ],
        [measure(pool_ranges(sold, draw)) for draw in plan.draws],
        Checkpoint(LOG_KEY.name, len(entries), ledger.root(entries)),
        tally,
    )


def opening(plan: Plan) -> Opening:
    """The opening of an attempt in its mode."""
    value = None
    if plan.mode is EntropyMode.BEACON and plan.manifest.beacon:
        signature = (secret("b", plan.draw, plan.attempt) * 2)[:48]
        number = plan.planned.rounds[plan.attempt - 1]
        value = BeaconValue(plan.manifest.beacon.chain, number, signature, sha256(signature).digest())
    uses = plan.mode in {EntropyMode.BEACON, EntropyMode.COMMIT_REVEAL}
    given = contributions(plan.draw, plan.attempt, SEALED + 1000) if uses else ()
    return Opening(secret("s", plan.draw, plan.attempt), value, given)


def failed(draw: int, attempt: int, started_at: int) -> Attempt:
    """An attempt that came to nothing."""
    return Attempt(draw, attempt, started_at, CODE, (), "power failure", None, None, None, (), (), (), (), ())


def ledger_entries(sold: Sequence[Sold]) -> tuple[bytes, ...]:
    """The entries of the ledger at the close."""
    records: list[ledger.Record] = [each.sale for each in sold] + [each.void for each in sold if each.void]
    records.sort(key=lambda record: record.at)
    records.append(ledger.Close(CLOSED, ledger.CloseCause.SCHEDULE))
    return tuple(ledger.entry(record) for record in records)


@cache
def publication(
    mode: EntropyMode = EntropyMode.BEACON, *ladder: EntropyMode, fallbacks: int = 0
) -> Publication:
    """The raffle, drawn: attempt 1 of the first draw failed, and its winner was substituted."""
    plan_of_raffle, sold = manifest(mode, *ladder), orders()
    entries = ledger_entries(sold)
    s = sealed(plan_of_raffle, sold, entries)
    pools = {
        pool.root: encode(pool_ranges(sold, draw))
        for pool, draw in zip(s.pools, plan_of_raffle.draws, strict=True)
    }
    checkpoint = Checkpoint(LOG_KEY.name, s.ledger_size, s.ledger_root)
    transcript = Transcript(plan_of_raffle, s, tuple(sign(checkpoint)), (failed(1, 1, SEALED + 2000),))
    reasons = tuple(Fallback(each, "no relay answered") for each in plan_of_raffle.modes[:fallbacks])
    for draw, attempt in ((1, 2), (2, 1)):
        plan = Plan(plan_of_raffle, s, draw, attempt, SEALED + 3000 * draw, plan_of_raffle.modes[:fallbacks])
        excluded = transcript.excluded(draw, plan.started_at)
        data = pools[plan.pool.root]
        if plan.mode is EntropyMode.MANUAL:
            entered = by_hand(plan, sold, excluded)
            drawn = conduct_by_hand(plan, reasons, data, entered, CODE, excluded)
        else:
            drawn = conduct(plan, reasons, data, opening(plan), CODE, excluded)
        if draw == 1:
            officials = secret("official", 1), secret("official", 2)
            promoted = Substitution(plan.started_at + 10, 0, 0, "not yet of age", officials)
            drawn = replace(drawn, substitutions=(promoted,))
        transcript = replace(transcript, attempts=(*transcript.attempts, drawn))
    return Publication(transcript, pools, entries, sold)


def by_hand(plan: Plan, sold: Sequence[Sold], excluded: frozenset[int]) -> tuple[Entry, Entry]:
    """What two officials enter: the first slots of the last orders."""
    firsts = [first for first, _ in pool_ranges(sold, plan.planned)[::-1] if first not in excluded]
    slots = tuple(firsts[: plan.planned.winners + 1])
    return Entry(secret("official", 1), slots), Entry(secret("official", 2), slots)
