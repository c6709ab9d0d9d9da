"""Ed25519 by AWS KMS: the private key never leaves the service, which logs every signature.

The key is of the kind ECC_NIST_EDWARDS25519; ED25519_SHA_512 over the message itself (RAW) is the Ed25519 of
RFC 8032, so whoever checks the signature need not know where it was made.
"""

from base64 import b64decode, b64encode
from binascii import Error

import attrs

from riff.adapters.aws.key_management import KeyManagement
from riff.adapters.signing.plugin import KeyStoreError


@attrs.frozen
class ServiceKey:
    """Honours `riff.ports.signing.NoteSigner`.

    Attributes:
        keys: the service.
        key: name, alias or ARN of the key.
    """

    keys: KeyManagement
    key: str

    def sign(self, message: bytes) -> bytes:
        """A signature of 64 bytes.

        Raises:
            UnavailableError: the service does not answer, or refuses.
        """
        answer = self.keys.ask(
            "Sign",
            {
                "KeyId": self.key,
                "Message": b64encode(message).decode(),
                "MessageType": "RAW",
                "SigningAlgorithm": "ED25519_SHA_512",
            },
        )
        try:
            return b64decode(answer["Signature"], validate=True)
        except (KeyError, TypeError, Error) as error:
            raise KeyStoreError("the key service answers no signature") from error


def connect(key: str, keys: KeyManagement) -> ServiceKey:
    """The signer whose key the service knows by the name `key`; nothing is asked yet."""
    return ServiceKey(keys, key)
