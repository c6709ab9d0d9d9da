import pytest

from riff.errors import NotFoundError, NotPermittedError
from riff.ports.units import UnitPosition
from riff.usecases.units.list_units import ListUnits, list_units
from tests.support.booth import Booth
from tests.support.stage import A_NOBODY, A_STRANGER, member


def test_lists_units_with_the_tickets_that_they_issued() -> None:
    booth = Booth.selling()
    booth.sell()
    other = Booth.at(booth.stage, "device-2")
    query = ListUnits(booth.stage.manager, booth.stage.organization.id, None, 1)
    first = list_units(query, booth.stage.fakes.services)
    assert [(booth.unit.id, 1, 10)] == [(one.unit.id, one.orders, one.numbers) for one in first.items]
    assert first.more
    after = ListUnits(query.actor, query.organization_id, UnitPosition(booth.unit.id), 1)
    rest = list_units(after, booth.stage.fakes.services)
    assert ([other.unit], False) == ([one.unit for one in rest.items], rest.more)


def test_hides_units_from_strangers() -> None:
    booth = Booth.of()
    for actor in (A_STRANGER, A_NOBODY):
        with pytest.raises(NotFoundError):
            list_units(ListUnits(actor, booth.stage.organization.id, None, 1), booth.stage.fakes.services)
    viewer = member("viewer", booth.stage.organization)
    with pytest.raises(NotPermittedError):
        list_units(ListUnits(viewer, booth.stage.organization.id, None, 1), booth.stage.fakes.services)
