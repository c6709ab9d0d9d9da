import pytest

from riff.domain.accounts.actor import Actor, ActorKind
from riff.errors import NotFoundError
from riff.usecases.accounts.show_me import ShowMe, show_me
from tests.support.builders import a_staff_member
from tests.support.fakes import Fakes


def test_shows_the_member_behind_the_identity() -> None:
    fakes, member = Fakes(), a_staff_member()
    fakes.transactions.add_staff(member)
    assert member == show_me(ShowMe(Actor(ActorKind.STAFF, member.subject, member.grants)), fakes.services)


def test_refuses_an_identity_without_account() -> None:
    with pytest.raises(NotFoundError):
        show_me(ShowMe(Actor(ActorKind.STAFF, "nobody")), Fakes().services)
