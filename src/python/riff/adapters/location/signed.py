"""Location evidence as a signed token: JWS in its compact form (RFC 7515) with Ed25519 (EdDSA, RFC 8037).

The supplier looks at the buyer's device and signs what it found, for one purchase: `nonce` is the
`Idempotency-Key` under which the browser will buy, so that nobody's evidence serves a second purchase or
another buyer.  Claims are those of RFC 7519:

    {"iss": supplier, "aud": this deployment, "nonce": the purchase, "iat": 1777636800, "exp": 1777637400,
     "region": "CA-ON"}

Nothing is asked over the network, so there is nothing that could be away.
"""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import timedelta
from typing import Final, cast

import attrs

from riff.adapters.signing.ed25519 import verifies
from riff.ports.clock import Clock
from riff.ports.services import LocationSettings

_COMPACT: Final = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")
_REGION: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_ALGORITHM: Final = "EdDSA"
# A supplier's clock may be ahead of ours.
_SKEW: Final = timedelta(minutes=1)
# Evidence that lives longer tells where the buyer was, and not where they are.
_LONGEST: Final = timedelta(minutes=15)


@attrs.frozen
class SignedLocations:
    """Honours `riff.ports.geolocation.Geolocation` by a supplier's signature."""

    _settings: LocationSettings
    _clock: Clock

    def region(self, evidence: str, purchase: str) -> str | None:
        """The region that the supplier signed for this purchase, or None.

        Every flaw is answered alike, so that nobody learns by trying what was wrong.
        """
        claims = self._claims(evidence)
        if (
            claims.get("iss") != self._settings.issuer
            or claims.get("aud") != self._settings.audience
            or claims.get("nonce") != purchase
            or not self._is_fresh(claims.get("iat"), claims.get("exp"))
        ):
            return None
        region = claims.get("region")
        return region if isinstance(region, str) and _REGION.fullmatch(region) else None

    def _claims(self, evidence: str) -> Mapping[str, object]:
        """What the supplier signed; empty where it did not."""
        parts = _COMPACT.fullmatch(evidence)
        if parts is None:
            return {}
        signed = evidence[: parts.end(2)].encode("ascii")
        try:
            header = _document(parts[1])
            if header.get("alg") != _ALGORITHM or "crit" in header:
                return {}
            if not verifies(self._settings.public_key, signed, _bytes(parts[3])):
                return {}
            return _document(parts[2])
        except (ValueError, RecursionError):
            return {}

    def _is_fresh(self, issued: object, expires: object) -> bool:
        """Whether the evidence is in force, and was made to be so for a short while only."""
        if type(issued) is not int or type(expires) is not int:
            return False
        now = self._clock.now().timestamp()
        return (
            issued - _SKEW.total_seconds() <= now < expires and expires - issued <= _LONGEST.total_seconds()
        )


def connect(settings: LocationSettings, clock: Clock) -> SignedLocations:
    """The supplier whose signatures this key verifies."""
    return SignedLocations(settings, clock)


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _document(text: str) -> Mapping[str, object]:
    """A JSON object.

    Raises:
        ValueError: it is none.
    """
    found = json.loads(_bytes(text))
    if not isinstance(found, dict):
        raise ValueError("is not an object")  # noqa: TRY004 - whoever reads a token takes every flaw alike
    return cast("Mapping[str, object]", found)
