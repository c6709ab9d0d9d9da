"""Seeds under their key: what the service is asked, and what its refusals become."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from uuid import UUID

import pytest

from riff.adapters.aws.key_management import KeyManagement, KeyUnavailableError
from riff.adapters.aws.seed_key import KeptSeeds
from riff.adapters.aws.signed_request import Credentials
from riff.domain.identifiers import RaffleId
from riff.errors import SeedLostError
from tests.support.key_service import KeyService, serving

RAFFLE = RaffleId(UUID(int=7))
SEED = b"s" * 32


@pytest.fixture(name="service")
def _service() -> Iterator[KeyService]:
    with serving() as found:
        yield found


def _seeds(service: KeyService) -> KeptSeeds:
    return KeptSeeds(service.keys(), "alias/riff-local-seeds")


def test_binds_a_seed_to_its_raffle_draw_and_attempt(service: KeyService) -> None:
    service.answer = json.dumps({"CiphertextBlob": b64encode(b"c" * 40).decode()}).encode()
    assert _seeds(service).close(RAFFLE, 2, 3, SEED) == b"c" * 40
    target, query = service.asked[0]
    assert target == "TrentService.Encrypt"
    assert b64decode(str(query["Plaintext"])) == SEED
    assert query["KeyId"] == "alias/riff-local-seeds"
    assert query["EncryptionContext"] == {
        "riff:raffle": str(RAFFLE),
        "riff:draw": "2",
        "riff:attempt": "3",
    }


def test_opens_under_the_same_key_and_context(service: KeyService) -> None:
    service.answer = json.dumps({"Plaintext": b64encode(SEED).decode()}).encode()
    assert _seeds(service).open(RAFFLE, 2, 3, b"c" * 40) == SEED
    target, query = service.asked[0]
    assert target == "TrentService.Decrypt"
    assert query["KeyId"] == "alias/riff-local-seeds"
    assert query["EncryptionContext"] == {
        "riff:raffle": str(RAFFLE),
        "riff:draw": "2",
        "riff:attempt": "3",
    }


@pytest.mark.parametrize(
    "fault", ["InvalidCiphertextException", "IncorrectKeyException", "NotFoundException"]
)
def test_a_seed_that_no_repetition_opens_is_lost(service: KeyService, fault: str) -> None:
    service.refuse(fault)
    with pytest.raises(SeedLostError) as lost:
        _seeds(service).open(RAFFLE, 1, 1, b"c" * 40)
    assert fault in str(lost.value.__notes__)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("DisabledException", 400),
        ("AccessDeniedException", 400),
        ("ThrottlingException", 400),
        ("KMSInternalException", 500),
    ],
)
def test_anything_else_may_be_asked_again(service: KeyService, fault: str, status: int) -> None:
    """A key that somebody has disabled can be enabled again: its seeds are not lost."""
    service.refuse(fault, status)
    with pytest.raises(KeyUnavailableError) as unavailable:
        _seeds(service).open(RAFFLE, 1, 1, b"c" * 40)
    assert fault in str(unavailable.value.__notes__)
    with pytest.raises(KeyUnavailableError):
        _seeds(service).close(RAFFLE, 1, 1, SEED)


def test_a_refusal_that_says_nothing_may_be_asked_again(service: KeyService) -> None:
    service.status, service.answer = 502, b"<html>"
    with pytest.raises(KeyUnavailableError, match="unavailable"):
        _seeds(service).open(RAFFLE, 1, 1, b"c" * 40)


def test_says_so_when_nobody_answers() -> None:
    away = KeyManagement(Credentials("AKID", "secret"), "ca-central-1", "http://127.0.0.1:9", 0.5)
    with pytest.raises(KeyUnavailableError):
        KeptSeeds(away, "alias/riff-local-seeds").close(RAFFLE, 1, 1, SEED)


def test_tells_no_caller_what_the_service_said(service: KeyService) -> None:
    service.refuse("AccessDeniedException")
    with pytest.raises(KeyUnavailableError) as unavailable:
        _seeds(service).close(RAFFLE, 1, 1, SEED)
    assert "Access" not in unavailable.value.detail
