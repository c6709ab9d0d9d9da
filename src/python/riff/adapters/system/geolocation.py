"""No supplier of location evidence: a deployment that has none locates nobody."""


class NoGeolocation:
    """Honours `riff.ports.geolocation.Geolocation`: a raffle with a location gate sells nothing online."""

    def region(self, evidence: str) -> str | None:
        """Nothing is proved."""
        del evidence
        return None
