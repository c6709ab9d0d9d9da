"""The HMAC_DRBG mechanism of NIST SP 800-90A Revision 1, section 10.1.2, word for word.

Method (|| joins bytes; HMAC is that of FIPS 198-1 over the chosen hash; outlen is the hash's length):
    Update(data):     K = HMAC(K, V || 0x00 || data);  V = HMAC(K, V);  without data stop here;
                      K = HMAC(K, V || 0x01 || data);  V = HMAC(K, V).
    Instantiate:      K = outlen bytes 0x00;  V = outlen bytes 0x01;  Update(entropy || nonce ||
                      personalization).
    Reseed:           Update(entropy || additional);  the count of requests starts again.
    Generate(n):      if additional is not empty, Update(additional);
                      repeat V = HMAC(K, V) and append V until n bytes are there; cut to n bytes;
                      Update(additional);  count the request.
    Uninstantiate:    K and V are forgotten.

Limits: SP 800-90A table 2, with shorter inputs than it allows.  A generator that has answered 2^48 requests
answers again after a reseed.  The entropy input has at least the security strength, the nonce half of it.
Prediction resistance is not offered; a caller who wants it reseeds before each request.

Failure: K and V are taken out of the generator while they are worked on.  Whatever goes wrong in between,
they do not come back, and every later call is refused.  One generator belongs to one thread.

Vectors: NIST CAVP `HMAC_DRBG_no_reseed`; tests/vectors/drbg.json.  Requirement: GLI-31 4.2.1 to 4.2.4.
Out of scope: where the entropy comes from (`system`), the test at first use (`drbg`).
"""

from hashlib import new as new_hash

from riff_critical.declarations import Callable, Final
from riff_critical.errors import CorruptionError, InvalidInputError, RefusedError

STRENGTH_BYTES: Final = {  # SP 800-57 part 1 revision 5, table 3, "key derivation, random bit generation"
    "sha1": 16,
    "sha224": 24,
    "sha512_224": 24,
    "sha256": 32,
    "sha512_256": 32,
    "sha384": 32,
    "sha512": 32,
}
MAX_INPUT_BYTES: Final = 2**16  # table 2 allows 2^32
MAX_REQUEST_BYTES: Final = 2**16  # table 2: 2^19 bits
MAX_REQUESTS: Final = 2**48  # table 2

_INNER_PAD: Final = bytes(byte ^ 0x36 for byte in range(256))
_OUTER_PAD: Final = bytes(byte ^ 0x5C for byte in range(256))

type _State = tuple[bytes, bytes]


class UnknownDigestError(InvalidInputError):
    """The hash is not one that SP 800-90A lists for HMAC_DRBG."""

    code = "rng-unknown-digest"


class SeedMaterialError(InvalidInputError):
    """Entropy, nonce, personalization or additional input is too short or too long."""

    code = "rng-seed-material"


class RequestSizeError(InvalidInputError):
    """More bytes were asked for than one request may give, or fewer than none."""

    code = "rng-request-size"


class ReseedRequiredError(RefusedError):
    """The generator has answered as many requests as one seed allows."""

    code = "rng-reseed-required"


class GeneratorUnusableError(CorruptionError):
    """The generator was uninstantiated, failed before, or did not pass its test."""

    code = "rng-unusable"


class Mechanism:
    """One instantiation of HMAC_DRBG."""

    def __init__(self, entropy: bytes, nonce: bytes, personalization: bytes, digest: str) -> None:
        if digest not in STRENGTH_BYTES:
            raise UnknownDigestError(f"HMAC_DRBG uses one of {', '.join(STRENGTH_BYTES)}: {digest!r}")
        self._digest = digest
        self._check_entropy(entropy)
        _check_input("nonce", nonce, at_least=STRENGTH_BYTES[digest] // 2)
        _check_input("personalization", personalization)
        outlen = new_hash(digest).digest_size
        start = (bytes(outlen), b"\x01" * outlen)
        self._state: _State | None = self._updated(start, entropy + nonce + personalization)
        self._requests = 0

    def reseed(self, entropy: bytes, additional: bytes = b"") -> None:
        """Mix fresh entropy into the state; the count of requests starts again.

        Raises:
            SeedMaterialError: `entropy` is shorter than the security strength, or an input is too long.
            GeneratorUnusableError: there is no state.
        """
        self._check_entropy(entropy)
        _check_input("additional input", additional)
        self._state = self._updated(self._take_state(), entropy + additional)
        self._requests = 0

    def generate(self, n: int, additional: bytes = b"") -> bytes:
        """Give the next `n` bytes, at most MAX_REQUEST_BYTES.

        Raises:
            RequestSizeError: `n` is negative or too large.
            SeedMaterialError: `additional` is too long.
            ReseedRequiredError: the seed has served MAX_REQUESTS requests; nothing changed.
            GeneratorUnusableError: there is no state.
        """
        if not 0 <= n <= MAX_REQUEST_BYTES:
            raise RequestSizeError(f"a request is for 0 to {MAX_REQUEST_BYTES} bytes: {n}")
        _check_input("additional input", additional)
        if self._requests >= MAX_REQUESTS:
            raise ReseedRequiredError(f"one seed serves {MAX_REQUESTS} requests")
        key, value = self._take_state()
        if additional:
            key, value = self._updated((key, value), additional)
        hmac = _keyed_hmac(self._digest, key)
        output = bytearray()
        while len(output) < n:
            value = hmac(value)
            output += value
        self._state = self._updated((key, value), additional)
        self._requests += 1
        return bytes(output[:n])

    def uninstantiate(self) -> None:
        """Forget the state; every later call is refused."""
        self._state = None

    def _take_state(self) -> _State:
        state, self._state = self._state, None
        if state is None:
            raise GeneratorUnusableError("the generator has no state")
        return state

    def _updated(self, state: _State, data: bytes) -> _State:
        key, value = state
        for separator in (b"\x00", b"\x01") if data else (b"\x00",):
            key = _keyed_hmac(self._digest, key)(value + separator + data)
            value = _keyed_hmac(self._digest, key)(value)
        return key, value

    def _check_entropy(self, entropy: bytes) -> None:
        _check_input("entropy", entropy, at_least=STRENGTH_BYTES[self._digest])


def _check_input(name: str, value: bytes, at_least: int = 0) -> None:
    if not at_least <= len(value) <= MAX_INPUT_BYTES:
        raise SeedMaterialError(f"{name} has {at_least} to {MAX_INPUT_BYTES} bytes: {len(value)}")


def _keyed_hmac(digest: str, key: bytes) -> Callable[[bytes], bytes]:
    """HMAC under a key that is no longer than the hash's block; the padded keys are hashed once only."""
    block = key.ljust(new_hash(digest).block_size, b"\x00")
    inner = new_hash(digest, block.translate(_INNER_PAD))
    outer = new_hash(digest, block.translate(_OUTER_PAD))

    def hmac(message: bytes) -> bytes:
        inside, outside = inner.copy(), outer.copy()
        inside.update(message)
        outside.update(inside.digest())
        return outside.digest()

    return hmac
