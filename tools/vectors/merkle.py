"""Write tests/vectors/merkle.json: `python -m tools.vectors.merkle`.  The slow reference gives the values."""

from typing import Any

from tests.support.reference import merkle as reference
from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "an honest tree or proof",
    "Empty": "the empty tree, as decided in riff_critical.ledger.tree",
    "Position": "an index or a size that does not exist",
    "Length": "a proof with too few or too many hashes",
    "Altered": "a hash with one bit changed",
    "Shifted": "hashes whose boundary moved: the joined bytes are the same",
    "Reordered": "the right hashes in another order",
    "OtherTree": "a proof, root or size of another tree",
}
SIZES = (1, 2, 3, 5, 8, 13)


def entries(size: int) -> list[bytes]:
    """`size` different entries of different lengths, the first one empty."""
    return [bytes([number]) * number for number in range(size)]


def cases() -> Cases:
    """All cases."""
    found = Cases("RFC 6962 Merkle tree with SHA-256", "tools/vectors/merkle.py", FLAGS)
    for size in (0, *SIZES):
        flags = ["Normal"] if size else ["Empty"]
        given = {"entries": [entry.hex() for entry in entries(size)]}
        found.valid("root", f"{size} entries", flags, given, reference.mth(entries(size)).hex())
    for size in SIZES:
        for index in sorted({0, size // 2, size - 1}):
            _inclusion(found, index, size)
        for old_size in sorted({1, size // 2, size - 1} - {0}):
            _consistency(found, old_size, size)
    _empty(found)
    return found


def _inclusion(found: Cases, index: int, size: int) -> None:
    proof = [part.hex() for part in reference.path(index, entries(size))]
    honest: dict[str, Any] = {
        "leaf": reference.mth([entries(size)[index]]).hex(),
        "index": index,
        "size": size,
        "proof": proof,
        "root": reference.mth(entries(size)).hex(),
    }
    name = f"entry {index} of {size}"
    found.valid("verify_inclusion", name, ["Normal"], honest, None)
    found.valid("inclusion_proof", name, ["Normal"], _pick(honest, "index", "size"), proof)
    for index_outside in (-1, size, size + 1):
        outside = _pick(honest, "size") | {"index": index_outside}
        what = f"{size} entries: index {index_outside}"
        found.invalid("inclusion_proof", what, ["Position"], outside, "tree-position-invalid")
    lies: list[tuple[str, str, dict[str, Any]]] = [
        ("index is size", "Position", {"index": size}),
        ("index beyond size", "Position", {"index": size + 1}),
        ("negative index", "Position", {"index": -1}),
        ("one hash more", "Length", {"proof": [*proof, honest["root"]]}),
        ("empty hash after it", "Length", {"proof": [*proof, ""]}),
        ("another leaf", "Altered", {"leaf": _flipped(honest["leaf"])}),
        ("no leaf", "Length", {"leaf": ""}),
        ("another root", "Altered", {"root": _flipped(honest["root"])}),
        ("no root", "Length", {"root": ""}),
    ]
    if proof:
        lies += [
            ("last hash missing", "Length", {"proof": proof[:-1]}),
            ("first hash altered", "Altered", {"proof": [_flipped(proof[0]), *proof[1:]]}),
            ("byte moved from leaf to sibling", "Shifted", _shifted(honest)),
            ("neighbour's index", "OtherTree", {"index": index ^ 1 if index ^ 1 < size else index - 1}),
        ]
    if len(proof) > 1:
        lies.append(("reversed", "Reordered", {"proof": proof[::-1]}))
    for what, flag, change in lies:
        found.invalid("verify_inclusion", f"{name}: {what}", [flag], honest | change, "proof-rejected")


def _consistency(found: Cases, old_size: int, size: int) -> None:
    old_root = reference.mth(entries(size)[:old_size]).hex()
    root = reference.mth(entries(size)).hex()
    proof = [part.hex() for part in reference.proof(old_size, entries(size))]
    honest: dict[str, Any] = {
        "old_size": old_size,
        "old_root": old_root,
        "size": size,
        "root": root,
        "proof": proof,
    }
    name = f"{old_size} to {size}"
    found.valid("verify_consistency", name, ["Normal"], honest, None)
    found.valid("consistency_proof", name, ["Normal"], _pick(honest, "old_size", "size"), proof)
    lies: list[tuple[str, str, dict[str, Any]]] = [
        ("sizes exchanged", "Position", {"old_size": size + 1}),
        ("old root altered", "Altered", {"old_root": _flipped(old_root)}),
        ("new root altered", "Altered", {"root": _flipped(root)}),
        ("one hash more", "Length", {"proof": [*proof, root]}),
        ("old root of no hash length", "Length", {"old_root": old_root[:-2]}),
        ("negative size", "Position", {"old_size": -1}),
    ]
    if proof:
        lies += [
            ("last hash missing", "Length", {"proof": proof[:-1]}),
            ("no proof", "Length", {"proof": []}),
            ("last hash altered", "Altered", {"proof": [*proof[:-1], _flipped(proof[-1])]}),
            ("first hash altered", "Altered", {"proof": [_flipped(proof[0]), *proof[1:]]}),
        ]
    if len(proof) > 1:
        lies.append(("reversed", "Reordered", {"proof": proof[::-1]}))
    for what, flag, change in lies:
        found.invalid("verify_consistency", f"{name}: {what}", [flag], honest | change, "proof-rejected")


def _empty(found: Cases) -> None:
    empty, other = reference.mth([]).hex(), reference.mth(entries(3)).hex()
    honest: dict[str, Any] = {"old_size": 0, "old_root": empty, "size": 3, "root": other, "proof": []}
    still = honest | {"size": 0, "root": empty}
    found.valid("verify_consistency", "nothing to 3", ["Empty"], honest, None)
    found.valid("verify_consistency", "nothing to nothing", ["Empty"], still, None)
    found.valid("consistency_proof", "nothing to 3", ["Empty"], _pick(honest, "old_size", "size"), [])
    found.valid("consistency_proof", "nothing to nothing", ["Empty"], _pick(still, "old_size", "size"), [])
    lies: list[tuple[str, dict[str, Any]]] = [
        ("nothing had another root", {"old_root": other}),
        ("nothing now has another root", {"size": 0}),
        ("with a hash", {"proof": [other]}),
    ]
    for what, change in lies:
        found.invalid("verify_consistency", what, ["Empty"], honest | change, "proof-rejected")
    nowhere = {"leaf": empty, "index": 0, "size": 0, "proof": [], "root": empty}
    found.invalid("verify_inclusion", "in the empty tree", ["Empty"], nowhere, "proof-rejected")
    first = {"index": 0, "size": 0}
    found.invalid("inclusion_proof", "in the empty tree", ["Empty"], first, "tree-position-invalid")
    for comment, old_size in (("a tree that shrank", 4), ("a tree of less than nothing", -1)):
        given = {"old_size": old_size, "size": 3}
        found.invalid("consistency_proof", comment, ["Position"], given, "tree-position-invalid")
    for length in (31, 33):
        same = {"leaf": "aa" * length, "index": 0, "size": 1, "proof": [], "root": "aa" * length}
        comment = f"leaf and root of {length} bytes"
        found.invalid("verify_inclusion", comment, ["Length"], same, "proof-rejected")


def _shifted(honest: dict[str, Any]) -> dict[str, Any]:
    """Move a byte over the boundary between the leaf and its first sibling: their parent stays the same."""
    leaf, (sibling, *others) = honest["leaf"], honest["proof"]
    if honest["index"] % 2 == 0 and honest["index"] + 1 < honest["size"]:
        return {"leaf": leaf[:-2], "proof": [leaf[-2:] + sibling, *others]}
    return {"leaf": sibling[-2:] + leaf, "proof": [sibling[:-2], *others]}


def _flipped(text: str) -> str:
    return (int(text, 16) ^ 1).to_bytes(32).hex()


def _pick(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names}


if __name__ == "__main__":
    cases().write("merkle.json")
