"""A supplier of locations in memory."""

from riff.errors import UnavailableError


class FakeGeolocation:
    """Honours `riff.ports.geolocation.Geolocation`.

    Attributes:
        proved: region by evidence; nothing else proves anything.
        purchases: which purchases evidence was looked at for.
        is_down: while true, the supplier does not answer.
    """

    def __init__(self) -> None:
        self.proved: dict[str, str] = {"in Ontario": "CA-ON", "in Canada": "CA", "in Ohio": "US-OH"}
        self.is_down = False
        self.purchases: list[str] = []

    def region(self, evidence: str, purchase: str) -> str | None:
        """The region that the evidence proves."""
        self.purchases.append(purchase)
        if self.is_down:
            raise UnavailableError("The supplier of locations does not answer.")
        return self.proved.get(evidence)
