"""GLI-31 3.2.5, authorized components: who is unknown, disabled, un-enrolled or replayed gets nothing."""

from collections.abc import Iterator

import pytest

from riff.handlers.units import lease_block, sell_tickets, sync_unit
from riff.usecases.units.suspend_unit import SuspendUnit, suspend_unit
from tests.support.asking import ask_as_unit
from tests.support.booth import DEVICE, Booth
from tests.support.fakes import Fakes
from tests.support.wired import wired


@pytest.fixture(name="booth")
def _booth(monkeypatch: pytest.MonkeyPatch) -> Iterator[Booth]:
    with wired(monkeypatch, Fakes()) as fakes:
        yield Booth.of(fakes=fakes)


def _sell(booth: Booth, device: str = DEVICE, key: str = "11112222-key") -> tuple[int, str | None]:
    body = {"package_id": str(booth.stage.package.id), "tender": "cash"}
    answer = ask_as_unit(sell_tickets.handler, "/units/me/sales", body, device=device, key=key)
    return answer.status, answer.code


def test_an_unknown_device_gets_nothing(booth: Booth) -> None:
    assert _sell(booth, "unknown-device") == (401, "not-authenticated")
    answer = ask_as_unit(sync_unit.handler, "/units/me", device="unknown-device", method="GET")
    assert answer.status == 401


def test_a_member_of_staff_is_no_device(booth: Booth) -> None:
    assert _sell(booth, "operator-1") == (401, "not-authenticated")


def test_an_un_enrolled_unit_sells_nothing(booth: Booth) -> None:
    assert _sell(booth) == (409, "state-refuses")
    answer = ask_as_unit(lease_block.handler, "/units/me/blocks", {"numbers": 1})
    assert (answer.status, answer.code) == (409, "state-refuses")


def test_a_disabled_unit_sells_nothing(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    suspend_unit(SuspendUnit(booth.stage.manager, booth.unit.id, "r"), booth.stage.fakes.services)
    assert _sell(booth) == (409, "state-refuses")


def test_a_replayed_sale_sells_nothing_again(booth: Booth) -> None:
    booth.enrol()
    booth.lease()
    for _ in range(3):
        assert _sell(booth)[0] == 200
    assert len(booth.stage.fakes.transactions.tables.orders) == 1
