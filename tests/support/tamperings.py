"""Ways to tamper with the publication of `sealed_raffle`, and the fault that a verifier must name for each.

Most are what an organizer could try; the last ones are accidents and nonsense, refused as calmly.
"""

import json

from riff_critical.draw import Fault
from tests.support import sealed_raffle
from tests.support.changes import (
    Tampering,
    adding,
    cosigned_by,
    dropping,
    early_winner,
    forked,
    inserting,
    raw_pool,
    remanifested,
    repeated_draw,
    repeated_failure,
    repooled,
    resealed,
    setting,
    substituting,
    substituting_at,
    swapping,
)

ZERO = "00" * 32
ONES = "ff" * 32
FAILED = ("attempts", 0)
LAST = ("attempts", 2)
OPENING = (*LAST, "opening")
OFFICIALS = [ZERO, ONES]
STRANGER = {"party": "attic", "value": ZERO, "opened_at": sealed_raffle.SEALED}
F = Fault

TAMPERINGS = (
    # the result
    Tampering("changed winner", F.WINNERS_WRONG, adding(1, *LAST, "winners", 0, "index")),
    Tampering("winners exchanged", F.WINNERS_WRONG, swapping(0, 1, *LAST, "winners")),
    Tampering("winner left out", F.WINNERS_WRONG, dropping(2, *LAST, "winners")),
    Tampering("changed winning slot", F.SLOT_WRONG, adding(1, *LAST, "winners", 1, "slot")),
    Tampering("lowered winner", F.WINNERS_WRONG, adding(-1, *LAST, "winners", 0, "index")),
    Tampering("lowered winning slot", F.SLOT_WRONG, adding(-1, *LAST, "winners", 1, "slot")),
    Tampering("changed prize", F.PRIZE_WRONG, setting("second", *LAST, "winners", 0, "prize")),
    Tampering("changed part of a prize", F.PRIZE_WRONG, adding(-1, *LAST, "winners", 1, "amount")),
    Tampering("changed alternate", F.ALTERNATES_WRONG, adding(1, *LAST, "alternates", 0, "index")),
    Tampering("changed alternate's slot", F.ALTERNATES_WRONG, adding(1, *LAST, "alternates", 1, "slot")),
    Tampering("alternates exchanged", F.ALTERNATES_WRONG, swapping(0, 1, *LAST, "alternates")),
    Tampering("grand winner excluded as an early one", F.OUTPUTS_WRONG, early_winner),
    # the list
    Tampering("dropped ticket", F.POOL_COUNT_WRONG, repooled(lambda ranges: ranges[:-1])),
    Tampering("added ticket", F.POOL_COUNT_WRONG, repooled(lambda ranges: [*ranges, (999, 1)])),
    Tampering(
        "moved ticket", F.POOL_ROOT_WRONG, repooled(lambda ranges: [*ranges[:-1], (990, ranges[-1][1])])
    ),
    Tampering("reordered list", F.POOL_ROOT_WRONG, repooled(lambda ranges: [(5, 10), (15, 1), *ranges[2:]])),
    Tampering(
        "divided ticket",
        F.POOL_COUNT_WRONG,
        repooled(lambda ranges: [*ranges[:-1], (ranges[-1][0], 1), (ranges[-1][0] + 1, 9)]),
    ),
    Tampering("slot beyond the last", F.POOL_MALFORMED, repooled(lambda ranges: [*ranges[:-1], (995, 10)])),
    Tampering("list withheld", F.POOL_MISSING, lambda _, pools: pools.clear()),
    Tampering("list cut off", F.POOL_MALFORMED, raw_pool(b"\x05")),
    Tampering("list with a number cut off", F.POOL_MALFORMED, raw_pool(b"\x85")),
    Tampering("list in a longer form", F.POOL_MALFORMED, raw_pool(b"\x85\x00\x00")),
    Tampering("list with an endless number", F.POOL_MALFORMED, raw_pool(b"\xff" * 9 + b"\x01\x00")),
    Tampering("empty list", F.POOL_COUNT_WRONG, raw_pool(b"")),
    Tampering("dropped ticket, sealed again", F.PERSONALIZATION_WRONG, resealed(lambda ranges: ranges[:-1])),
    Tampering(
        "added ticket, sealed again", F.PERSONALIZATION_WRONG, resealed(lambda ranges: [*ranges, (999, 1)])
    ),
    # the seal
    Tampering("altered count", F.TALLY_WRONG, adding(-1, "seal", "pools", 1, "numbers")),
    Tampering("raised count", F.TALLY_WRONG, adding(1, "seal", "pools", 1, "numbers")),
    Tampering("altered number of ranges", F.POOL_COUNT_WRONG, adding(-1, "seal", "pools", 0, "ranges")),
    Tampering("early pool larger than all", F.TALLY_WRONG, setting(1000, "seal", "pools", 0, "numbers")),
    Tampering("altered tally", F.TALLY_WRONG, adding(1, "seal", "tally", "voided")),
    Tampering(
        "pool added", F.TALLY_WRONG, inserting({"ranges": 1, "numbers": 1, "root": ZERO}, 2, "seal", "pools")
    ),
    Tampering("pool left out", F.TALLY_WRONG, dropping(1, "seal", "pools")),
    Tampering("altered gross", F.PRIZE_AMOUNT_WRONG, adding(-1000, "seal", "tally", "gross")),
    Tampering("altered prize amount", F.PRIZE_AMOUNT_WRONG, adding(-1, "seal", "prizes", 1, "amount")),
    Tampering(
        "prize beyond all numbers",
        F.PRIZE_AMOUNT_WRONG,
        remanifested(setting(2**53 - 1, "manifest", "draws", 1, "prizes", 0, "seed")),
    ),
    Tampering("amount left out", F.PRIZE_AMOUNT_WRONG, dropping(2, "seal", "prizes")),
    Tampering(
        "sealed before the close",
        F.SEALED_AT_WRONG_TIME,
        setting(sealed_raffle.CLOSED - 1, "seal", "sealed_at"),
    ),
    Tampering(
        "sealed too late", F.SEALED_AT_WRONG_TIME, setting(sealed_raffle.SEAL_BY + 1, "seal", "sealed_at")
    ),
    Tampering("seal of yet another raffle", F.SEAL_OF_OTHER_MANIFEST, setting(ONES, "seal", "manifest")),
    Tampering("seal of another raffle", F.SEAL_OF_OTHER_MANIFEST, setting(ZERO, "seal", "manifest")),
    Tampering("commitment left out", F.COMMITMENTS_INCOMPLETE, dropping(3, "seal", "commitments")),
    Tampering(
        "commitment made twice", F.COMMITMENTS_INCOMPLETE, setting(1, "seal", "commitments", 1, "attempt")
    ),
    Tampering("contributor left out", F.CONTRIBUTIONS_INCOMPLETE, dropping(7, "seal", "contributions")),
    Tampering("contributors exchanged", F.CONTRIBUTIONS_INCOMPLETE, swapping(0, 1, "seal", "contributions")),
    # the plan
    Tampering(
        "changed manifest", F.SEAL_OF_OTHER_MANIFEST, setting("another licence", "manifest", "licence")
    ),
    Tampering(
        "changed manifest, sealed again",
        F.SECRET_NOT_COMMITTED,
        remanifested(setting("another", "manifest", "licence")),
    ),
    Tampering("swapped code digest", F.CODE_CHANGED, setting(ZERO, *LAST, "critical_digest")),
    Tampering(
        "swapped code digest in the plan", F.CODE_CHANGED, setting(ZERO, "manifest", "critical_digest")
    ),
    # the ledger
    Tampering("forked checkpoint", F.CHECKPOINT_FORKED, forked(69)),
    Tampering("other ledger root in the seal", F.CHECKPOINT_FORKED, setting(ZERO, "seal", "ledger_root")),
    Tampering("other ledger size in the seal", F.CHECKPOINT_FORKED, adding(-1, "seal", "ledger_size")),
    Tampering(
        "checkpoint of another log", F.CHECKPOINT_OF_OTHER_LOG, setting("log.example/8", "checkpoint", 0)
    ),
    Tampering(
        "checkpoint of a log before it", F.CHECKPOINT_OF_OTHER_LOG, setting("log.example/6", "checkpoint", 0)
    ),
    Tampering("missing cosignature", F.COSIGNATURE_MISSING, cosigned_by(2)),
    Tampering("one cosignature twice", F.COSIGNATURE_MISSING, cosigned_by(1, 1)),
    Tampering("missing signature", F.SIGNATURE_MISSING, dropping(4, "checkpoint")),
    Tampering(
        "no signature at all", F.CHECKPOINT_MALFORMED, setting(["log.example/7", "1", ZERO], "checkpoint")
    ),
    Tampering("checkpoint without a root", F.CHECKPOINT_MALFORMED, dropping(2, "checkpoint")),
    Tampering(
        "damaged signature line", F.CHECKPOINT_MALFORMED, setting("— log.example/7 AAAA", "checkpoint", 4)
    ),
    # the order of attempts
    Tampering("drawn twice", F.DRAWN_TWICE, repeated_draw),
    Tampering("failed attempt repeated", F.ATTEMPT_OUT_OF_ORDER, repeated_failure),
    Tampering("failed attempt hidden", F.ATTEMPT_OUT_OF_ORDER, dropping(0, "attempts")),
    Tampering("first draw hidden", F.ATTEMPT_OUT_OF_ORDER, dropping(1, "attempts")),
    Tampering("draws exchanged", F.ATTEMPT_OUT_OF_ORDER, swapping(1, 2, "attempts")),
    Tampering("draw that nobody planned", F.ATTEMPT_OUT_OF_ORDER, setting(3, *LAST, "draw")),
    Tampering("attempt that nobody planned", F.ATTEMPT_OUT_OF_ORDER, setting(3, *LAST, "attempt")),
    Tampering("started before the seal", F.DRAWN_BEFORE_SEAL, setting(0, "attempts", 0, "started_at")),
    Tampering(
        "started before the draw before",
        F.ATTEMPT_OUT_OF_ORDER,
        setting(sealed_raffle.SEALED + 1999, *LAST, "started_at"),
    ),
    Tampering(
        "other mode than planned",
        F.FALLBACK_NOT_PLANNED,
        setting([{"mode": "manual", "reason": "x"}], *LAST, "fallbacks"),
    ),
    Tampering(
        "more fallbacks than planned",
        F.FALLBACK_NOT_PLANNED,
        setting([{"mode": "beacon", "reason": "x"}], *LAST, "fallbacks"),
    ),
    # the opening
    Tampering("other seed", F.SECRET_NOT_COMMITTED, setting(ZERO, *OPENING, "secret")),
    Tampering("opening withheld", F.OPENING_MISSING, setting(None, *OPENING)),
    Tampering("other round", F.BEACON_OF_OTHER_ROUND, adding(1, *OPENING, "beacon", "round")),
    Tampering("earlier round", F.BEACON_OF_OTHER_ROUND, adding(-1, *OPENING, "beacon", "round")),
    Tampering("another chain", F.BEACON_OF_OTHER_CHAIN, setting(ONES, *OPENING, "beacon", "chain")),
    Tampering("other chain", F.BEACON_OF_OTHER_CHAIN, setting(ZERO, *OPENING, "beacon", "chain")),
    Tampering("other randomness", F.BEACON_RANDOMNESS_WRONG, setting(ZERO, *OPENING, "beacon", "randomness")),
    Tampering(
        "other beacon signature",
        F.BEACON_RANDOMNESS_WRONG,
        setting("00" * 48, *OPENING, "beacon", "signature"),
    ),
    Tampering("beacon left out", F.BEACON_MISSING, setting(None, *OPENING, "beacon")),
    Tampering(
        "late contribution",
        F.CONTRIBUTION_LATE,
        setting(sealed_raffle.SEALED + 6001, *OPENING, "contributions", 0, "opened_at"),
    ),
    Tampering(
        "contribution before the seal",
        F.CONTRIBUTION_EARLY,
        setting(sealed_raffle.SEALED - 1, *OPENING, "contributions", 0, "opened_at"),
    ),
    Tampering(
        "other contribution",
        F.CONTRIBUTION_NOT_COMMITTED,
        setting(ZERO, *OPENING, "contributions", 1, "value"),
    ),
    Tampering("contribution withheld", F.CONTRIBUTION_MISSING, dropping(1, *OPENING, "contributions")),
    Tampering(
        "contribution of a stranger",
        F.CONTRIBUTION_UNEXPECTED,
        inserting(STRANGER, 0, *OPENING, "contributions"),
    ),
    Tampering(
        "contributions exchanged", F.CONTRIBUTION_UNEXPECTED, swapping(0, 1, *OPENING, "contributions")
    ),
    Tampering(
        "commitment of a contribution removed",
        F.CONTRIBUTION_NOT_COMMITTED,
        dropping(4, "seal", "contributions"),
    ),
    Tampering(
        "entries by hand in a draw by the generator",
        F.OPENING_UNEXPECTED,
        setting([{"official": ZERO, "slots": [5]}], *LAST, "entries"),
    ),
    # the generator
    Tampering("wrong personalization", F.PERSONALIZATION_WRONG, setting(ZERO, *LAST, "personalization")),
    Tampering("no personalization", F.PERSONALIZATION_WRONG, setting(None, *LAST, "personalization")),
    Tampering("wrong nonce", F.NONCE_WRONG, setting("00" * 16, *LAST, "nonce")),
    Tampering("block left out", F.OUTPUTS_WRONG, dropping(0, *LAST, "outputs")),
    Tampering("block changed", F.OUTPUTS_WRONG, setting("0000", *LAST, "outputs", 0)),
    Tampering(
        "block added",
        F.OUTPUTS_WRONG,
        lambda transcript, _: transcript["attempts"][2]["outputs"].append("0000"),
    ),
    # substitutions
    Tampering(
        "substitution by one official",
        F.SUBSTITUTION_WRONG,
        setting([ZERO, ZERO], "attempts", 1, "substitutions", 0, "officials"),
    ),
    Tampering(
        "substitution by a later alternate",
        F.SUBSTITUTION_WRONG,
        setting(1, "attempts", 1, "substitutions", 0, "alternate"),
    ),
    Tampering(
        "substitution of nobody",
        F.SUBSTITUTION_WRONG,
        setting(1, "attempts", 1, "substitutions", 0, "winner"),
    ),
    Tampering(
        "substitution of nobody by far",
        F.SUBSTITUTION_WRONG,
        setting(2, "attempts", 1, "substitutions", 0, "winner"),
    ),
    Tampering("one alternate for two", F.SUBSTITUTION_WRONG, substituting(0, 0)),
    Tampering("alternates that were never drawn", F.SUBSTITUTION_WRONG, substituting(0, 1, 2)),
    Tampering("substitution before the draw", F.SUBSTITUTION_WRONG, substituting_at(-1)),
    Tampering("substitutions backwards", F.SUBSTITUTION_WRONG, substituting_at(2, 1)),
    # a failed attempt with a part of a result, which could exclude numbers from later draws
    Tampering(
        "failure with an opening",
        F.TRANSCRIPT_MALFORMED,
        setting({"secret": ZERO, "beacon": None, "contributions": []}, *FAILED, "opening"),
    ),
    Tampering("failure with a nonce", F.TRANSCRIPT_MALFORMED, setting("00" * 16, *FAILED, "nonce")),
    Tampering(
        "failure with a personalization", F.TRANSCRIPT_MALFORMED, setting(ZERO, *FAILED, "personalization")
    ),
    Tampering("failure with a block", F.TRANSCRIPT_MALFORMED, setting(["00"], *FAILED, "outputs")),
    Tampering(
        "failure with an entry by hand",
        F.TRANSCRIPT_MALFORMED,
        setting([{"official": ZERO, "slots": [5]}], *FAILED, "entries"),
    ),
    Tampering(
        "failure with a winner",
        F.TRANSCRIPT_MALFORMED,
        setting([{"prize": "bonus", "amount": 10_000, "index": 0, "slot": 5}], *FAILED, "winners"),
    ),
    Tampering(
        "failure with an alternate",
        F.TRANSCRIPT_MALFORMED,
        setting([{"index": 0, "slot": 5}], *FAILED, "alternates"),
    ),
    Tampering(
        "failure with a substitution",
        F.TRANSCRIPT_MALFORMED,
        setting(
            [{"at": 0, "winner": 0, "alternate": 0, "reason": "x", "officials": OFFICIALS}],
            *FAILED,
            "substitutions",
        ),
    ),
    # nonsense
    Tampering("member left out", F.TRANSCRIPT_MALFORMED, dropping("seal")),
    Tampering("member added", F.TRANSCRIPT_MALFORMED, setting(1, "more")),
    Tampering("text for a number", F.TRANSCRIPT_MALFORMED, setting("17", "manifest", "event")),
    Tampering("truth for a number", F.TRANSCRIPT_MALFORMED, setting(json.loads("true"), "manifest", "event")),
    Tampering("hash in capitals", F.TRANSCRIPT_MALFORMED, setting("AB" * 32, "seal", "manifest")),
    Tampering("failure and winners", F.TRANSCRIPT_MALFORMED, setting("power failure", *LAST, "failure")),
    Tampering("neither failure nor winners", F.TRANSCRIPT_MALFORMED, setting(None, "attempts", 0, "failure")),
    Tampering("unknown mode", F.TRANSCRIPT_MALFORMED, setting("dice", "manifest", "mode")),
    Tampering("two protocols", F.TRANSCRIPT_MALFORMED, setting("SD/2", "manifest", "protocol")),
    Tampering(
        "fallback to the planned mode", F.TRANSCRIPT_MALFORMED, setting(["beacon"], "manifest", "ladder")
    ),
    Tampering(
        "two prizes of one name",
        F.TRANSCRIPT_MALFORMED,
        setting("first", "manifest", "draws", 1, "prizes", 1, "id"),
    ),
    Tampering("seal deadline before the close", F.TRANSCRIPT_MALFORMED, setting(0, "manifest", "seal_by")),
    Tampering("rounds too early", F.TRANSCRIPT_MALFORMED, setting([1, 2], "manifest", "draws", 0, "rounds")),
    Tampering(
        "rounds that do not ascend", F.TRANSCRIPT_MALFORMED, swapping(0, 1, "manifest", "draws", 0, "rounds")
    ),
    Tampering("round left out", F.TRANSCRIPT_MALFORMED, dropping(1, "manifest", "draws", 0, "rounds")),
    Tampering("no beacon", F.TRANSCRIPT_MALFORMED, setting(None, "manifest", "beacon")),
    Tampering(
        "a mode that nobody contributes to",
        F.TRANSCRIPT_MALFORMED,
        lambda transcript, _: transcript["manifest"].update(contributors=[], ladder=["commit_reveal"]),
    ),
    Tampering(
        "contributors that no mode uses",
        F.TRANSCRIPT_MALFORMED,
        lambda transcript, _: transcript["manifest"].update(mode="rng_only"),
    ),
    Tampering(
        "cap below the guarantee",
        F.TRANSCRIPT_MALFORMED,
        setting(1, "manifest", "draws", 0, "prizes", 0, "cap"),
    ),
    Tampering(
        "quorum of more than all witnesses", F.TRANSCRIPT_MALFORMED, setting(4, "manifest", "log", "quorum")
    ),
    Tampering(
        "key of the wrong type",
        F.TRANSCRIPT_MALFORMED,
        setting(sealed_raffle.WITNESSES[0].to_text(), "manifest", "log", "key"),
    ),
    Tampering(
        "log as its own witness",
        F.TRANSCRIPT_MALFORMED,
        setting(sealed_raffle.LOG_KEY.to_text(), "manifest", "log", "witnesses", 0),
    ),
    Tampering("damaged key", F.TRANSCRIPT_MALFORMED, setting("log.example/7", "manifest", "log", "key")),
)
