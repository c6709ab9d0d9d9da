"""Who signs ledgers, found by the name that configuration gives, and loaded when something is to be signed.

Most functions sign and check nothing, and their artifacts lack what that takes.
"""

import importlib
from functools import cached_property
from typing import Final, Protocol, cast

from riff.adapters.aws.key_management import KeyManagement
from riff.adapters.plugins import adapter
from riff.errors import UnavailableError
from riff.ports.signing import NoteSigner, SignatureCheck

_PARENT: Final = "riff.adapters.signing"
_CHECK: Final = "riff.adapters.signing.ed25519"


class KeyStoreError(UnavailableError):
    """The signing key cannot be used now.  Why is in the note, not in the reply."""

    def __init__(self, reason: str) -> None:
        super().__init__("The ledger cannot be signed just now.")
        self.add_note(f"signing key: {reason}")


class SigningModule(Protocol):
    """What a signer's module offers."""

    def connect(self, key: str, keys: KeyManagement) -> NoteSigner:
        """The signer, ready to be asked."""
        ...


class PluggedSigner:
    """Honours `riff.ports.signing.NoteSigner` through the module that configuration names."""

    def __init__(self, module: str, key: str, keys: KeyManagement) -> None:
        self._module = module
        self._key = key
        self._keys = keys

    def sign(self, message: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._signer.sign(message)

    @cached_property
    def _signer(self) -> NoteSigner:
        return load(self._module).connect(self._key, self._keys)


class PluggedCheck:
    """Honours `riff.ports.signing.SignatureCheck`; the library is loaded at the first signature."""

    def verifies(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the key's owner signed the message."""
        return self._module.verifies(public_key, message, signature)

    @cached_property
    def _module(self) -> SignatureCheck:
        return cast("SignatureCheck", importlib.import_module(_CHECK))


def load(name: str) -> SigningModule:
    """The module of that name.

    Raises:
        KeyStoreError: it is not one of the signing adapters; a deployment without ledgers names none.
        ModuleNotFoundError: the artifact lacks it.
    """
    try:
        return cast("SigningModule", adapter(name, _PARENT))
    except ValueError as error:
        raise KeyStoreError(f"is not kept by a module below {_PARENT}: {name!r}") from error
