"""The generator that the product uses, and its known-answer self-test before the first use in a process.

Method: with SHA-256, the hash that the product uses, one published case is computed and compared in full:
instantiate, generate, generate (NIST CAVP HMAC_DRBG_no_reseed, the first SHA-256 case with personalization
and additional input).  The generator is then reseeded and its next answer compared with the one that the
reference in tests/support gives.  Entropy that is too short and a request that is too long must be refused.

The verdict is kept for the life of the process: after a failure no generator comes into being until the
program starts again.

Requirement: SP 800-90A Rev. 1 section 11.3; GLI-31 4.2.1.
"""

from riff_critical.declarations import Final
from riff_critical.errors import CorruptionError
from riff_critical.rng.mechanism import (
    MAX_REQUEST_BYTES,
    GeneratorUnusableError,
    Mechanism,
    RequestSizeError,
    SeedMaterialError,
)

_ENTROPY: Final = bytes.fromhex("5d3286bc53a258a53ba781e2c4dcd79a790e43bbe0e89fb3eed39086be34174b")
_NONCE: Final = bytes.fromhex("c5422294b7318952ace7055ab7570abf")
_PERSONALIZATION: Final = bytes.fromhex("2dba094d008e150d51c4135bb2f03dcde9cbf3468a12908a1b025c120c985b9d")
_FIRST_ADDITIONAL: Final = bytes.fromhex("793a7ef8f6f0482beac542bb785c10f8b7b406a4de92667ab168ecc2cf7573c6")
_SECOND_ADDITIONAL: Final = bytes.fromhex("2238cdb4e23d629fe0c2a83dd8d5144ce1a6229ef41dabe2a99ff722e510b530")
_PUBLISHED_ANSWER: Final = bytes.fromhex(
    "d04678198ae7e1aeb435b45291458ffde0891560748b43330eaf866b5a6385e7"
    "4c6fa5a5a44bdb284d436e98d244018d6acedcdfa2e9f499d8089e4db86ae89a"
    "6ab2d19cb705e2f048f97fb597f04106a1fa6a1416ad3d859118e079a0c319eb"
    "95686f4cbcce3b5101c7a0b010ef029c4ef6d06cdfac97efb9773891688c37cf"
)
_RESEED_ENTROPY: Final = bytes(range(32))
_RESEEDED_ANSWER: Final = bytes.fromhex("8db5a0c0a3e0bfeb76e0920b9c3d1424d5bdbef05179ecd9a66767e9c43ba085")


class SelfTestError(CorruptionError):
    """The generator does not give the published answers; it must not be used."""

    code = "rng-self-test"


_verdicts: Final[list[SelfTestError | None]] = []  # none yet, or that of this process


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


def self_test() -> None:
    """Compute the known answers and provoke the limits.

    Raises:
        SelfTestError: an answer differs, or a limit does not hold.
    """
    mechanism = Mechanism(_ENTROPY, _NONCE, _PERSONALIZATION, "sha256")
    mechanism.generate(len(_PUBLISHED_ANSWER), _FIRST_ADDITIONAL)
    if mechanism.generate(len(_PUBLISHED_ANSWER), _SECOND_ADDITIONAL) != _PUBLISHED_ANSWER:
        raise SelfTestError("generate differs from the published answer")
    mechanism.reseed(_RESEED_ENTROPY, _FIRST_ADDITIONAL)
    if mechanism.generate(len(_RESEEDED_ANSWER)) != _RESEEDED_ANSWER:
        raise SelfTestError("reseed differs from the known answer")
    if not (_refuses_short_entropy() and _refuses_long_request(mechanism)):
        raise SelfTestError("a limit does not hold")


def require_self_test() -> None:
    """Run the self-test if this process has not run it yet.

    Raises:
        GeneratorUnusableError: the test failed, now or earlier in this process.
    """
    if not _verdicts:
        _verdicts.append(_verdict())
    if _verdicts[0] is not None:
        raise GeneratorUnusableError("the generator failed its self-test") from _verdicts[0]


def _verdict() -> SelfTestError | None:
    try:
        self_test()
    except SelfTestError as failure:
        return failure
    return None


def _refuses_short_entropy() -> bool:
    try:
        Mechanism(_ENTROPY[1:], _NONCE, b"", "sha256")
    except SeedMaterialError:
        return True
    return False


def _refuses_long_request(mechanism: Mechanism) -> bool:
    try:
        mechanism.generate(MAX_REQUEST_BYTES + 1)
    except RequestSizeError:
        return True
    return False
