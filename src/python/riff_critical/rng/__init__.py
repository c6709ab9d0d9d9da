"""Random numbers: a standard generator, its seeding, and unbiased choice from a range.

`HmacDrbg` gives bytes (SP 800-90A), `SystemEntropy` and `SystemGenerator` seed from the operating system
under health tests (SP 800-90B), `below` and `sample` turn bytes into choices.  Every fault makes the
generator unusable; none makes it weaker.
"""

from riff_critical.rng.health import EntropyFaultError, HealthTest
from riff_critical.rng.known_answers import HmacDrbg, SelfTestError, self_test
from riff_critical.rng.mechanism import (
    MAX_REQUEST_BYTES,
    GeneratorUnusableError,
    RequestSizeError,
    ReseedRequiredError,
    SeedMaterialError,
    UnknownDigestError,
)
from riff_critical.rng.selection import (
    MAX_RANGE,
    RangeError,
    Read,
    SampleSizeError,
    SelectionFaultError,
    below,
    sample,
)
from riff_critical.rng.stream import ByteStream
from riff_critical.rng.system import SystemEntropy, SystemGenerator

__all__ = [
    "MAX_RANGE",
    "MAX_REQUEST_BYTES",
    "ByteStream",
    "EntropyFaultError",
    "GeneratorUnusableError",
    "HealthTest",
    "HmacDrbg",
    "RangeError",
    "Read",
    "RequestSizeError",
    "ReseedRequiredError",
    "SampleSizeError",
    "SeedMaterialError",
    "SelectionFaultError",
    "SelfTestError",
    "SystemEntropy",
    "SystemGenerator",
    "UnknownDigestError",
    "below",
    "sample",
    "self_test",
]
