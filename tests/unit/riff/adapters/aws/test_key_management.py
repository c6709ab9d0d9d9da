"""The key service: an answer, a refusal for good, or something that may be asked again."""

from collections.abc import Iterator

import pytest

from riff.adapters.aws.key_management import KeyRefusesError, KeyUnavailableError
from tests.support.key_service import KeyService, serving


@pytest.fixture(name="service")
def _service() -> Iterator[KeyService]:
    with serving() as found:
        yield found


def test_gives_the_answer(service: KeyService) -> None:
    service.answer = b'{"KeyId": "k"}'
    assert service.keys().ask("DescribeKey", {"KeyId": "alias/k"}) == {"KeyId": "k"}
    assert service.asked == [("TrentService.DescribeKey", {"KeyId": "alias/k"})]


def test_tells_refusals_for_good_from_others(service: KeyService) -> None:
    service.refuse("NotFoundException")
    with pytest.raises(KeyRefusesError) as refused:
        service.keys().ask("Decrypt", {}, final=frozenset({"NotFoundException"}))
    assert refused.value.fault == "NotFoundException"
    with pytest.raises(KeyUnavailableError):
        service.keys().ask("Decrypt", {})
