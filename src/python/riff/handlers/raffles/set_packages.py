"""PUT /staff/raffles/{raffle_id}/packages: replace the packages of a raffle that is not yet active."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import attrs

from riff.domain.identifiers import PackageId, RaffleId
from riff.domain.raffles.package import MOST_NUMBERS, MOST_PRICE_MINOR, MOST_STOCK, Package
from riff.handlers._runtime.http import Ok, Request, endpoint
from riff.handlers._runtime.limits import Between, Items, Length
from riff.handlers._runtime.shapes.raffle import RaffleSetupReply
from riff.usecases.raffles.set_packages import SetPackages, set_packages
from riff.wiring import services
from riff_critical.selling import Channel

_UNNAMED = UUID(int=0)


@attrs.frozen
class PackageBody:
    """An offer, as it is set."""

    label: Annotated[str, Length(1, 80)]
    numbers: Annotated[int, Between(1, MOST_NUMBERS)]
    price_minor: Annotated[int, Between(1, MOST_PRICE_MINOR)]
    channels: Annotated[frozenset[Channel], Items(1, len(Channel))]
    on_sale_from: datetime | None = None
    on_sale_until: datetime | None = None
    stock: Annotated[int, Between(1, MOST_STOCK)] | None = None

    def __attrs_post_init__(self) -> None:
        self.package(_UNNAMED)  # the domain's rules between members hold while the body is read

    def package(self, package_id: UUID) -> Package:
        """The package of that name."""
        return Package(
            PackageId(package_id),
            self.label,
            self.numbers,
            self.price_minor,
            self.channels,
            self.on_sale_from,
            self.on_sale_until,
            self.stock,
        )


@attrs.frozen
class SetPackagesBody:
    """All packages, in the order in which they are offered."""

    packages: Annotated[tuple[PackageBody, ...], Items(0, 30)]


@endpoint(body=SetPackagesBody, permission="raffles:configure", idempotent=True)
def handler(request: Request[SetPackagesBody]) -> Ok[RaffleSetupReply]:
    """Answer with the raffle's whole setup."""
    command = SetPackages(
        actor=request.actor,
        raffle_id=RaffleId(request.path_id("raffle_id")),
        packages=[package.package(services().identifiers.new()) for package in request.body.packages],
    )
    return Ok(RaffleSetupReply.of(set_packages(command, services())))
