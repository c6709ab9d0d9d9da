"""A stage: fakes with an organization, a person who may do everything there, and a raffle."""

import attrs

from riff.domain.accounts.actor import GUEST, Actor, ActorKind, Grant
from riff.domain.checkout.checkout import Buyer, RequestKey
from riff.domain.identifiers import OrganizationId
from riff.domain.raffles.package import Package
from riff.domain.raffles.raffle import Organization, Raffle
from riff.usecases.checkout.create_online_order import CreateOnlineOrder, create_online_order
from riff.usecases.checkout.show_online_order import OnlineOrder
from riff_critical.lifecycle import RaffleState
from tests.support.builders import RaffleBuilder, a_raffle, an_organization
from tests.support.builders.changes import changed
from tests.support.fakes import Fakes, Method

A_STRANGER = Actor(ActorKind.STAFF, "stranger", (Grant("admin", OrganizationId(an_organization().id)),))
A_NOBODY = Actor(ActorKind.STAFF, "nobody")


def member(role: str, organization: Organization) -> Actor:
    """A person with one role in one organization."""
    return Actor(ActorKind.STAFF, role, (Grant(role, organization.id),))


@attrs.frozen
class Stage:
    """Where a use case is tried.

    Attributes:
        fakes: everything that the use case may use.
        organization: the licence holder.
        manager: may do everything in the organization.
        raffle: as it was stored at first.
    """

    fakes: Fakes
    organization: Organization
    manager: Actor
    raffle: Raffle

    @classmethod
    def of(cls, builder: RaffleBuilder | None = None, fakes: Fakes | None = None) -> "Stage":
        """A stage with the raffle that the builder describes, active by default."""
        fakes = fakes or Fakes()
        chosen = builder or a_raffle().active()
        fakes.transactions.add_organization(chosen.organization)
        with fakes.transactions.begin() as work:
            raffle = chosen.stored(work)
        return cls(fakes, chosen.organization, member("raffle_manager", chosen.organization), raffle)

    @property
    def now(self) -> Raffle:
        """The raffle as it is stored now."""
        with self.fakes.transactions.begin() as work:
            return work.raffles.get(self.raffle.id)

    @property
    def package(self) -> Package:
        """The first package of the raffle."""
        with self.fakes.transactions.begin() as work:
            return work.raffles.packages(self.raffle.id)[0]

    def put_in(self, state: RaffleState) -> None:
        """Move the stored raffle to a state, past its state machine."""
        with self.fakes.transactions.begin() as work:
            work.raffles.update(attrs.evolve(work.raffles.lock(self.raffle.id), state=state))

    def order(self, key: str = "key-1", method: str = Method.OK, **changes: object) -> CreateOnlineOrder:
        """A guest's wish for the first package."""
        command = CreateOnlineOrder(
            actor=GUEST,
            raffle_id=self.raffle.id,
            package_id=self.package.id,
            buyer=Buyer("Robin Buyer", "robin@example.org"),
            payment_method=method,
            request=RequestKey("create_online_order guest:guest", key, b"d" * 32),
        )
        return changed(command, changes)

    def buy(self, key: str = "key-1", method: str = Method.OK, **changes: object) -> OnlineOrder:
        """Create that order."""
        return create_online_order(self.order(key, method, **changes), self.fakes.services)
