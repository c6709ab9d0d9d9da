"""The demonstration: one organization, one administrator, one raffle that sells, made through the real API.

Everything is made with keys that are written down before they are used, so that a second run, or one after a
crash, gets the first one's answers and makes nothing twice.
"""

import dataclasses
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from tools.local_stack.api_client import ApiClient
from tools.local_stack.folder import Folder, write_whole
from tools.local_stack.identities import ADA, ORGANIZATION_ID, Identities

_SELLS_FOR: Final = timedelta(days=30)
_LEAST_LEFT: Final = timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Demonstration:
    """What there is to try."""

    api: str
    endpoint: str
    email: str
    password: str
    client_id: str
    raffle_id: str
    package_id: str


def demonstrate(folder: Folder, now: datetime) -> Demonstration:
    """Make the demonstration, or find it.

    Raises:
        StackError: the stack does not run, or infrastructure or schema are missing.
    """
    description = folder.read_description()
    identities, kept = Identities(folder), Requests(folder)
    token = identities.staff(ADA, kept.password)
    raffle = _raffle(ApiClient(description["aws"]["api"], token), kept, now)
    return Demonstration(
        api=description["aws"]["api"],
        endpoint=description["aws"]["endpoint"],
        email=ADA.email,
        password=kept.password,
        client_id=identities.client_id("staff"),
        raffle_id=raffle["raffle"]["id"],
        package_id=raffle["packages"][0]["id"],
    )


class Requests:
    """What is asked for, kept in a file: the administrator's password, the requests that make the raffle."""

    def __init__(self, folder: Folder) -> None:
        self._path = folder.root / "demonstration.json"
        self._content: dict[str, Any] = {}
        if self._path.exists():
            self._content = json.loads(self._path.read_text())

    def _remember(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - any JSON
        if name not in self._content:
            self._content[name] = make()
            write_whole(self._path, json.dumps(self._content, indent=2) + "\n")
        return self._content[name]

    @property
    def password(self) -> str:
        """The administrator's password."""
        # The suffix brings the kinds of characters that the pool asks for.
        made: str = self._remember("password", lambda: f"{secrets.token_urlsafe(12)}-Aa1")
        return made

    def of_raffle(self, now: datetime) -> dict[str, Any]:
        """The key and the bodies, new ones when the last raffle is about to close."""
        known = self._content.get("requests")
        if known is not None:
            closes = datetime.fromisoformat(known["raffle"]["sales_window"]["closes_at"])
            if closes - now < _LEAST_LEFT:
                del self._content["requests"]
        made: dict[str, Any] = self._remember("requests", lambda: _requests(now))
        return made


def _requests(now: datetime) -> dict[str, Any]:
    opens = now.replace(microsecond=0)
    return {
        "key": secrets.token_hex(8),
        "raffle": {
            "organization_id": ORGANIZATION_ID,
            "name": "Demonstration 50/50",
            "sales_window": {"opens_at": opens.isoformat(), "closes_at": (opens + _SELLS_FOR).isoformat()},
            "numbering": "sequential",
            "first_number": 1001,
            "ranges": [{"channel": "online", "size": 500_000}, {"channel": "sales_unit", "size": 500_000}],
            "rule_profile": "permissive",
        },
        "packages": {
            "packages": [
                {
                    "label": "3 numbers",
                    "numbers": 3,
                    "price_minor": 1000,
                    "channels": ["online", "sales_unit"],
                },
                {"label": "40 numbers", "numbers": 40, "price_minor": 4000, "channels": ["online"]},
            ]
        },
        "prizes": {
            "prizes": [
                {"rank": 1, "name": "Half of the sales", "draw": "grand", "kind": "share", "share_bp": 5000},
                {
                    "rank": 2,
                    "name": "Signed jersey",
                    "draw": "grand",
                    "kind": "fixed",
                    "amount_minor": 25_000,
                },
            ]
        },
    }


def _raffle(api: ApiClient, kept: Requests, now: datetime) -> dict[str, Any]:
    """The setup of the active raffle."""
    requests = kept.of_raffle(now)
    key = requests["key"]
    made = api.command("POST", "/staff/raffles", f"demo-raffle-{key}", requests["raffle"])
    path = f"/staff/raffles/{made['id']}"
    api.command("PUT", f"{path}/packages", f"demo-packages-{key}", requests["packages"])
    api.command("PUT", f"{path}/prizes", f"demo-prizes-{key}", requests["prizes"])
    setup: dict[str, Any] = api.command("POST", f"{path}/activation", f"demo-activation-{key}", None)
    return setup


def curl_lines(made: Demonstration) -> str:
    """Lines for a shell that sell a ticket, show the jackpot and act as the administrator."""
    credentials = json.dumps({"USERNAME": made.email, "PASSWORD": made.password})
    sign_in = json.dumps(
        {
            "ClientId": made.client_id,
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": json.loads(credentials),
        }
    )
    order = {
        "package_id": made.package_id,
        "buyer": {"name": "Kim Example", "email": "kim@example.org"},
        "payment_method": "sandbox_ok",
    }
    return f"""\
API={made.api}
RAFFLE={made.raffle_id}

# Buy a ticket, then look at the jackpot.
curl -s -X POST $API/raffles/$RAFFLE/orders -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $(date +%s%N)" \\
  -d '{json.dumps(order)}'; echo
curl -s $API/raffles/$RAFFLE/jackpot; echo

# As {made.email}, who administers the organization.
TOKEN=$(curl -s {made.endpoint} -H 'Content-Type: application/x-amz-json-1.1' \\
  -H 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' \\
  -d '{sign_in}' | sed 's/.*"IdToken": *"\\([^"]*\\)".*/\\1/')
curl -s $API/staff/me -H "Authorization: Bearer $TOKEN"; echo
curl -s $API/staff/raffles/$RAFFLE -H "Authorization: Bearer $TOKEN"; echo
"""
