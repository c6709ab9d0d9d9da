import attrs
import pytest

from riff.domain.raffles.profile import Texts
from riff.errors import NotFoundError
from riff.usecases.public.show_rules import ShowRules, show_rules
from tests.support.builders import a_raffle
from tests.support.fakes import PERMISSIVE, FakeProfiles
from tests.support.stage import Stage


def test_shows_what_was_kept_with_the_raffle() -> None:
    stage = Stage.of()
    rules = show_rules(ShowRules(stage.raffle.id), stage.fakes.services)
    assert rules.profile == PERMISSIVE
    assert stage.organization == rules.organization
    assert stage.raffle == rules.raffle


def test_a_later_edition_does_not_reach_it() -> None:
    stage = Stage.of()
    later = attrs.evolve(PERMISSIVE, texts=Texts(rules="Other rules."))
    services = attrs.evolve(stage.fakes.services, profiles=FakeProfiles(later))
    assert show_rules(ShowRules(stage.raffle.id), services).profile == PERMISSIVE


def test_a_raffle_that_was_never_activated_has_none_to_show() -> None:
    stage = Stage.of(a_raffle())
    with pytest.raises(NotFoundError):
        show_rules(ShowRules(stage.raffle.id), stage.fakes.services)
