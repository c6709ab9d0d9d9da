"""The generator that the product uses: HMAC_DRBG that has passed its self-test in this process."""

from riff_critical.rng.known_answers import require_self_test
from riff_critical.rng.mechanism import Mechanism


class HmacDrbg(Mechanism):
    """HMAC_DRBG of SP 800-90A Rev. 1; see `mechanism` for the method.

    The product uses SHA-256.  The other hashes of the standard exist so that a laboratory can run every
    published vector.

    Raises:
        GeneratorUnusableError: the self-test failed in this process.
        UnknownDigestError: `digest` names no hash of the standard.
        SeedMaterialError: `entropy` is shorter than the security strength (32 bytes for SHA-256), `nonce`
            than half of it, or an input is longer than MAX_INPUT_BYTES.
    """

    def __init__(
        self, entropy: bytes, nonce: bytes, personalization: bytes = b"", digest: str = "sha256"
    ) -> None:
        require_self_test()
        super().__init__(entropy, nonce, personalization, digest)
