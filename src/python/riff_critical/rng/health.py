"""Continuous health tests of an entropy source, NIST SP 800-90B sections 4.4.1 and 4.4.2.

Method: a sample is one byte; the operating system claims H = 8 bits of entropy for it.  The chance of a false
alarm is at most alpha = 2^-40 per position, the strictest that the publication recommends.
    Repetition count:     the source has failed when one value comes C = 1 + ceil(40 / H) = 6 times in a row.
    Adaptive proportion:  in every window of W = 512 samples the source has failed when the window's first
                          value occurs C = 1 + critbinom(W, 2^-H, 1 - alpha) = 19 times or more.
Once failed, the test stays failed.

Requirement: GLI-31 4.2.5 and 4.2.6.
Out of scope: estimating entropy.  The tests find a source that broke, not one that was made predictable.
"""

from riff_critical.declarations import Final
from riff_critical.errors import CorruptionError

REPETITION_CUTOFF: Final = 6
PROPORTION_WINDOW: Final = 512
PROPORTION_CUTOFF: Final = 19


class EntropyFaultError(CorruptionError):
    """The entropy source failed; no generator may be seeded from it."""

    code = "rng-entropy-fault"


class HealthTest:
    """Both tests over the successive samples of one source."""

    def __init__(self) -> None:
        self._failure: str | None = None
        self._last = -1
        self._run = 0
        self._first = -1
        self._seen = 0
        self._occurrences = 0

    def check(self, samples: bytes) -> None:
        """Feed the next samples to both tests.

        Raises:
            EntropyFaultError: a test fails now, or failed before.
        """
        if self._failure is None:
            self._failure = self._failure_among(samples)
        if self._failure is not None:
            raise EntropyFaultError(self._failure)

    def _failure_among(self, samples: bytes) -> str | None:
        for sample in samples:
            if self._repeats(sample):
                return "repetition count test failed"
            if self._prevails(sample):
                return "adaptive proportion test failed"
        return None

    def _repeats(self, sample: int) -> bool:
        self._run = self._run + 1 if sample == self._last else 1
        self._last = sample
        return self._run >= REPETITION_CUTOFF

    def _prevails(self, sample: int) -> bool:
        if self._seen == 0:
            self._first, self._occurrences = sample, 0
        self._seen = (self._seen + 1) % PROPORTION_WINDOW
        self._occurrences += sample == self._first
        return self._occurrences >= PROPORTION_CUTOFF
