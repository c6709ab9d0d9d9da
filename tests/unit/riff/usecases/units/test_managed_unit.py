from riff.domain.units.sales_unit import logon_digest
from riff.usecases.units.managed_unit import new_logon
from tests.support.booth import Booth


def test_a_new_code_replaces_the_one_before() -> None:
    booth = Booth.of()
    with booth.stage.fakes.transactions.begin() as work:
        code = new_logon(booth.unit, work, booth.stage.fakes.services)
        assert work.units.knows_logon(booth.unit.id, logon_digest(booth.unit.id, code))
        assert not work.units.knows_logon(booth.unit.id, logon_digest(booth.unit.id, booth.code))
