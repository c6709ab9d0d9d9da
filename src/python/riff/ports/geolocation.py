"""Where a buyer is, as a supplier of location evidence tells."""

from typing import Protocol


class Geolocation(Protocol):
    """A supplier that looked at the buyer's device and signed what it found."""

    def region(self, evidence: str, purchase: str) -> str | None:
        """The region that the evidence proves the buyer to be in, or None where it proves nothing.

        Args:
            evidence: what the supplier handed to the buyer's browser, as it came.
            purchase: the key of the buyer's request: evidence is made for one purchase and proves nothing
                for another.

        Returns:
            An ISO 3166 code: `CA-ON`, or `CA` where the supplier tells the country only.

        Raises:
            UnavailableError: the supplier does not answer; asking again is safe.
        """
        ...
