r"""Signed notes (C2SP signed-note): a text and lines of signatures under it.

Method: a note is a text that ends with a newline, an empty line, and one or more lines
    "— " || key name || " " || base64(key ID || signature) || newline
where "—" is U+2014.  The note is UTF-8 without characters below U+0020 other than newline.  The text may hold
empty lines: the last one separates it.  A key name is not empty and has neither white space nor "+".
    key ID = first 4 bytes of SHA-256(key name || 0x0A || type || public key)
A verifier key is written name "+" key ID in 8 hexadecimal digits "+" base64(type || public key).

Types used here, both with Ed25519 public keys of 32 bytes:
    0x01  Ed25519: a signature of 64 bytes over the text;
    0x04  cosignature (C2SP tlog-cosignature): 8 bytes of Unix time in seconds, big-endian, and a signature
          of 64 bytes over "cosignature/v1\ntime <decimal seconds>\n" || text.

Vectors: tests/vectors/notes.json.  Requirement: SD/1, step 3.
Out of scope: making and checking Ed25519 signatures.  `Note.by` gives exactly what there is to check.
"""

from enum import IntEnum
from hashlib import sha256

from riff_critical.declarations import Final, Iterator, Self
from riff_critical.encoding import NotBase64Error, base64, unbase64
from riff_critical.errors import InvalidInputError
from riff_critical.values import Value

KEY_ID_BYTES: Final = 4
PUBLIC_KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
TIME_BYTES: Final = 8
MAX_SIGNATURES: Final = 100  # as Go's note package, from which the format comes
MAX_NOTE_BYTES: Final = 1 << 20

_DASH: Final = "— "
_FIRST_PRINTABLE: Final = " "


class NoteError(InvalidInputError):
    """The text, a signature line or a key is not in the form of C2SP signed-note."""

    code = "note-invalid"


class SignatureType(IntEnum):
    """How a key signs."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


_PAYLOAD_BYTES: Final = {
    SignatureType.ED25519: SIGNATURE_BYTES,
    SignatureType.COSIGNATURE: TIME_BYTES + SIGNATURE_BYTES,
}


class VerifierKey(Value):
    """A public key, with the name and the type that its signatures carry."""

    name: str
    type: SignatureType
    public_key: bytes

    def __post_init__(self) -> None:
        """Check the name and the length of the key."""
        _require_key_name(self.name)
        if len(self.public_key) != PUBLIC_KEY_BYTES:
            raise NoteError(f"an Ed25519 public key has {PUBLIC_KEY_BYTES} bytes")

    @property
    def key_id(self) -> bytes:
        """The key ID."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public_key).digest()[
            :KEY_ID_BYTES
        ]

    def to_text(self) -> str:
        """The key as text."""
        encoded = base64(bytes([self.type]) + self.public_key)
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the text of a key.

        Raises:
            NoteError: it is not in the form, of another type, or names another key ID.
        """
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        typed = _unbase64(encoded)
        if not typed or typed[0] not in SignatureType:
            raise NoteError("the key is of an unknown type")
        key = cls(name, SignatureType(typed[0]), typed[1:])
        if key_id != key.key_id.hex():
            raise NoteError("the key ID is not that of the key")
        return key


class Signature(Value):
    """A signature line; `payload` is what follows the key ID."""

    name: str
    key_id: bytes
    payload: bytes

    def __post_init__(self) -> None:
        """Check the name and the lengths."""
        _require_key_name(self.name)
        if len(self.key_id) != KEY_ID_BYTES or not self.payload:
            raise NoteError(f"a signature is a key ID of {KEY_ID_BYTES} bytes and more")

    def to_line(self) -> str:
        """The line, with its newline."""
        return f"{_DASH}{self.name} {base64(self.key_id + self.payload)}\n"

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Read a line without its newline.

        Raises:
            NoteError: it is not in the form.
        """
        name, space, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not space:
            raise NoteError("a signature line is a dash, a key name and base64")
        value = _unbase64(encoded)
        return cls(name, value[:KEY_ID_BYTES], value[KEY_ID_BYTES:])


class Note(Value):
    """A text and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        """Check the text and the number of signatures."""
        if not self.text.endswith("\n") or _has_control(self.text.replace("\n", "")):
            raise NoteError("the text ends with a newline and has no control character")
        if not 1 <= len(self.signatures) <= MAX_SIGNATURES:
            raise NoteError(f"a note has 1 to {MAX_SIGNATURES} signatures")

    def to_bytes(self) -> bytes:
        """The signed note."""
        lines = "".join(signature.to_line() for signature in self.signatures)
        return f"{self.text}\n{lines}".encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a signed note.

        Raises:
            NoteError: it is not in the form.
        """
        if len(data) > MAX_NOTE_BYTES:
            raise NoteError(f"a note has at most {MAX_NOTE_BYTES} bytes")
        try:
            text, separator, lines = data.decode().rpartition("\n\n")
        except UnicodeDecodeError as error:
            raise NoteError("a note is UTF-8") from error
        if not separator or not lines.endswith("\n"):
            raise NoteError("a note is a text, an empty line and lines of signatures")
        signatures = (Signature.from_line(line) for line in lines[:-1].split("\n"))
        return cls(f"{text}\n", tuple(signatures))

    def by(self, key: VerifierKey) -> Iterator[tuple[bytes, bytes]]:
        """What there is to check for `key`: the message and the Ed25519 signature of each of its lines.

        A line under the key's name and ID whose length is not that of the key's type is malformed, and
        skipped: it cannot be a signature.
        """
        for signature in self.signatures:
            known = (signature.name, signature.key_id) == (key.name, key.key_id)
            if known and len(signature.payload) == _PAYLOAD_BYTES[key.type]:
                time, value = signature.payload[:-SIGNATURE_BYTES], signature.payload[-SIGNATURE_BYTES:]
                yield signed_message(self.text, int.from_bytes(time) if time else None), value


def signed_message(text: str, time_s: int | None = None) -> bytes:
    """The message to sign: the text, or for a cosignature at Unix time `time_s` its longer form."""
    head = "" if time_s is None else f"cosignature/v1\ntime {time_s}\n"
    return f"{head}{text}".encode()


def is_key_name(name: str) -> bool:
    """Whether a key may have this name."""
    return name.split() == [name] and "+" not in name and not _has_control(name)


def _require_key_name(name: str) -> None:
    if not is_key_name(name):
        raise NoteError("a key name is not empty and has neither white space nor a plus sign")


def _has_control(text: str) -> bool:
    return any(character < _FIRST_PRINTABLE for character in text)


def _unbase64(text: str) -> bytes:
    try:
        return unbase64(text)
    except NotBase64Error as error:
        raise NoteError(str(error)) from error
