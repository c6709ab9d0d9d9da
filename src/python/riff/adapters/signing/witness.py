"""A witness that is asked over HTTP (C2SP tlog-witness, add-checkpoint)."""

import http.client
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

import attrs

from riff.adapters.system.connections import connection_to
from riff.errors import UnavailableError
from riff.ports.signing import WitnessSetting
from riff_critical.encoding import base64
from riff_critical.ledger import Note, NoteError, Signature, VerifierKey

_MOST_PROOF: Final = 63
_MOST_ANSWER: Final = 1 << 16


class WitnessError(UnavailableError):
    """A witness does not answer, or refuses."""

    def __init__(self, witness: str, reason: str) -> None:
        super().__init__("A witness of the ledger does not answer.")
        self.add_note(f"witness {witness}: {reason}")


@attrs.frozen
class HttpWitness:
    """Honours `riff.ports.signing.Witness`.

    Attributes:
        setting: whose cosignatures are expected, and where to ask.
        timeout_s: how long one answer may take.
    """

    setting: WitnessSetting
    timeout_s: float = 3.0

    @property
    def key(self) -> VerifierKey:
        """Whose cosignatures these are."""
        return VerifierKey.from_text(self.setting.key)

    def cosign(self, note: Note, known: int, proof: Callable[[int], Sequence[bytes]]) -> Sequence[Signature]:
        """Ask for a cosignature; a witness that has seen another size than we believe says so, once.

        Raises:
            WitnessError: it does not answer, or refuses.
        """
        status, answer = self._ask(note, known, proof)
        if status == http.client.CONFLICT:
            seen = self._size(answer)
            status, answer = self._ask(note, seen, proof)
        if status != http.client.OK:
            raise WitnessError(self.setting.key, f"status {status}")
        try:
            lines = answer.decode().removesuffix("\n").split("\n")
            return tuple(map(Signature.from_line, lines))
        except (UnicodeDecodeError, NoteError) as error:
            raise WitnessError(self.setting.key, "answers no cosignature") from error

    def _ask(self, note: Note, known: int, proof: Callable[[int], Sequence[bytes]]) -> tuple[int, bytes]:
        hashes = proof(known) if known else ()
        if len(hashes) > _MOST_PROOF:
            raise WitnessError(self.setting.key, "the ledger is too large")
        lines = "".join(f"{base64(each)}\n" for each in hashes)
        return self._post(f"old {known}\n{lines}\n".encode() + note.to_bytes())

    def _size(self, answer: bytes) -> int:
        text = answer.decode(errors="replace").removesuffix("\n")
        if not (text.isascii() and text.isdecimal() and len(text) <= len(str(1 << 53))):
            raise WitnessError(self.setting.key, "has seen another ledger")
        return int(text)

    def _post(self, body: bytes) -> tuple[int, bytes]:
        parts = urlsplit(self.setting.address)
        connection = connection_to(self.setting.address, self.timeout_s)
        try:
            connection.request("POST", f"{parts.path.rstrip('/')}/add-checkpoint", body)
            response = connection.getresponse()
            return response.status, response.read(_MOST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            raise WitnessError(self.setting.key, f"does not answer: {error!r}") from error
        finally:
            connection.close()
