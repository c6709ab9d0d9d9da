"""What a buyer must be, and where, before an order is opened: the gates of the raffle's rule profile.

Nobody passes for want of proof: without a confirmation of age, or without evidence of the place, nothing is
bought.  What the buyer passed on is a fact of the order's first event; of the evidence, its hash.
"""

import hashlib

import attrs

from riff.domain.audit.significant_event import Fact
from riff.domain.raffles.profile import Gates
from riff.errors import AgeNotConfirmedError, LocationRefusedError, LocationUnknownError
from riff.ports.services import Services


@attrs.frozen
class Declared:
    """What a buyer says of themselves.

    Attributes:
        age_confirmed: that they have the age that the raffle's rules ask for.
        location_evidence: what a supplier of locations gave to their browser, or None.
    """

    age_confirmed: bool = False
    location_evidence: str | None = attrs.field(default=None, repr=False)


def pass_gates(gates: Gates, declared: Declared, purchase: str, services: Services) -> dict[str, Fact]:
    """The facts by which the buyer has passed; empty where there is no gate.

    Args:
        gates: of the raffle's rules.
        declared: by the buyer.
        purchase: the key of the buyer's request, for which evidence has to be made.
        services: ask the supplier of locations.

    Raises:
        AgeNotConfirmedError: the rules ask for an age, and the buyer does not confirm it.
        LocationUnknownError: the rules ask for a place, and nothing proves where the buyer is.
        LocationRefusedError: the buyer is proved to be elsewhere.
        UnavailableError: the supplier of locations does not answer.
    """
    facts: dict[str, Fact] = {}
    if gates.minimum_age is not None:
        if not declared.age_confirmed:
            raise AgeNotConfirmedError(
                f"Buyers must be {gates.minimum_age} or older.", minimum_age=gates.minimum_age
            )
        facts["minimum_age"] = gates.minimum_age
    if gates.buyer_regions:
        evidence = declared.location_evidence or ""
        region = services.geolocation.region(evidence, purchase) if evidence else None
        if region is None:
            raise LocationUnknownError("Nothing proves where the buyer is.")
        if not {region, region.partition("-")[0]} & gates.buyer_regions:
            raise LocationRefusedError("The raffle may not be bought from there.", region=region)
        facts |= {"region": region, "location_evidence": hashlib.sha256(evidence.encode()).hexdigest()}
    return facts
