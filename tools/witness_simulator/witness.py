"""The witness: its key, what it saw last of every log, and whether it cosigns what comes next.

Method (C2SP tlog-witness, add-checkpoint; tlog-cosignature): a checkpoint is cosigned if the log's key signed
it, if the size that the caller believes to be known is the last one, and if the proof shows that nothing of
what was cosigned before has changed.  What was seen is on the disk before the cosignature leaves.
"""

import json
import os
import threading
import time
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tools.verify import Fault, base64_of, consistent, digest, read_checkpoint, read_note

NAME: Final = "witness.riff.example/local"
_LOG, _COSIGNATURE = b"\x01", b"\x04"
_SIGNATURE_BYTES: Final = 64
_MOST_PROOF: Final = 63


class RefusedError(Exception):
    """The witness does not cosign; what it answers instead."""

    def __init__(self, status: HTTPStatus, answer: str) -> None:
        super().__init__(answer)
        self.status = status
        self.answer = answer


@dataclass(frozen=True)
class Logs:
    """The logs that are known: those whose name begins with an origin, and that one key signs."""

    origin: str
    public_key: bytes

    def require_signed(self, name: str, text: str, signatures: list[tuple[str, bytes, bytes]]) -> None:
        """Refuse what no known log has signed.

        Raises:
            RefusedError: the log is not known, or its signature is missing or wrong.
        """
        if not name.startswith(f"{self.origin}/"):
            raise RefusedError(HTTPStatus.NOT_FOUND, "unknown log\n")
        key_id = _key_id(name, _LOG + self.public_key)
        known = Ed25519PublicKey.from_public_bytes(self.public_key)
        for signer, signer_id, payload in signatures:
            if (signer, signer_id) == (name, key_id) and _signed(known, text.encode(), payload):
                return
        raise RefusedError(HTTPStatus.FORBIDDEN, "no signature of the log\n")


@dataclass(frozen=True)
class Seen:
    """The last state of a log that was cosigned."""

    size: int = 0
    root: bytes = field(default_factory=digest)


class Witness:
    """One witness, whose key and memory are files of a folder."""

    def __init__(self, folder: Path, logs: Logs) -> None:
        self._folder = folder
        self._key = kept_key(folder)
        self._logs = logs
        self._one_at_a_time = threading.Lock()

    def cosign(self, body: bytes) -> str:
        """The line of the cosignature of a checkpoint that was sent to `add-checkpoint`.

        Raises:
            RefusedError: it is not cosigned.
        """
        request = Request.read(body)
        self._logs.require_signed(request.origin, request.text, request.signatures)
        if request.old_size > request.size:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "the old size is beyond the checkpoint\n")
        with self._one_at_a_time:
            self._require_growth(request, self._seen(request.origin))
            self._remember(request.origin, Seen(request.size, request.root))
            return self._line(request.text, int(time.time()))

    def _require_growth(self, request: "Request", seen: Seen) -> None:
        forked = request.size == seen.size and request.root != seen.root
        if request.old_size != seen.size or forked:
            raise RefusedError(HTTPStatus.CONFLICT, f"{seen.size}\n")
        grown = consistent(seen.size, seen.root, request.size, request.root, list(request.proof))
        if not grown:
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "the proof shows another history\n")

    def _line(self, text: str, time_s: int) -> str:
        signature = self._key.sign(f"cosignature/v1\ntime {time_s}\n{text}".encode())
        key_id = _key_id(NAME, _COSIGNATURE + self._key.public_key().public_bytes_raw())
        return f"— {NAME} {b64encode(key_id + time_s.to_bytes(8) + signature).decode()}\n"

    def _seen(self, origin: str) -> Seen:
        file = self._file(origin)
        if not file.exists():
            return Seen()
        kept = json.loads(file.read_text())
        return Seen(kept["size"], bytes.fromhex(kept["root"]))

    def _remember(self, origin: str, seen: Seen) -> None:
        kept = {"origin": origin, "size": seen.size, "root": seen.root.hex()}
        _write(self._file(origin), json.dumps(kept))

    def _file(self, origin: str) -> Path:
        return self._folder / f"{sha256(origin.encode()).hexdigest()}.json"


@dataclass(frozen=True)
class Request:
    """What a log sends: a checkpoint, and the proof that it continues what the witness has seen."""

    old_size: int
    proof: tuple[bytes, ...]
    text: str
    signatures: list[tuple[str, bytes, bytes]]
    origin: str
    size: int
    root: bytes

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Read the body of `add-checkpoint`.

        Raises:
            RefusedError: it is not in the form.
        """
        try:
            head, separator, note = body.decode().partition("\n\n")
            first, *proof = head.split("\n")
            text, signatures = read_note(note.removesuffix("\n").split("\n"))
            hashes = tuple(base64_of(line, "request-malformed") for line in proof)
            well_formed = separator and first.startswith("old ") and len(hashes) <= _MOST_PROOF
            old_size = int(first.removeprefix("old "))
            if not well_formed or first != f"old {old_size}" or old_size < 0:
                raise RefusedError(HTTPStatus.BAD_REQUEST, "not a request of add-checkpoint\n")
            return cls(old_size, hashes, text, signatures, *read_checkpoint(text))
        except (ValueError, Fault) as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, f"{error}\n") from error


def kept_key(folder: Path) -> Ed25519PrivateKey:
    """The key that the folder keeps; a new one if it keeps none."""
    file = folder / "key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(file, os.urandom(32).hex())
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text()))


def verifier_key(folder: Path) -> str:
    """The key that cosignatures of this folder's witness are checked with, as C2SP signed-note writes it."""
    typed = _COSIGNATURE + kept_key(folder).public_key().public_bytes_raw()
    return f"{NAME}+{_key_id(NAME, typed).hex()}+{b64encode(typed).decode()}"


def _key_id(name: str, typed: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + typed).digest()[:4]


def _signed(key: Ed25519PublicKey, message: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return len(signature) == _SIGNATURE_BYTES


def _write(file: Path, content: str) -> None:
    draft = file.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
