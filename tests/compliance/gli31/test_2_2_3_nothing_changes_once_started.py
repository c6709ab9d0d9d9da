"""GLI-31 2.2.3, changes: once a raffle has started, nothing that affects its integrity can be changed."""

from collections.abc import Callable
from datetime import timedelta

import attrs
import pytest

from riff.domain.raffles.profile import PriceChanges, PriceRules, SalesRules
from riff.domain.raffles.raffle import NumberingKind
from riff.domain.raffles.window import SalesWindow
from riff.errors import ProfileRefusesError, StateRefusesError
from riff.usecases.raffles.activate_raffle import ActivateRaffle, activate_raffle
from riff.usecases.raffles.change_price import ChangePrice, change_price
from riff.usecases.raffles.extend_sales import ExtendSales, extend_sales
from riff.usecases.raffles.set_packages import SetPackages, set_packages
from riff.usecases.raffles.set_prizes import SetPrizes, set_prizes
from riff.usecases.raffles.set_ranges import SetRanges, set_ranges
from riff.usecases.raffles.update_raffle import UpdateRaffle, update_raffle
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.builders import a_package, a_prize, a_raffle
from tests.support.builders.changes import changed
from tests.support.fakes import NOON, PERMISSIVE, FakeProfiles, Fakes
from tests.support.stage import Stage

FROZEN = attrs.evolve(
    PERMISSIVE, prices=PriceRules(changes=PriceChanges.FROZEN), sales=SalesRules(extension=False)
)
STARTED = [state for state in RaffleState if state not in (RaffleState.DRAFT, RaffleState.CONFIGURED)]


def _settings(stage: Stage, **changes: object) -> None:
    raffle = stage.raffle
    again = UpdateRaffle(
        actor=stage.manager,
        raffle_id=raffle.id,
        name=raffle.name,
        window=raffle.window,
        numbering=raffle.numbering,
        first_number=raffle.first_number,
        rule_profile=raffle.rule_profile,
        sales_cap_minor=raffle.sales_cap_minor,
    )
    update_raffle(changed(again, changes), stage.fakes.services)


def _packages(stage: Stage) -> None:
    set_packages(SetPackages(stage.manager, stage.raffle.id, [a_package(11)]), stage.fakes.services)


def _prizes(stage: Stage) -> None:
    set_prizes(SetPrizes(stage.manager, stage.raffle.id, [a_prize(4000)]), stage.fakes.services)


def _ranges(stage: Stage) -> None:
    sizes = [(channel, 10) for channel in Channel]
    set_ranges(SetRanges(stage.manager, stage.raffle.id, sizes), stage.fakes.services)


CHANGES: dict[str, Callable[[Stage], None]] = {
    "packages": _packages,
    "prizes": _prizes,
    "ranges": _ranges,
    "name": lambda stage: _settings(stage, name="Another name"),
    "window": lambda stage: _settings(stage, window=SalesWindow(NOON, NOON + timedelta(days=1))),
    "numbering": lambda stage: _settings(stage, numbering=NumberingKind.RANDOM),
    "first number": lambda stage: _settings(stage, first_number=7),
    "rule profile": lambda stage: _settings(stage, rule_profile="permissive"),
    "cap on sales": lambda stage: _settings(stage, sales_cap_minor=1),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("state", STARTED, ids=lambda state: state.value)
def test_refuses_every_change_of_the_setup(state: RaffleState, change: str) -> None:
    stage = Stage.of(a_raffle().in_state(state))
    tables = stage.fakes.transactions.tables.copied()
    with pytest.raises(StateRefusesError):
        CHANGES[change](stage)
    assert stage.fakes.transactions.tables == tables


@pytest.mark.parametrize("change", CHANGES)
def test_allows_the_same_change_before(change: str) -> None:
    CHANGES[change](Stage.of(a_raffle().configured()))


def test_prices_and_close_are_frozen_where_the_profile_says_so() -> None:
    stage = Stage.of(a_raffle().active().under(FROZEN))
    close = stage.raffle.window.closes_at + timedelta(hours=1)
    with pytest.raises(ProfileRefusesError):
        change_price(
            ChangePrice(stage.manager, stage.raffle.id, stage.package.id, 1, "r"), stage.fakes.services
        )
    with pytest.raises(ProfileRefusesError):
        extend_sales(ExtendSales(stage.manager, stage.raffle.id, close, "r"), stage.fakes.services)
    assert stage.now == stage.raffle


def test_a_later_edition_of_the_profile_changes_nothing() -> None:
    profiles = FakeProfiles(FROZEN)
    stage = Stage.of(a_raffle().configured(), Fakes(profiles=profiles))
    activate_raffle(ActivateRaffle(stage.manager, stage.raffle.id), stage.fakes.services)
    later = attrs.evolve(stage.fakes.services, profiles=FakeProfiles(PERMISSIVE))
    with pytest.raises(ProfileRefusesError):
        change_price(ChangePrice(stage.manager, stage.raffle.id, stage.package.id, 1, "r"), later)
