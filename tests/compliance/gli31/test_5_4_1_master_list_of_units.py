"""GLI-31 5.4.1, sales units: a master list with identity, operator and tickets issued."""

from riff.usecases.units.list_units import ListUnits, list_units
from tests.support.booth import Booth
from tests.support.builders.units import OPERATOR


def test_lists_every_unit_with_its_identity_operator_and_tickets() -> None:
    booth = Booth.selling()
    other = Booth.at(booth.stage, "device-2")
    booth.sell()
    booth.sell()
    query = ListUnits(booth.stage.manager, booth.stage.organization.id, None, 10)
    page = list_units(query, booth.stage.fakes.services)
    assert [
        (booth.unit.id, "device-1", OPERATOR, 2, 20),
        (other.unit.id, "device-2", OPERATOR, 0, 0),
    ] == [
        (entry.unit.id, entry.unit.subject, entry.unit.operator, entry.orders, entry.numbers)
        for entry in page.items
    ]
