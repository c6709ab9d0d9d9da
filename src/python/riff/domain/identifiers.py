"""Names of things, each of its own type, so that an order is never looked up by a raffle's name."""

from typing import NewType
from uuid import UUID

OrganizationId = NewType("OrganizationId", UUID)
RaffleId = NewType("RaffleId", UUID)
PackageId = NewType("PackageId", UUID)
PrizeId = NewType("PrizeId", UUID)
BlockId = NewType("BlockId", UUID)
OrderId = NewType("OrderId", UUID)
StaffId = NewType("StaffId", UUID)
UnitId = NewType("UnitId", UUID)
EnrolmentId = NewType("EnrolmentId", UUID)
ClaimId = NewType("ClaimId", UUID)

# A stream of significant events is named by the thing whose history it tells.
StreamId = NewType("StreamId", UUID)
