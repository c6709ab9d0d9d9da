"""Write tests/vectors/notes.json: `python -m tools.vectors.notes`.  The values are built by hand here."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

from tools.vectors.cases import Cases

FLAGS = {
    "Normal": "as the specifications show it",
    "Specification": "an example of C2SP",
    "Text": "the text breaks a rule",
    "Line": "a signature line breaks a rule",
    "Base64": "base64 that decoders accept, and other encoders would not write",
    "Key": "a verifier key breaks a rule",
    "Unknown": "a signature of another key, or of another type, which is ignored",
    "Limit": "a number or a length at or beyond its limit",
}
ROOT = sha256(b"root").digest()
PUBLIC = sha256(b"public").digest()
PAYLOAD = sha256(b"r").digest() + sha256(b"s").digest()
TEXT = f"log.example/7\n12\n{b64encode(ROOT).decode()}\n"
SOFA = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
SOFA_LINE = (
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)


def key_id(name: str, kind: int) -> bytes:
    """The key ID of `PUBLIC` under a name and a type."""
    return sha256(name.encode() + b"\x0a" + bytes([kind]) + PUBLIC).digest()[:4]


def key_text(name: str, kind: int, public: bytes = PUBLIC) -> str:
    """A verifier key."""
    return f"{name}+{key_id(name, kind).hex()}+{b64encode(bytes([kind]) + public).decode()}"


def odd_key(name: str, public: bytes) -> str:
    """A verifier key of another length, whose key ID is right."""
    typed = b"\x01" + public
    return f"{name}+{sha256(name.encode() + b'\n' + typed).digest()[:4].hex()}+{b64encode(typed).decode()}"


def line(name: str, kind: int, payload: bytes = PAYLOAD) -> str:
    """A signature line."""
    return f"— {name} {b64encode(key_id(name, kind) + payload).decode()}\n"


def cases() -> Cases:
    """All cases."""
    found = Cases(
        "C2SP signed-note, tlog-checkpoint and tlog-cosignature, as text", "tools/vectors/notes.py", FLAGS
    )
    _notes(found)
    _checkpoints(found)
    _keys(found)
    _messages(found)
    return found


def _notes(found: Cases) -> None:
    own, witness = line("log.example/7", 1), line("witness.example", 4, bytes(8) + PAYLOAD)
    good: list[tuple[str, str, str, int]] = [
        ("the example of tlog-checkpoint", "Specification", f"{SOFA}\n{SOFA_LINE}", 1),
        ("two signatures", "Normal", f"{TEXT}\n{own}{witness}", 2),
        ("a text with an empty line", "Normal", f"a\n\nb\n\n{own}", 1),
        ("a hundred signatures", "Limit", f"{TEXT}\n{own * 100}", 100),
    ]
    for comment, flag, note, count in good:
        text = note.rpartition("\n\n")[0] + "\n"
        found.valid("note", comment, [flag], {"note": note}, {"text": text, "signatures": count})
    bad: list[tuple[str, str, str]] = [
        ("nothing", "Text", ""),
        ("no empty line", "Text", f"{TEXT}{own}"),
        ("signatures only", "Text", own),
        ("no signature", "Text", f"{TEXT}\n"),
        ("no final newline", "Text", f"{TEXT}\n{own[:-1]}"),
        ("a tab in the text", "Text", f"a\tb\n\n{own}"),
        ("a carriage return in the text", "Text", f"a\r\n\n{own}"),
        ("a carriage return in a line", "Line", f"{TEXT}\n{own[:-1]}\r\n"),
        ("a hyphen for the dash", "Line", f"{TEXT}\n-{own[1:]}"),
        ("no space after the dash", "Line", f"{TEXT}\n{own.replace('— ', '—', 1)}"),
        ("no signature in the line", "Line", f"{TEXT}\n— log.example/7\n"),
        ("an empty signature", "Line", f"{TEXT}\n— log.example/7 \n"),
        ("a key ID only", "Line", f"{TEXT}\n{line('log.example/7', 1, b'')}"),
        ("a key ID of three bytes", "Line", f"{TEXT}\n— log.example/7 AAAA\n"),
        ("no key name", "Line", f"{TEXT}\n—  {own.split(' ')[2]}"),
        ("a plus sign in the key name", "Line", f"{TEXT}\n{own.replace('/7', '+7')}"),
        ("a no-break space in the key name", "Line", f"{TEXT}\n{own.replace('/7', chr(0xA0))}"),
        ("an escape in the key name", "Line", f"{TEXT}\n{own.replace('/7', chr(0x1B))}"),
        ("a third word", "Line", f"{TEXT}\n{own[:-1]} again\n"),
        ("an empty line among the lines", "Line", f"{TEXT}\n{own}\n"),
        ("unpadded base64", "Base64", f"{TEXT}\n— log.example/7 AAAAAAA\n"),
        ("stray bits in base64", "Base64", f"{TEXT}\n— log.example/7 AAAAAAB=\n"),
        ("stray bits, last digit +", "Base64", f"{TEXT}\n— log.example/7 AAAAAA+=\n"),
        ("base64 of URLs", "Base64", f"{TEXT}\n— log.example/7 AAAA-_AA\n"),
        ("a hundred and one signatures", "Limit", f"{TEXT}\n{own * 101}"),
        ("a mebibyte and more", "Limit", f"{'x' * (1 << 10)}\n" * (1 << 10) + f"\n{own}"),
    ]
    for comment, flag, note in bad:
        if len(note) < 1 << 20:
            found.invalid("note", comment, [flag], {"note": note}, "note-invalid")


def _checkpoints(found: Cases) -> None:
    root = b64encode(ROOT).decode()
    good: list[tuple[str, str, str, int]] = [
        ("log.example/7", root, TEXT, 12),
        ("log.example/7", root, f"log.example/7\n0\n{root}\n", 0),
        ("log.example/7", root, f"log.example/7\n9007199254740991\n{root}\n", 2**53 - 1),
    ]
    for origin, _, text, size in good:
        output = {"origin": origin, "size": size, "root": ROOT.hex()}
        found.valid("checkpoint", f"size {size}", ["Normal"], {"text": text}, output)
    bad: list[tuple[str, str]] = [
        ("nothing", ""),
        ("no origin", f"\n12\n{root}\n"),
        ("a space in the origin", f"log example\n12\n{root}\n"),
        ("a plus sign in the origin", f"log+example\n12\n{root}\n"),
        ("a leading zero", f"log.example/7\n012\n{root}\n"),
        ("no size", f"log.example/7\n\n{root}\n"),
        ("a negative size", f"log.example/7\n-1\n{root}\n"),
        ("digits of another script", f"log.example/7\n١٢\n{root}\n"),
        ("a size beyond 2^53 - 1", f"log.example/7\n9007199254740992\n{root}\n"),
        ("a root of 31 bytes", f"log.example/7\n12\n{b64encode(ROOT[:31]).decode()}\n"),
        ("a root of 33 bytes", f"log.example/7\n12\n{b64encode(ROOT + b'x').decode()}\n"),
        ("stray bits in the root", f"log.example/7\n12\n{root[:-2]}{chr(ord(root[-2]) + 1)}=\n"),
        ("stray bits in the root, last digit +", f"log.example/7\n12\n{'A' * 42}+=\n"),
        ("an extension line", f"{TEXT}more\n"),
        ("no final newline", TEXT[:-1]),
        ("a fourth, empty line", f"{TEXT}\n"),
    ]
    for comment, text in bad:
        found.invalid("checkpoint", comment, ["Text"], {"text": text}, "checkpoint-invalid")


def _keys(found: Cases) -> None:
    for name, kind in (("log.example/7", 1), ("witness.example", 4)):
        output = {"name": name, "type": kind, "public_key": PUBLIC.hex(), "key_id": key_id(name, kind).hex()}
        found.valid("verifier_key", f"type {kind}", ["Normal"], {"text": key_text(name, kind)}, output)
    good = key_text("log.example/7", 1)
    bad: list[tuple[str, str]] = [
        ("nothing", ""),
        ("a name only", "log.example/7"),
        ("no name", good[len("log.example/7") :]),
        ("another name, so another key ID", good.replace("log", "fog")),
        (
            "the key ID in capitals",
            good.replace(key_id("log.example/7", 1).hex(), key_id("log.example/7", 1).hex().upper()),
        ),
        ("an unassigned type", key_text("log.example/7", 3)),
        ("an empty key", f"log.example/7+{key_id('log.example/7', 1).hex()}+"),
        ("a key of 31 bytes", odd_key("log.example/7", PUBLIC[:31])),
        ("a key of 33 bytes", odd_key("log.example/7", PUBLIC + b"x")),
        ("a public key of another key ID", key_text("log.example/7", 1, bytes(32))),
        ("not base64", good[:-1] + "!"),
    ]
    for comment, text in bad:
        found.invalid("verifier_key", comment, ["Key"], {"text": text}, "note-invalid")


def _messages(found: Cases) -> None:
    log, witness = "log.example/7", "witness.example"
    stamped = (1679315147).to_bytes(8) + PAYLOAD
    plain, long = TEXT.encode().hex(), f"cosignature/v1\ntime 1679315147\n{TEXT}".encode().hex()
    signature = PAYLOAD.hex()
    lists: list[tuple[str, str, str, int, str, list[list[str]]]] = [
        ("the log's own", "Normal", log, 1, line(log, 1), [[plain, signature]]),
        ("a cosignature", "Normal", witness, 4, line(witness, 4, stamped), [[long, signature]]),
        ("twice the same key", "Normal", log, 1, line(log, 1) * 2, [[plain, signature]] * 2),
        ("another name", "Unknown", witness, 1, line(log, 1), []),
        ("a later name", "Unknown", log, 1, line(witness, 1), []),
        ("another type", "Unknown", log, 4, line(log, 1), []),
        ("an earlier type", "Unknown", log, 1, line(log, 4), []),
        ("a stamp of no cosignature key", "Unknown", log, 1, line(log, 1, stamped), []),
        ("a cosignature without a stamp", "Unknown", witness, 4, line(witness, 4), []),
    ]
    for comment, flag, name, kind, lines, output in lists:
        given: dict[str, Any] = {"note": f"{TEXT}\n{lines}", "key": key_text(name, kind)}
        found.valid("messages", comment, [flag], given, output)


if __name__ == "__main__":
    cases().write("notes.json")
