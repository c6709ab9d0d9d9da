from uuid import uuid4

import pytest

from riff.domain.identifiers import UnitId
from riff.domain.sales.attended_sale import Takings, Tender
from riff.errors import NotFoundError
from riff.usecases.units.show_unit import ShowUnit, show_unit
from tests.support.booth import Booth
from tests.support.stage import A_STRANGER


def test_shows_what_a_unit_serves_and_has_taken() -> None:
    booth = Booth.selling()
    booth.sell(Tender.CASH)
    booth.sell(Tender.CARD)
    shown = show_unit(ShowUnit(booth.stage.manager, booth.unit.id), booth.stage.fakes.services)
    assert (shown.listed.unit, shown.listed.orders) == (booth.now, 2)
    assert shown.service
    assert shown.service.takings == Takings(
        booth.enrolment.seller,
        booth.enrolment.id,
        orders=2,
        numbers=20,
        cash_orders=1,
        cash_minor=2000,
        card_minor=2000,
    )


def test_shows_a_unit_that_has_sold_nothing() -> None:
    booth = Booth.of()
    query = ShowUnit(booth.stage.manager, booth.unit.id)
    assert show_unit(query, booth.stage.fakes.services).service is None
    booth.enrol()
    served = show_unit(query, booth.stage.fakes.services).service
    assert served
    assert served.takings == Takings(booth.enrolment.seller, booth.enrolment.id)


def test_hides_units_from_strangers() -> None:
    booth = Booth.of()
    with pytest.raises(NotFoundError):
        show_unit(ShowUnit(A_STRANGER, booth.unit.id), booth.stage.fakes.services)
    with pytest.raises(NotFoundError):
        show_unit(ShowUnit(booth.stage.manager, UnitId(uuid4())), booth.stage.fakes.services)
