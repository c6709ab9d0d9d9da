"""Seeding from the operating system: the only place of the core where something enters that no caller gave.

Method: entropy is read from the operating system's generator (getrandom(2) behind `os.urandom`), every byte
passing the health tests of `health`.  Before the first byte is used, 1,024 are read, tested and thrown away
(SP 800-90B section 4.3).  A system generator is HMAC_DRBG with SHA-256, instantiated from 32 bytes of
entropy and 16 bytes of nonce, and reseeded from 32 fresh bytes after every 1,024 requests (64 MiB at the
largest request).

Failure: an entropy source that failed a health test answers no more; a generator that cannot be reseeded
forgets its state.

Requirement: GLI-31 4.2.5, 4.2.6.
"""

from os import urandom

from riff_critical.declarations import Callable, Final
from riff_critical.rng.health import EntropyFaultError, HealthTest
from riff_critical.rng.known_answers import HmacDrbg

ENTROPY_BYTES: Final = 32
NONCE_BYTES: Final = 16
STARTUP_BYTES: Final = 1024
REQUESTS_PER_SEED: Final = 1024


class SystemEntropy:
    """The operating system's generator under continuous health tests."""

    def __init__(self, source: Callable[[int], bytes] = urandom) -> None:
        self._source = source
        self._health = HealthTest()
        self.read(STARTUP_BYTES)

    def read(self, n: int) -> bytes:
        """Give `n` fresh bytes.

        Raises:
            EntropyFaultError: the source failed a health test, gave a short answer or is not there.
        """
        try:
            samples = self._source(n)
        except (OSError, NotImplementedError) as error:
            raise EntropyFaultError("the operating system gives no entropy") from error
        if len(samples) != n:
            raise EntropyFaultError(f"{len(samples)} bytes of entropy instead of {n}")
        self._health.check(samples)
        return samples


class SystemGenerator:
    """HMAC_DRBG seeded and reseeded from the operating system."""

    def __init__(self, personalization: bytes = b"", entropy: SystemEntropy | None = None) -> None:
        self._entropy = entropy or SystemEntropy()
        seed, nonce = self._entropy.read(ENTROPY_BYTES), self._entropy.read(NONCE_BYTES)
        self._drbg = HmacDrbg(seed, nonce, personalization)
        self._requests = 0

    def generate(self, n: int) -> bytes:
        """Give the next `n` bytes, at most MAX_REQUEST_BYTES.

        Raises:
            EntropyFaultError: the entropy for a reseed failed; the generator is unusable from now on.
            GeneratorUnusableError: it failed before.
        """
        if self._requests == REQUESTS_PER_SEED:
            self._reseed()
        self._requests += 1
        return self._drbg.generate(n)

    def _reseed(self) -> None:
        try:
            self._drbg.reseed(self._entropy.read(ENTROPY_BYTES))
        except EntropyFaultError:
            self._drbg.uninstantiate()
            raise
        self._requests = 0
