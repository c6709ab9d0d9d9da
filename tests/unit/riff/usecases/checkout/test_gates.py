import hashlib

import attrs
import pytest

from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import Gates
from riff.errors import AgeNotConfirmedError, LocationRefusedError, LocationUnknownError, UnavailableError
from riff.usecases.checkout.gates import Declared, pass_gates
from tests.support.fakes import PERMISSIVE, Fakes
from tests.support.stage import Stage

ONTARIO = Gates(minimum_age=18, buyer_regions=frozenset({"CA-ON"}))
OF_AGE_THERE = Declared(age_confirmed=True, location_evidence="in Ontario")


def under(gates: Gates) -> Stage:
    """A raffle whose rules have these gates."""
    stage = Stage.of()
    with stage.fakes.transactions.begin() as work:
        work.raffles.snapshot_profile(stage.raffle.id, attrs.evolve(PERMISSIVE, gates=gates))
    return stage


def test_without_gates_nothing_is_asked() -> None:
    assert pass_gates(Gates(), Declared(), "purchase", Fakes().services) == {}


def test_whoever_passes_leaves_a_record() -> None:
    stage = under(ONTARIO)
    stage.buy(declared=OF_AGE_THERE)
    (opened,) = [e for e in stage.fakes.transactions.events() if e.kind is EventKind.CHECKOUT_OPENED]
    digest = hashlib.sha256(b"in Ontario").hexdigest()
    for fact in ('"minimum_age":18', '"region":"CA-ON"', f'"location_evidence":"{digest}"'):
        assert fact.encode() in opened.record
    assert b"in Ontario" not in opened.record


@pytest.mark.parametrize(
    ("declared", "refusal"),
    [
        (Declared(), AgeNotConfirmedError),
        (Declared(location_evidence="in Ontario"), AgeNotConfirmedError),
        (Declared(age_confirmed=True), LocationUnknownError),
        (Declared(age_confirmed=True, location_evidence="made up"), LocationUnknownError),
        (Declared(age_confirmed=True, location_evidence="in Ohio"), LocationRefusedError),
        (Declared(age_confirmed=True, location_evidence="in Canada"), LocationRefusedError),
    ],
)
def test_a_closed_gate_opens_no_order(declared: Declared, refusal: type[Exception]) -> None:
    stage = under(ONTARIO)
    with pytest.raises(refusal):
        stage.buy(declared=declared)
    assert stage.fakes.transactions.tables.checkouts == {}
    assert stage.fakes.payments.charges == {}


def test_a_country_lets_all_its_regions_in() -> None:
    gates = Gates(buyer_regions=frozenset({"CA"}))
    assert pass_gates(gates, OF_AGE_THERE, "purchase", Fakes().services)["region"] == "CA-ON"


def test_a_supplier_that_is_down_lets_nobody_in() -> None:
    stage = under(ONTARIO)
    stage.fakes.geolocation.is_down = True
    with pytest.raises(UnavailableError):
        stage.buy(declared=OF_AGE_THERE)
    assert stage.fakes.transactions.tables.checkouts == {}


def test_evidence_is_looked_at_for_this_purchase() -> None:
    stage = under(ONTARIO)
    stage.buy("this purchase", declared=OF_AGE_THERE)
    assert stage.fakes.geolocation.purchases == ["this purchase"]


def test_a_retry_is_not_asked_again() -> None:
    stage = under(ONTARIO)
    first = stage.buy(declared=OF_AGE_THERE)
    assert stage.buy().checkout.id == first.checkout.id
