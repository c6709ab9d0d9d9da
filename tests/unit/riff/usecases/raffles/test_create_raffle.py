from datetime import timedelta

import attrs
import pytest

from riff.domain.accounts.actor import Actor
from riff.domain.audit.event_catalogue import EventKind
from riff.domain.raffles.profile import DrawMode, RuleProfile
from riff.domain.raffles.raffle import MOST_SLOTS, NumberingKind
from riff.domain.raffles.window import SalesWindow
from riff.errors import InvalidRequestError, NotFoundError, NotPermittedError, UnknownProfileError
from riff.usecases.raffles.create_raffle import CreateRaffle, create_raffle
from riff_critical.lifecycle import RaffleState
from riff_critical.selling import Channel
from tests.support.fakes import NOON, FakeProfiles, Fakes
from tests.support.stage import A_NOBODY, A_STRANGER, Stage, member


def wish(stage: Stage) -> CreateRaffle:
    return CreateRaffle(
        actor=stage.manager,
        organization_id=stage.organization.id,
        name="Sunday 50/50",
        window=SalesWindow(NOON, NOON + timedelta(hours=4)),
        numbering=NumberingKind.SEQUENTIAL,
        first_number=1,
        range_sizes=[(Channel.ONLINE, 100), (Channel.RESERVE, 20)],
        rule_profile="permissive",
    )


def test_a_new_raffle_is_a_draft_with_adjoining_ranges() -> None:
    stage = Stage.of()
    raffle = create_raffle(wish(stage), stage.fakes.services)
    assert raffle.state is RaffleState.DRAFT
    assert [(part.first_slot, part.slot_count) for part in raffle.ranges] == [(0, 100), (100, 20)]
    assert stage.fakes.transactions.event_kinds() == [EventKind.RAFFLE_CREATED]


def test_event_numbers_are_consecutive() -> None:
    stage = Stage.of()
    numbers = [create_raffle(wish(stage), stage.fakes.services).event_number for _ in range(3)]
    assert [numbers[0], numbers[0] + 1, numbers[0] + 2] == numbers


def test_every_raffle_has_secrets_of_its_own() -> None:
    stage = Stage.of()
    raffles = [create_raffle(wish(stage), stage.fakes.services) for _ in range(2)]
    with stage.fakes.transactions.begin() as work:
        keys = [work.raffles.keys(raffle.id) for raffle in raffles]
    secrets = {key for pair in keys for key in (pair.validation, pair.numbering)}
    assert len(secrets) == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"window": SalesWindow(NOON - timedelta(hours=2), NOON)},
        {"range_sizes": [(Channel.ONLINE, 10), (Channel.ONLINE, 10)]},
        {"range_sizes": []},
        {"range_sizes": [(Channel.ONLINE, MOST_SLOTS), (Channel.RESERVE, 1)]},
        {"range_sizes": [(Channel.ONLINE, 0)]},
        {"name": ""},
        {"first_number": -1},
    ],
    ids=[
        "window in the past",
        "channel twice",
        "no range",
        "too large",
        "empty range",
        "no name",
        "negative",
    ],
)
def test_refuses_what_cannot_be_a_raffle_and_stores_nothing(changes: dict[str, object]) -> None:
    stage = Stage.of()
    command = attrs.evolve(wish(stage), **changes)  # type: ignore[arg-type] # one field each, typed above
    with pytest.raises(InvalidRequestError):
        create_raffle(command, stage.fakes.services)
    assert stage.fakes.transactions.events() == []


def test_refuses_a_channel_that_the_profile_forbids() -> None:
    offline = RuleProfile("offline", "No online sale", frozenset({Channel.RESERVE}), (DrawMode.MANUAL,))
    stage = Stage.of(fakes=Fakes(profiles=FakeProfiles(offline)))
    with pytest.raises(InvalidRequestError):
        create_raffle(attrs.evolve(wish(stage), rule_profile="offline"), stage.fakes.services)


def test_refuses_an_unknown_profile() -> None:
    stage = Stage.of()
    with pytest.raises(UnknownProfileError):
        create_raffle(attrs.evolve(wish(stage), rule_profile="atlantis"), stage.fakes.services)


@pytest.mark.parametrize("actor", [A_STRANGER, A_NOBODY], ids=["stranger", "nobody"])
def test_hides_the_organization_from_strangers(actor: Actor) -> None:
    stage = Stage.of()
    with pytest.raises(NotFoundError):
        create_raffle(attrs.evolve(wish(stage), actor=actor), stage.fakes.services)


@pytest.mark.parametrize("role", ["operator", "regulator", "viewer"])
def test_refuses_roles_that_may_not_configure(role: str) -> None:
    stage = Stage.of()
    actor = member(role, stage.organization)
    with pytest.raises(NotPermittedError):
        create_raffle(attrs.evolve(wish(stage), actor=actor), stage.fakes.services)
